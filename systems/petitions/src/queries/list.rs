use base::{Id, Result};
use store::orm::Value;
use store::{Connection, Kind, Slice, Sql, search};
use system::Officer;

use crate::petition::{Petition, State};
use crate::tables::{PETITION, SEARCH, petition};

/// What a list is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of code, field or what is public of it, as typed.
    pub words: String,
    pub state: Option<State>,
    pub field: Option<String>,
    pub result: Option<String>,
    pub meeting: Option<Id>,
    /// The committee of a commune: where something of it was said.
    pub place: Option<Id>,
}

/// Conditions of a list, and what is bound to them.
struct Narrowed {
    conditions: String,
    values: Vec<Value>,
}

impl Narrowed {
    fn by(kind: Kind, filter: &Filter, before: Option<Id>, bound: Vec<Value>) -> Self {
        let mut narrowed = Self { conditions: String::new(), values: bound };
        if let Some(state) = filter.state {
            narrowed.add(|n| format!("p.state = ${n}"), state.as_str().into());
        }
        if let Some(code) = &filter.field {
            narrowed.add(|n| format!("p.field = ${n}"), code.as_str().into());
        }
        if let Some(code) = &filter.result {
            narrowed.add(|n| format!("p.result = ${n}"), code.as_str().into());
        }
        if let Some(meeting) = filter.meeting {
            narrowed.add(|n| format!("p.meeting_id = ${n}"), meeting.uuid().into());
        }
        if let Some(place) = filter.place {
            let said_there =
                |n| format!("p.id IN (SELECT k.petition_id FROM petitions_collected k WHERE k.place_id = ${n})");
            narrowed.add(said_there, place.uuid().into());
        }
        if let Some(query) = search::query(kind, &filter.words) {
            narrowed.add(|n| SEARCH.condition(kind, "p.id", n), query.into());
        }
        if let Some(before) = before {
            narrowed.add(|n| format!("p.id < ${n}"), before.uuid().into());
        }
        narrowed
    }

    fn add(&mut self, condition: impl Fn(usize) -> String, value: Value) {
        self.values.push(value);
        self.conditions.push_str(" AND ");
        self.conditions.push_str(&condition(self.values.len()));
    }
}

/// What everybody may see, newest first.
pub async fn public_list(
    c: &impl Connection,
    kind: Kind,
    filter: &Filter,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Petition>> {
    let Narrowed { conditions, values } = Narrowed::by(kind, filter, before, Vec::new());
    let sql = Sql::composed(format!(
        "SELECT {PETITION} FROM petitions_petitions p WHERE p.public_at IS NOT NULL{conditions} ORDER BY p.id DESC LIMIT {}",
        size + 1
    ));
    let rows = values.into_iter().fold(sql, Sql::bind).all(c, |row| petition(&row)).await?;
    Ok(Slice::of(rows, size, |petition| petition.id.to_string()))
}

/// The petitions in which an officer's agency takes part, newest first.
pub async fn for_desk(
    c: &impl Connection,
    kind: Kind,
    officer: &Officer,
    filter: &Filter,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Petition>> {
    let Narrowed { conditions, values } = Narrowed::by(kind, filter, before, vec![officer.agency.uuid().into()]);
    let sql = Sql::composed(format!(
        "SELECT DISTINCT {PETITION} FROM directory_scopes z JOIN petitions_agencies v ON v.agency_id = z.descendant \
         JOIN petitions_petitions p ON p.id = v.petition_id WHERE z.ancestor = $1{conditions} ORDER BY p.id DESC LIMIT {}",
        size + 1
    ));
    let rows = values.into_iter().fold(sql, Sql::bind).all(c, |row| petition(&row)).await?;
    Ok(Slice::of(rows, size, |petition| petition.id.to_string()))
}
