//! Open dossiers of a procedure by the version they follow.

use base::{Id, Result};
use store::{Connection, Slice, Sql};
use system::Officer;

use crate::access::SHARED;
use crate::dossier::Dossier;
use crate::tables::{DOSSIER, dossier};

/// How many open dossiers of a version stand at a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AtStep {
    pub(crate) version: Id,
    pub(crate) step: String,
    pub(crate) title: String,
    pub(crate) count: i64,
}

/// Those an officer sees, by version and step; one in which two steps are open stands at both.
pub(crate) async fn at_steps(c: &impl Connection, officer: &Officer, code: &str) -> Result<Vec<AtStep>> {
    Sql::composed(format!(
        "SELECT d.procedure_id, s.name, s.title, count(*) FROM dossiers d \
         JOIN flow_steps s ON s.case_id = d.case_id AND s.closed_at IS NULL \
         WHERE d.procedure_code = $1 AND d.closed_at IS NULL AND {} \
         GROUP BY d.procedure_id, s.name, s.title ORDER BY d.procedure_id, s.name, s.title",
        SHARED.seen_by(2)
    ))
    .bind(code)
    .bind(officer.agency.uuid())
    .all(c, |row| {
        Ok(AtStep { version: Id::from_uuid(row.get(0)?), step: row.get(1)?, title: row.get(2)?, count: row.get(3)? })
    })
    .await
}

/// The open ones that follow another version than this, oldest first, from after one on.
pub(crate) async fn on_others(
    c: &impl Connection,
    officer: &Officer,
    code: &str,
    version: Id,
    after: Option<Id>,
    size: usize,
) -> Result<Slice<Dossier>> {
    let later = if after.is_some() { "AND d.id > $4" } else { "" };
    let sql = Sql::composed(format!(
        "SELECT {DOSSIER} FROM dossiers d WHERE d.procedure_code = $1 AND d.procedure_id <> $3 AND d.closed_at IS NULL \
         AND {} {later} ORDER BY d.id LIMIT {}",
        SHARED.seen_by(2),
        size + 1
    ))
    .bind(code)
    .bind(officer.agency.uuid())
    .bind(version.uuid());
    let sql = after.into_iter().fold(sql, |sql, after| sql.bind(after.uuid()));
    Ok(Slice::of(sql.all(c, |row| dossier(&row)).await?, size, |dossier| dossier.id))
}
