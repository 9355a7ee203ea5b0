use base::{Result, fold};
use chrono::{DateTime, Utc};
use directory::queries::{Within, scope_size};
use store::{Conditions, Connection, Cursor, Kind, MomentCursor, Slice, Sql, search};
use system::Officer;

use super::words::with_words;
use crate::access::SHARED;
use crate::dossier::{Dossier, Entrance, State};
use crate::tables::{DOSSIER, SEARCH, dossier};

/// How many of the newest dossiers of a scope are looked at one by one, before an index is asked: what many dossiers have is
/// among those, and the index would gather all that have it.
const LOOKED_AT: usize = 4000;
/// So many times as many are looked at then, where a few columns tell.
const FURTHER: usize = 10;
/// Who types more words than that is not looking for what many have.
const MANY_WORDS: usize = 16;

/// What a desk looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of code, applicant or procedure, as typed.
    pub words: String,
    pub state: Option<State>,
    /// Any of these, by their codes.
    pub procedures: Option<Vec<String>>,
    pub entrance: Option<Entrance>,
    /// Of those whose result is owed and promised for these days alone, soonest first.
    pub owed: Option<Owed>,
}

/// Bounds of the promised date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: DateTime<Utc>,
}

impl Filter {
    fn narrow(&self, kind: Kind, conditions: &mut Conditions) {
        self.narrow_kept(conditions);
        if let Some(query) = search::query(kind, &self.words) {
            conditions.and(|n| SEARCH.condition(kind, "d.id", n), query);
        }
    }

    /// By what is kept of each dossier for its lists.
    pub(super) fn narrow_kept(&self, conditions: &mut Conditions) {
        if let Some(state) = self.state {
            conditions.and(|n| format!("v.state = ${n}"), i64::from(state.code()));
        }
        if let Some(entrance) = self.entrance {
            conditions.and(|n| format!("v.entrance = ${n}"), entrance.as_str());
        }
        match self.procedures.as_deref() {
            None => {}
            Some([]) => conditions.and_known("1 = 0"),
            Some([code]) => conditions.and(|n| format!("v.procedure_code = ${n}"), code.as_str()),
            Some(codes) => {
                let marks: Vec<String> =
                    codes.iter().map(|code| format!("${}", conditions.bind(code.as_str()))).collect();
                conditions.and_known(&format!("v.procedure_code IN ({})", marks.join(", ")));
            }
        }
    }

    /// Whether one index has what is asked for in the order of the list.
    fn is_indexed(&self) -> bool {
        let several = self.procedures.as_ref().is_some_and(|codes| codes.len() > 1);
        let narrowed = [self.state.is_some(), self.procedures.is_some(), self.entrance.is_some()];
        !several && narrowed.into_iter().filter(|is| *is).count() <= 1
    }
}

/// The dossiers in which an officer's agency takes part: newest first, those that are owed by the date promised. `after` is
/// what the slice before gave.
pub async fn for_desk(
    c: &impl Connection,
    kind: Kind,
    officer: &Officer,
    filter: &Filter,
    after: &str,
    size: usize,
) -> Result<Slice<Dossier>> {
    let agency = officer.agency;
    if let Some(owed) = filter.owed {
        let after = MomentCursor::read(after)?;
        let within = Within { column: "owed_at", from: owed.from, until: owed.until };
        let narrow = |conditions: &mut Conditions| filter.narrow(kind, conditions);
        let rows = read(c, SHARED.soonest(DOSSIER, agency, &within, after, size, narrow)).await?;
        return Ok(Slice::of(rows, size, |dossier| MomentCursor {
            at: dossier.promised_at.unwrap_or_default(),
            id: dossier.id,
        }));
    }
    let before = Cursor::read(after)?;
    let words = search::query(kind, &filter.words).is_some();
    if !words && filter.is_indexed() {
        let newest = SHARED.newest(DOSSIER, agency, before, size, |conditions| filter.narrow_kept(conditions));
        return Ok(slice(read(c, newest).await?, size));
    }
    if words && kind == Kind::Sqlite {
        return with_words(c, kind, officer, filter, before, size).await;
    }
    let first = (LOOKED_AT / scope_size(c, agency).await?.max(1)).max(size);
    let looked_at: &[usize] = match words {
        true if fold(&filter.words).split(' ').count() > MANY_WORDS => &[],
        true => &[first],
        false => &[first, first * FURTHER],
    };
    for first in looked_at {
        let newest = SHARED.newest_of_first(DOSSIER, agency, before, size, *first, |conditions| {
            filter.narrow_kept(conditions);
            if words {
                SEARCH.narrow(kind, "v.dossier_id", &filter.words, conditions);
            }
        });
        let rows = read(c, newest).await?;
        if rows.len() > size {
            return Ok(slice(rows, size));
        }
    }
    if words {
        return with_words(c, kind, officer, filter, before, size).await;
    }
    let newest = SHARED.newest_of_all(DOSSIER, agency, before, size, |conditions| filter.narrow(kind, conditions));
    Ok(slice(read(c, newest).await?, size))
}

pub(super) async fn read(c: &impl Connection, sql: Sql) -> Result<Vec<Dossier>> {
    sql.all(c, |row| dossier(&row)).await
}

pub(super) fn slice(rows: Vec<Dossier>, size: usize) -> Slice<Dossier> {
    Slice::of(rows, size, |dossier| dossier.id)
}
