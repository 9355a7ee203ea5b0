//! The register of a desk: what it took in, and what became of it.

use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::{Conditions, Connection, MomentCursor, Slice, Sql};
use system::Officer;

/// A line of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) dossier: Id,
    pub(crate) code: String,
    pub(crate) procedure: String,
    pub(crate) applicant: String,
    /// The agency that answers for it.
    pub(crate) agency: String,
    pub(crate) received_at: DateTime<Utc>,
    pub(crate) promised_at: Option<DateTime<Utc>>,
    pub(crate) returned_at: Option<DateTime<Utc>>,
    /// Whether somebody at the desk handed the result over; otherwise the post brought it.
    pub(crate) at_the_desk: bool,
}

impl Entry {
    /// Key of how the result was handed over.
    pub(crate) const fn how(&self) -> Option<&'static str> {
        match (self.returned_at, self.at_the_desk) {
            (None, _) => None,
            (Some(_), true) => Some("dossiers-register-at-the-desk"),
            (Some(_), false) => Some("dossiers-register-by-post"),
        }
    }
}

/// What the desk of an officer's agency took in from one moment until another, in this order.
pub(crate) async fn register(
    c: &impl Connection,
    officer: &Officer,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    after: Option<MomentCursor>,
    size: usize,
) -> Result<Slice<Entry>> {
    let mut conditions = Conditions::after([officer.agency.uuid().into(), from.into(), until.into()]);
    conditions.beyond(("d.received_at", "d.id"), after);
    let sql = Sql::composed(format!(
        "SELECT d.id, d.code, d.procedure_name, d.applicant_name, a.name, d.received_at, d.promised_at, \
         CASE WHEN d.state = 10 THEN d.closed_at END, EXISTS (SELECT 1 FROM flow_steps s WHERE s.case_id = d.case_id \
         AND s.does = 'return' AND s.claimed_person IS NOT NULL) FROM dossiers d \
         JOIN directory_agencies a ON a.id = d.agency_id \
         WHERE d.receiving_id = $1 AND d.received_at >= $2 AND d.received_at < $3{} \
         ORDER BY d.received_at, d.id LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions
        .bind_to(sql)
        .all(c, |row| {
            Ok(Entry {
                dossier: Id::from_uuid(row.get(0)?),
                code: row.get(1)?,
                procedure: row.get(2)?,
                applicant: row.get(3)?,
                agency: row.get(4)?,
                received_at: row.get(5)?,
                promised_at: row.get(6)?,
                returned_at: row.get(7)?,
                at_the_desk: row.get(8)?,
            })
        })
        .await?;
    Ok(Slice::of(rows, size, |entry| MomentCursor { at: entry.received_at, id: entry.dossier }))
}
