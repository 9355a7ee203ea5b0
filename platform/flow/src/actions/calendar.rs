//! A calendar has changed: every deadline that it moves is counted anew.

use base::{Id, Result};
use contracts::Answer;
use journal::{Actor, Entry, Thing, record};
use serde_json::json;
use system::App;
use worktime::ledger::{self, Calendars};

use super::Flow;

/// Counts the clocks of cases and steps anew, if the calendars are others than those they were counted with. What was
/// promised to an applicant stays: a promise moves only by a new slip.
pub fn follow_calendar(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let calendars = app.parts.get::<Calendars>()?;
        if ledger::is_counted_with(app.store.read(), calendars).await? {
            return Ok(0);
        }
        let mut moved = 0;
        for kind in ["case", "step"] {
            let mut after = None;
            loop {
                let (count, last) = recount(app, calendars, kind, after).await?;
                moved += count;
                if last.is_none() {
                    break;
                }
                after = last;
            }
        }
        // Only now: a process that was killed before this begins again, and finds the rest.
        app.store.write(async |tx| ledger::counted_with(tx, calendars).await).await?;
        Ok(moved)
    })
}

async fn recount(
    app: &App,
    calendars: &Calendars,
    kind: &'static str,
    after: Option<Id>,
) -> Result<(usize, Option<Id>)> {
    let now = app.now();
    app.store
        .write(async |tx| {
            let recounted = ledger::recount(tx, calendars, kind, after).await?;
            let flow = Flow { tx, app, now, actor: Actor::PROGRAM };
            for (owner, due) in &recounted.moved {
                if kind == "step" {
                    flow.set_due(owner.id, *due).await?;
                }
                let entry = Entry::new("flow.deadline-moved", Thing { kind, id: owner.id }, &json!({ "due_at": due }))?;
                record(tx, now, &Actor::PROGRAM, entry).await?;
            }
            Ok((recounted.moved.len(), recounted.last))
        })
        .await
}
