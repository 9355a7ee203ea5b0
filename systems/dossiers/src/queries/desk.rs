use base::{Id, Result, fold};
use directory::queries::scope_size;
use store::{Conditions, Connection, Kind, Slice, search};
use system::Officer;

use super::words::with_words;
use crate::access::SHARED;
use crate::dossier::{Dossier, State};
use crate::tables::{DOSSIER, SEARCH, dossier};

/// How many of the newest dossiers of a scope are looked at one by one for words, before the index is asked: words that many
/// dossiers have are among those, and the index would gather all that have them.
const LOOKED_AT: usize = 4000;
/// Who types more words than that is not looking for what many have.
const MANY_WORDS: usize = 16;

/// What a desk looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of code, applicant or procedure, as typed.
    pub words: String,
    pub state: Option<State>,
}

impl Filter {
    pub(super) fn narrow(&self, kind: Kind, conditions: &mut Conditions) {
        self.narrow_state(conditions);
        if let Some(query) = search::query(kind, &self.words) {
            conditions.and(|n| SEARCH.condition(kind, "d.id", n), query);
        }
    }

    fn narrow_state(&self, conditions: &mut Conditions) {
        if let Some(state) = self.state {
            conditions.and(|n| format!("d.state = ${n}"), i64::from(state.code()));
        }
    }
}

/// The dossiers in which an officer's agency takes part, newest first.
pub async fn for_desk(
    c: &impl Connection,
    kind: Kind,
    officer: &Officer,
    filter: &Filter,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Dossier>> {
    let agency = officer.agency;
    if search::query(kind, &filter.words).is_some() {
        if kind == Kind::Postgres && fold(&filter.words).split(' ').count() <= MANY_WORDS {
            let first = (LOOKED_AT / scope_size(c, agency).await?.max(1)).max(size);
            let newest = SHARED.newest_of_first(DOSSIER, agency, before, size, first, |conditions| {
                filter.narrow_state(conditions);
                SEARCH.narrow(kind, "d.id", &filter.words, conditions);
            });
            let rows = newest.all(c, |row| dossier(&row)).await?;
            if rows.len() > size {
                return Ok(slice(rows, size));
            }
        }
        return with_words(c, kind, officer, filter, before, size).await;
    }
    let sql = match filter.state {
        Some(state) => SHARED.newest_in_state(DOSSIER, agency, i64::from(state.code()), before, size),
        None => SHARED.newest(DOSSIER, agency, before, size, |_| {}),
    };
    Ok(slice(sql.all(c, |row| dossier(&row)).await?, size))
}

pub(super) fn slice(rows: Vec<Dossier>, size: usize) -> Slice<Dossier> {
    Slice::of(rows, size, |dossier| dossier.id.to_string())
}
