//! A payer begins to pay.

use base::{Error, Id, Now, Result};
use chrono::TimeDelta;
use serde_json::json;
use store::{Sql, Tx, next_number};
use system::{App, Caller};

use super::{Change, current};
use crate::charge::{Attempt, Charge, State, Tried, Way};
use crate::{Ways, access, queries, rules};

/// Begins an attempt. `id` was made with the form: the same form sent twice is one attempt.
///
/// # Errors
/// [`Error::Conflict`] when nothing is due any more, or the province does not offer this way.
pub async fn begin(app: &App, now: Now, caller: &Caller, charge: Id, id: Id, way: Way) -> Result<Attempt> {
    let ways = app.parts.get::<Ways>()?;
    if way == Way::Cash || (way == Way::Gateway && ways.gateway.is_none()) {
        return Err(Error::Conflict("payments-way-closed"));
    }
    app.store
        .write(async |tx| {
            let change = Change { app, tx, now, actor: caller.actor() };
            let mut charge = access::own(caller, current(tx, charge).await?)?;
            if let Some(begun) = queries::attempt_by_id(tx, id).await? {
                return if begun.charge == charge.id { Ok(begun) } else { Err(Error::NotFound) };
            }
            if !charge.state.is_open() {
                return Err(Error::Conflict("payments-not-due"));
            }
            let attempt = insert(tx, now, &charge, id, way).await?;
            let told = json!({ "order": attempt.order, "way": way.as_str(), "amount": attempt.amount });
            if charge.state == State::Paying {
                change.tell(charge.id, "payments.attempted", &told).await?;
            } else {
                change.set_state(&mut charge, State::Paying, "payments.attempted", &told).await?;
            }
            Ok(attempt)
        })
        .await
}

/// The row of an attempt, under the next order number of its dossier.
pub(super) async fn insert(tx: &Tx, now: Now, charge: &Charge, id: Id, way: Way) -> Result<Attempt> {
    let number = next_number(tx, &format!("payments-order:{}", charge.code), "").await?;
    let attempt = Attempt {
        id,
        charge: charge.id,
        order: format!("{}-{number}", charge.code),
        way,
        amount: charge.amount,
        state: Tried::Begun,
        started_at: now.utc(),
        ended_at: None,
        transaction: None,
    };
    let wait = TimeDelta::minutes(rules()?.gateway.ask_after_minutes);
    Sql::new(
        "INSERT INTO payments_attempts (id, charge_id, order_id, way, amount, state, started_at, ask_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.uuid())
    .bind(charge.id.uuid())
    .bind(attempt.order.as_str())
    .bind(way.as_str())
    .bind(attempt.amount)
    .bind(attempt.state.as_str())
    .bind(attempt.started_at)
    .bind((way == Way::Gateway).then(|| now.utc() + wait))
    .run(tx)
    .await?;
    Ok(attempt)
}

/// Writes down how an attempt ended; nobody needs to be asked about it any more.
pub(super) async fn end(tx: &Tx, now: Now, attempt: &Attempt, state: Tried, transaction: Option<&str>) -> Result<()> {
    Sql::new(
        "UPDATE payments_attempts SET state = $2, ended_at = $3, transaction_id = $4, ask_at = NULL WHERE id = $1",
    )
    .bind(attempt.id.uuid())
    .bind(state.as_str())
    .bind(now.utc())
    .bind(transaction)
    .run(tx)
    .await?;
    Ok(())
}
