use base::{Id, Now, Random, Result};
use chrono::{DateTime, Utc};
use journal::Actor;
use store::{Sql, Tx};

use super::{Claim, record};
use crate::connector::Outcome;
use crate::delivery::{Ended, State};
use crate::policy::Policy;

/// What becomes of a delivery after a try.
struct Next {
    state: State,
    due_at: Option<DateTime<Utc>>,
    /// None while it merely waits for the next try.
    verb: Option<&'static str>,
}

fn next(outcome: &Outcome, tries: i64, now: Now, policy: &Policy, random: &dyn Random) -> Next {
    match outcome {
        Outcome::Delivered { .. } => Next { state: State::Delivered, due_at: None, verb: Some("exchange.delivered") },
        Outcome::Reject { .. } => Next { state: State::Failed, due_at: None, verb: Some("exchange.failed") },
        Outcome::Retry { .. } if tries >= policy.tries => {
            Next { state: State::GivenUp, due_at: None, verb: Some("exchange.given-up") }
        }
        Outcome::Retry { after, .. } => {
            let wait = after.unwrap_or_else(|| policy.wait(tries, random));
            Next { state: State::Queued, due_at: Some(now.utc() + wait), verb: None }
        }
    }
}

/// Writes down how a try ended; gives the state it led to.
///
/// `None` when the claim had run out meanwhile and another worker has the delivery: the try is remembered, the
/// delivery is that other worker's.
pub(crate) async fn settle(
    tx: &Tx,
    now: Now,
    claim: &Claim,
    outcome: Outcome,
    policy: &Policy,
    random: &dyn Random,
) -> Result<Option<State>> {
    let delivery = &claim.delivery;
    let next = next(&outcome, delivery.tries, now, policy, random);
    let (ended, detail) = match outcome {
        Outcome::Delivered { receipt } => (Ended::Delivered, receipt),
        Outcome::Retry { reason, .. } => (Ended::Retry, reason),
        Outcome::Reject { reason } => (Ended::Rejected, reason),
    };
    end_attempt(tx, claim.attempt, now, ended, &detail).await?;
    let delivered = ended == Ended::Delivered;
    let touched = Sql::new(
        "UPDATE exchange_deliveries SET state = $3, due_at = $4, attempt_id = NULL, receipt = $5, error = $6, \
         delivered_at = $7 WHERE id = $1 AND attempt_id = $2",
    )
    .bind(delivery.id.uuid())
    .bind(claim.attempt.uuid())
    .bind(next.state.as_str())
    .bind(next.due_at)
    .bind(delivered.then(|| detail.clone()))
    .bind((!delivered).then_some(detail))
    .bind(delivered.then(|| now.utc()))
    .run(tx)
    .await?;
    if touched == 0 {
        return Ok(None);
    }
    if let Some(verb) = next.verb {
        let subject = (delivery.subject_kind.as_str(), delivery.subject_id);
        record(tx, now, &Actor::PROGRAM, verb, delivery.id, &delivery.connector, subject).await?;
    }
    Ok(Some(next.state))
}

async fn end_attempt(tx: &Tx, attempt: Id, now: Now, ended: Ended, detail: &str) -> Result<()> {
    Sql::new("UPDATE exchange_attempts SET ended_at = $2, outcome = $3, detail = $4 WHERE id = $1")
        .bind(attempt.uuid())
        .bind(now.utc())
        .bind(ended.as_str())
        .bind(detail)
        .run(tx)
        .await?;
    Ok(())
}
