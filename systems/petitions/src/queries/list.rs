use base::{Id, Result};
use store::{Conditions, Connection, Kind, Slice, Sql, search};
use system::Officer;

use crate::access::SHARED;
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

impl Filter {
    fn narrow(&self, kind: Kind, conditions: &mut Conditions) {
        if let Some(state) = self.state {
            conditions.and(|n| format!("p.state = ${n}"), state.as_str());
        }
        if let Some(code) = &self.field {
            conditions.and(|n| format!("p.field = ${n}"), code.as_str());
        }
        if let Some(code) = &self.result {
            conditions.and(|n| format!("p.result = ${n}"), code.as_str());
        }
        if let Some(meeting) = self.meeting {
            conditions.and(|n| format!("p.meeting_id = ${n}"), meeting.uuid());
        }
        if let Some(place) = self.place {
            let said_there =
                |n| format!("p.id IN (SELECT k.petition_id FROM petitions_collected k WHERE k.place_id = ${n})");
            conditions.and(said_there, place.uuid());
        }
        if let Some(query) = search::query(kind, &self.words) {
            conditions.and(|n| SEARCH.condition(kind, "p.id", n), query);
        }
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
    let mut conditions = Conditions::default();
    filter.narrow(kind, &mut conditions);
    if let Some(before) = before {
        conditions.and(|n| format!("p.id < ${n}"), before.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {PETITION} FROM petitions_petitions p WHERE p.public_at IS NOT NULL{} ORDER BY p.id DESC LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| petition(&row)).await?;
    Ok(Slice::of(rows, size, |petition| petition.id))
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
    let sql = SHARED.newest(PETITION, officer.agency, before, size, |conditions| filter.narrow(kind, conditions));
    Ok(Slice::of(sql.all(c, |row| petition(&row)).await?, size, |petition| petition.id))
}
