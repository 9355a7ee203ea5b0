//! The dates that an agency promised.

use base::{Error, Id, Now, Result};
use contracts::Answer;
use journal::{Actor, Entry, record};
use serde_json::json;
use store::Sql;
use system::{App, Caller};

use super::{Change, current, message, thing};
use crate::access::{self, HANDLE};
use crate::petition::Petition;
use crate::queries::{self, Passed};

const BATCH: usize = 200;

/// The agency says that a step of its road map is done.
///
/// # Errors
/// [`Error::Conflict`] when there is no such step to be done.
pub async fn mark_done(app: &App, now: Now, caller: &Caller, petition: Id, number: i64) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let petition = current(tx, petition).await?;
            access::check(caller, HANDLE, &petition, access::may_report)?;
            let marked = Sql::new(
                "UPDATE petitions_road_steps SET done_on = $3 \
                 WHERE petition_id = $1 AND number = $2 AND watched AND done_on IS NULL",
            )
            .bind(petition.id.uuid())
            .bind(number)
            .bind(now.today())
            .run(tx)
            .await?;
            if marked != 1 {
                return Err(Error::Conflict("petitions-moved-on"));
            }
            change.tell(&petition, "petitions.step-done").await?;
            Ok(petition)
        })
        .await
}

/// Tells, once, that a date of a road map has passed: the journal, whoever promised it, and whoever entered the petition.
pub fn watch_road_maps(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let now = app.now();
        let mut told = 0;
        for passed in queries::passed_steps(app.store.read(), now.today(), BATCH).await? {
            told += usize::from(tell(app, now, &passed).await?);
        }
        Ok(told)
    })
}

async fn tell(app: &App, now: Now, passed: &Passed) -> Result<bool> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, Actor::PROGRAM);
            let first = Sql::new(
                "UPDATE petitions_road_steps SET told_at = $3 \
                 WHERE answer_id = $1 AND number = $2 AND told_at IS NULL AND done_on IS NULL",
            )
            .bind(passed.answer.uuid())
            .bind(passed.number)
            .bind(now.utc())
            .run(tx)
            .await?;
            if first == 0 {
                return Ok(false);
            }
            let petition = current(tx, passed.petition).await?;
            let data = json!({ "code": petition.code, "agency": petition.agency, "due_on": passed.due_on });
            let entry = Entry::new("petitions.step-late", thing(petition.id), &data)?;
            record(tx, now, &Actor::PROGRAM, entry).await?;
            message::tell_of_late_step(&change, &petition, passed).await?;
            Ok(true)
        })
        .await
}
