//! Reminders: once when a step is half a working day from its end, once when it is late.

use base::{Id, Result};
use chrono::{DateTime, TimeDelta, Utc};
use contracts::Answer;
use journal::{Actor, Entry, Thing, record};
use serde_json::json;
use store::Sql;
use system::App;
use worktime::ledger;

use super::clocks::step_clock;

const SOON: TimeDelta = TimeDelta::hours(4);
const BATCH: usize = 500;

/// Tells in the journal that a step's time is nearly or fully used up; each once per deadline.
pub fn remind(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let now = app.now();
        let soon = rung(app, "soon", now.utc() + SOON).await?;
        let late = rung(app, "late", now.utc()).await?;
        Ok(soon + late)
    })
}

async fn rung(app: &App, rung: &'static str, before: DateTime<Utc>) -> Result<usize> {
    let now = app.now();
    let due: Vec<(Id, Id, DateTime<Utc>)> = Sql::composed(format!(
        "SELECT s.id, s.agency_id, s.due_at FROM flow_steps s WHERE s.closed_at IS NULL AND s.due_at < $1 \
         AND NOT EXISTS (SELECT 1 FROM worktime_rungs r WHERE r.owner_kind = 'step' AND r.owner_id = s.id \
         AND r.rung = $2 AND r.due_at = s.due_at) ORDER BY s.due_at LIMIT {BATCH}"
    ))
    .bind(before)
    .bind(rung)
    .all(app.store.read(), |row| Ok((Id::from_uuid(row.get(0)?), Id::from_uuid(row.get(1)?), row.get(2)?)))
    .await?;
    let verb = if rung == "late" { "flow.late" } else { "flow.soon-due" };
    let mut told = 0;
    for (step, agency, due_at) in due {
        let first = app
            .store
            .write(async |tx| {
                let first = ledger::fire(tx, step_clock(step), rung, due_at, now.utc()).await?;
                if first {
                    let data = json!({ "agency": agency, "due_at": due_at });
                    let entry = Entry::new(verb, Thing { kind: "step", id: step }, &data)?;
                    record(tx, now, &Actor::PROGRAM, entry).await?;
                }
                Ok(first)
            })
            .await?;
        told += usize::from(first);
    }
    Ok(told)
}
