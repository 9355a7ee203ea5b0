use base::{Id, Now, Result};
use journal::Actor;
use store::{Kind, Sql, Tx};

use super::record;
use crate::delivery::{Delivery, State};
use crate::policy::Policy;
use crate::queries::{DELIVERY, delivery};

/// A delivery that this worker, and no other, has in hand until its claim runs out.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) attempt: Id,
    pub(crate) delivery: Delivery,
}

/// Takes what is due for one connector: queued deliveries whose time has come, and those whose worker was lost.
///
/// A lost worker costs a try, so that a delivery which kills its worker ends as given up instead of killing for ever.
pub(crate) async fn claim(tx: &Tx, kind: Kind, connector: &str, now: Now, policy: &Policy) -> Result<Vec<Claim>> {
    let lock = if kind == Kind::Postgres { "FOR UPDATE OF d SKIP LOCKED" } else { "" };
    let due = Sql::composed(format!(
        "SELECT {DELIVERY} FROM exchange_deliveries d WHERE d.connector = $1 AND d.due_at <= $2 \
         AND NOT EXISTS (SELECT 1 FROM exchange_deliveries e WHERE e.subject_id = d.subject_id \
         AND e.connector = d.connector AND e.destination = d.destination AND e.due_at IS NOT NULL AND e.id < d.id) \
         ORDER BY d.due_at, d.id LIMIT $3 {lock}"
    ))
    .bind(connector)
    .bind(now.utc())
    .bind(i64::from(policy.at_once))
    .all(tx, delivery)
    .await?;
    let mut claims = Vec::with_capacity(due.len());
    for delivery in due {
        if delivery.tries >= policy.tries {
            give_up(tx, now, &delivery).await?;
        } else {
            claims.push(take(tx, now, delivery, policy).await?);
        }
    }
    Ok(claims)
}

async fn take(tx: &Tx, now: Now, mut delivery: Delivery, policy: &Policy) -> Result<Claim> {
    let attempt = Id::new(now);
    Sql::new("INSERT INTO exchange_attempts (id, delivery_id, started_at) VALUES ($1, $2, $3)")
        .bind(attempt.uuid())
        .bind(delivery.id.uuid())
        .bind(now.utc())
        .run(tx)
        .await?;
    delivery.state = State::Sending;
    delivery.tries += 1;
    delivery.due_at = Some(now.utc() + policy.claim());
    Sql::new("UPDATE exchange_deliveries SET state = $2, tries = $3, due_at = $4, attempt_id = $5 WHERE id = $1")
        .bind(delivery.id.uuid())
        .bind(delivery.state.as_str())
        .bind(delivery.tries)
        .bind(delivery.due_at)
        .bind(attempt.uuid())
        .run(tx)
        .await?;
    Ok(Claim { attempt, delivery })
}

async fn give_up(tx: &Tx, now: Now, delivery: &Delivery) -> Result<()> {
    Sql::new("UPDATE exchange_deliveries SET state = $2, due_at = NULL, attempt_id = NULL, error = $3 WHERE id = $1")
        .bind(delivery.id.uuid())
        .bind(State::GivenUp.as_str())
        .bind("exchange-error-worker-lost")
        .run(tx)
        .await?;
    let subject = (delivery.subject_kind.as_str(), delivery.subject_id);
    record(tx, now, &Actor::PROGRAM, "exchange.given-up", delivery.id, &delivery.connector, subject).await
}
