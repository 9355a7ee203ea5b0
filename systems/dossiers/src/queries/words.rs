use base::{Id, Result};
use directory::queries::scope;
use store::{Connection, Kind, Slice, Sql, search};
use system::Officer;

use super::desk::{Filter, slice};
use crate::dossier::Dossier;
use crate::found::{agency_mark, state_mark};
use crate::tables::{DOSSIER, dossier};

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
    let most = size + 1;
    let text = match (kind, before) {
        (Kind::Sqlite, before) => {
            let older = if before.is_some() {
                "AND f.rowid < (SELECT b.doc FROM dossiers_search_rows b WHERE b.id = $2)"
            } else {
                ""
            };
            format!(
                "SELECT {DOSSIER} FROM dossiers_search f CROSS JOIN dossiers_search_rows r ON r.doc = f.rowid \
                 CROSS JOIN dossiers d ON d.id = r.id WHERE dossiers_search MATCH $1 {older} \
                 ORDER BY f.rowid DESC LIMIT {most}"
            )
        }
        (Kind::Postgres, before) => {
            let older = if before.is_some() { "AND s.id < $2" } else { "" };
            format!(
                "SELECT {DOSSIER} FROM (SELECT s.id FROM dossiers_search s WHERE s.body @@ to_tsquery('simple', $1) {older} \
                 ORDER BY s.id DESC LIMIT {most}) f JOIN dossiers d ON d.id = f.id ORDER BY d.id DESC"
            )
        }
    };
    let mut sql = Sql::composed(text).bind(query);
    if let Some(before) = before {
        sql = sql.bind(before.uuid());
    }
    Ok(slice(sql.all(c, |row| dossier(&row)).await?, size))
}
