use base::{Error, Id, Now, Result};
use chrono::{DateTime, Utc};
use store::{Sql, Tx};
use system::{App, Officer};

use super::record;
use crate::access::{RECONCILE, Sight, sight};
use crate::delivery::{Delivery, State};
use crate::queries;

/// Sends a delivery (again) now, with all its tries before it.
///
/// # Errors
/// [`Error::NotFound`] for what the officer may not see, [`Error::Conflict`] when its state forbids it.
pub async fn retry(app: &App, now: Now, officer: &Officer, id: Id) -> Result<()> {
    change(app, now, officer, id, State::may_retry, (State::Queued, Some(now.utc())), "exchange.requeued").await
}

/// Decides that a delivery shall not go out any more.
///
/// # Errors
/// As [`retry`].
pub async fn cancel(app: &App, now: Now, officer: &Officer, id: Id) -> Result<()> {
    change(app, now, officer, id, State::may_cancel, (State::Cancelled, None), "exchange.cancelled").await
}

async fn change(
    app: &App,
    now: Now,
    officer: &Officer,
    id: Id,
    may: fn(State) -> bool,
    (state, due_at): (State, Option<DateTime<Utc>>),
    verb: &'static str,
) -> Result<()> {
    if !officer.may(RECONCILE) {
        return Err(Error::Forbidden(RECONCILE));
    }
    let sight = sight(app, officer).await?;
    app.store
        .write(async |tx| {
            let delivery = found(tx, id, sight).await?;
            if !may(delivery.state) {
                return Err(Error::Conflict("exchange-error-state"));
            }
            let touched = Sql::new(
                "UPDATE exchange_deliveries SET state = $3, tries = 0, due_at = $4 WHERE id = $1 AND state = $2",
            )
            .bind(id.uuid())
            .bind(delivery.state.as_str())
            .bind(state.as_str())
            .bind(due_at)
            .run(tx)
            .await?;
            if touched == 0 {
                // A worker has taken it since it was read.
                return Err(Error::Conflict("exchange-error-state"));
            }
            let subject = (delivery.subject_kind.as_str(), delivery.subject_id);
            let actor = system::Caller::Officer(officer.clone()).actor();
            record(tx, now, &actor, verb, id, &delivery.connector, subject).await
        })
        .await
}

async fn found(tx: &Tx, id: Id, sight: Sight) -> Result<Delivery> {
    queries::one(tx, id, sight).await?.ok_or(Error::NotFound)
}
