//! Parts of other agencies whose own time is used up.

use base::{Id, Result};
use chrono::{DateTime, Utc};
use contracts::Answer;
use contracts::events::PartLate;
use journal::{Actor, Entry, Thing, record};
use store::{Connection, Sql};
use system::App;
use worktime::ledger;

use super::clocks::case_clock;

const RUNG: &str = "late";
const BATCH: usize = 500;

/// Tells in the journal of every part whose clock has run out, once per deadline: the part itself is a case, and the clock
/// of the case that waits for it runs on.
pub fn tell_late_parts(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let now = app.now();
        let mut told = 0;
        for (part, late) in late(app.store.read(), now.utc()).await? {
            let first = app
                .store
                .write(async |tx| {
                    let first = ledger::fire(tx, case_clock(part), RUNG, late.due_at, now.utc()).await?;
                    if first {
                        let entry = Entry::new("flow.part-late", Thing { kind: "case", id: part }, &late)?;
                        record(tx, now, &Actor::PROGRAM, entry).await?;
                    }
                    Ok::<_, base::Error>(first)
                })
                .await?;
            told += usize::from(first);
        }
        Ok(told)
    })
}

/// Open parts that are late and were not told of, the longest overdue first.
async fn late(c: &impl Connection, now: DateTime<Utc>) -> Result<Vec<(Id, PartLate)>> {
    Sql::composed(format!(
        "SELECT c.id, c.system, c.subject_id, c.agency_id, k.due_at FROM flow_cases c \
         JOIN worktime_clocks k ON k.owner_kind = 'case' AND k.owner_id = c.id \
         WHERE c.closed_at IS NULL AND c.parent_step IS NOT NULL AND k.due_at < $1 \
         AND NOT EXISTS (SELECT 1 FROM worktime_rungs r WHERE r.owner_kind = 'case' AND r.owner_id = c.id \
         AND r.rung = $2 AND r.due_at = k.due_at) ORDER BY k.due_at LIMIT {BATCH}"
    ))
    .bind(now)
    .bind(RUNG)
    .all(c, |row| {
        let late = PartLate {
            system: row.get(1)?,
            subject: Id::from_uuid(row.get(2)?),
            agency: Id::from_uuid(row.get(3)?),
            due_at: row.get(4)?,
        };
        Ok((Id::from_uuid(row.get(0)?), late))
    })
    .await
}
