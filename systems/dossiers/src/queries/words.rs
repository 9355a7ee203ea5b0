use base::{Id, Result};
use directory::queries::scope;
use store::{Conditions, Connection, Kind, Slice, Sql, search};
use system::Officer;

use super::desk::{Filter, read, slice};
use crate::dossier::Dossier;
use crate::found::{agency_mark, state_mark};
use crate::tables::DOSSIER;

/// What an officer sees that has these words: the index itself is narrowed to agencies and state by their marks. SQLite
/// walks it backwards and stops at a full page, in the order in which dossiers came in; PostgreSQL gathers and sorts.
pub(super) async fn with_words(
    c: &impl Connection,
    kind: Kind,
    officer: &Officer,
    filter: &Filter,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Dossier>> {
    let agencies = scope(c, officer.agency).await?.into_iter().map(agency_mark).collect();
    let groups: Vec<Vec<String>> =
        [agencies].into_iter().chain(filter.state.map(|state| vec![state_mark(state)])).collect();
    let Some(query) = search::query_among(kind, &filter.words, &groups) else { return Ok(slice(Vec::new(), size)) };
    let mut conditions = Conditions::after([query.into()]);
    let before = before.map(|before| conditions.bind(before.uuid()));
    filter.narrow_kept(&mut conditions);
    let (narrowed, most) = (conditions.text(), size + 1);
    // What is kept of a dossier for its lists is kept for each agency; the receiving one always takes part.
    let kept =
        |join: &str| format!("{join} dossiers_agencies v ON v.dossier_id = d.id AND v.agency_id = d.receiving_id");
    let text = match kind {
        Kind::Sqlite => {
            let older = before.map_or_else(String::new, |n| {
                format!("AND f.rowid < (SELECT b.doc FROM dossiers_search_rows b WHERE b.id = ${n})")
            });
            format!(
                "SELECT {DOSSIER} FROM dossiers_search f CROSS JOIN dossiers_search_rows r ON r.doc = f.rowid \
                 CROSS JOIN dossiers d ON d.id = r.id {} WHERE dossiers_search MATCH $1 {older}{narrowed} \
                 ORDER BY f.rowid DESC LIMIT {most}",
                kept("CROSS JOIN")
            )
        }
        Kind::Postgres => {
            let older = before.map_or_else(String::new, |n| format!("AND s.id < ${n}"));
            format!(
                "SELECT {DOSSIER} FROM (SELECT d.id FROM dossiers_search s JOIN dossiers d ON d.id = s.id {} \
                 WHERE s.body @@ to_tsquery('simple', $1) {older}{narrowed} ORDER BY d.id DESC LIMIT {most}) f \
                 JOIN dossiers d ON d.id = f.id ORDER BY d.id DESC",
                kept("JOIN")
            )
        }
    };
    Ok(slice(read(c, conditions.bind_to(Sql::composed(text))).await?, size))
}
