//! Dossiers that will be late by what is still planned, before they are.

use base::{Id, Now, Result};
use chrono::{DateTime, Utc};
use store::{Conditions, Connection, MomentCursor, Slice, Sql};
use system::Officer;

/// A result that is owed soon, of which nothing was told yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owing {
    pub(crate) dossier: Id,
    pub(crate) code: String,
    pub(crate) agency: Id,
    pub(crate) promised_at: DateTime<Utc>,
}

/// Results promised between now and `until` of which nobody was told and for which nobody apologised, soonest first, after
/// the last one seen; no more than `size`.
pub(crate) async fn owing(
    c: &impl Connection,
    now: Now,
    until: DateTime<Utc>,
    after: Option<&Owing>,
    size: usize,
) -> Result<Vec<Owing>> {
    let (from, last) = after.map_or((now.utc(), uuid::Uuid::nil()), |seen| (seen.promised_at, seen.dossier.uuid()));
    Sql::composed(format!(
        "SELECT d.id, d.code, d.agency_id, d.promised_at FROM dossiers d \
         WHERE d.promised_at IS NOT NULL AND d.finished_at IS NULL AND d.closed_at IS NULL AND d.state IN (2, 4) \
         AND (d.promised_at, d.id) > ($1, $2) AND d.promised_at < $3 \
         AND NOT EXISTS (SELECT 1 FROM dossiers_offers o WHERE o.dossier_id = d.id AND o.promised_at = d.promised_at) \
         AND NOT EXISTS (SELECT 1 FROM dossiers_apologies a WHERE a.dossier_id = d.id) \
         ORDER BY d.promised_at, d.id LIMIT {size}"
    ))
    .bind(from)
    .bind(last)
    .bind(until)
    .all(c, |row| {
        Ok(Owing {
            dossier: Id::from_uuid(row.get(0)?),
            code: row.get(1)?,
            agency: Id::from_uuid(row.get(2)?),
            promised_at: row.get(3)?,
        })
    })
    .await
}

/// An open step of a dossier's own case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ahead {
    pub(crate) dossier: Id,
    pub(crate) process: Id,
    pub(crate) step: String,
    /// When its time is used up; of one that waits for another agency's part, when that part's is.
    pub(crate) due_at: Option<DateTime<Utc>>,
}

/// The open steps of these dossiers' own cases, in one statement whatever their number.
pub(crate) async fn ahead(c: &impl Connection, dossiers: &[Id]) -> Result<Vec<Ahead>> {
    if dossiers.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::composed(format!(
        "SELECT k.subject_id, k.process_id, s.name, coalesce(s.due_at, (SELECT max(w.due_at) FROM flow_cases part \
         JOIN worktime_clocks w ON w.owner_kind = 'case' AND w.owner_id = part.id \
         WHERE part.parent_step = s.id AND part.closed_at IS NULL)) FROM flow_cases k \
         JOIN flow_steps s ON s.case_id = k.id AND s.closed_at IS NULL \
         WHERE k.subject_id IN ({}) AND k.parent_step IS NULL ORDER BY s.id",
        store::marks(1, dossiers.len())
    ));
    dossiers
        .iter()
        .fold(sql, |sql, dossier| sql.bind(dossier.uuid()))
        .all(c, |row| {
            Ok(Ahead {
                dossier: Id::from_uuid(row.get(0)?),
                process: Id::from_uuid(row.get(1)?),
                step: row.get(2)?,
                due_at: row.get(3)?,
            })
        })
        .await
}

/// A dossier for which an apology is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) dossier: Id,
    pub(crate) code: String,
    pub(crate) procedure: String,
    pub(crate) applicant: String,
    pub(crate) promised_at: DateTime<Utc>,
    /// When it would be done by what is planned.
    pub(crate) planned_at: DateTime<Utc>,
}

/// What is still owed, told of, and without an apology, of an agency's own dossiers.
const OFFERED: &str = "FROM dossiers_agencies v JOIN dossiers_offers o ON o.dossier_id = v.dossier_id \
    AND o.promised_at = v.owed_at JOIN dossiers d ON d.id = v.dossier_id AND d.agency_id = v.agency_id \
    WHERE v.agency_id = $1 AND v.owed_at >= $2 \
    AND NOT EXISTS (SELECT 1 FROM dossiers_apologies a WHERE a.dossier_id = v.dossier_id)";

/// The dossiers of an officer's agency for which an apology is offered, soonest promised first.
pub(crate) async fn offered(
    c: &impl Connection,
    officer: &Officer,
    now: Now,
    after: Option<MomentCursor>,
    size: usize,
) -> Result<Slice<Offer>> {
    let mut conditions = Conditions::after([officer.agency.uuid().into(), now.utc().into()]);
    conditions.beyond(("v.owed_at", "v.dossier_id"), after);
    let sql = Sql::composed(format!(
        "SELECT d.id, d.code, d.procedure_name, d.applicant_name, o.promised_at, o.planned_at {OFFERED}{} \
         ORDER BY v.owed_at, v.dossier_id LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions
        .bind_to(sql)
        .all(c, |row| {
            Ok(Offer {
                dossier: Id::from_uuid(row.get(0)?),
                code: row.get(1)?,
                procedure: row.get(2)?,
                applicant: row.get(3)?,
                promised_at: row.get(4)?,
                planned_at: row.get(5)?,
            })
        })
        .await?;
    Ok(Slice::of(rows, size, |offer| MomentCursor { at: offer.promised_at, id: offer.dossier }))
}

/// How many there are.
pub(crate) async fn count_offered(c: &impl Connection, officer: &Officer, now: Now) -> Result<i64> {
    let count = Sql::composed(format!("SELECT count(*) {OFFERED}"))
        .bind(officer.agency.uuid())
        .bind(now.utc())
        .one(c, |row| row.get(0))
        .await?;
    Ok(count.unwrap_or_default())
}

/// Whether an apology is offered for a dossier, for the date promised now.
pub(crate) async fn is_offered(c: &impl Connection, dossier: Id, promised_at: Option<DateTime<Utc>>) -> Result<bool> {
    let found = Sql::new("SELECT 1 FROM dossiers_offers WHERE dossier_id = $1 AND promised_at = $2")
        .bind(dossier.uuid())
        .bind(promised_at)
        .one(c, |_| Ok(()))
        .await?;
    Ok(found.is_some())
}
