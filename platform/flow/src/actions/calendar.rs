//! A calendar has changed: every deadline that it moves is counted anew.

use base::{Id, Result};
use chrono::{DateTime, Utc};
use contracts::Answer;
use journal::{Actor, Entry, Thing, record};
use serde_json::json;
use system::App;
use worktime::ledger::{self, Calendars, Owner};

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

impl Flow<'_> {
    /// A clock ends at another moment than it did: inboxes and the journal know.
    pub(super) async fn deadline_moved(&self, owner: Owner, due: Option<DateTime<Utc>>) -> Result<()> {
        if owner.kind == "step" {
            self.set_due(owner.id, due).await?;
        }
        let thing = Thing { kind: owner.kind, id: owner.id };
        let entry = Entry::new("flow.deadline-moved", thing, &json!({ "due_at": due }))?;
        record(self.tx, self.now, &self.actor, entry).await?;
        Ok(())
    }
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
                flow.deadline_moved(*owner, *due).await?;
            }
            Ok((recounted.moved.len(), recounted.last))
        })
        .await
}
