//! What a gateway says of an order, by itself or when it was asked.

use base::{Id, Now, Result};
use journal::Actor;
use serde_json::json;
use store::{Sql, Tx};
use system::App;

use super::settle::{Settled, settle};
use super::{Change, attempt, current};
use crate::charge::{Attempt, State, Tried};
use crate::gateway::{Notice, Status};
use crate::queries;

/// What is made of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The charge is paid, or the attempt has failed.
    Taken,
    /// It was said before, or says less than is known.
    Repeated,
    UnknownOrder,
    WrongAmount,
    /// The payment was counted for another order.
    WrongTransaction,
    /// The charge was paid before by another attempt: somebody has to give this money back.
    PaidTwice,
    /// Nothing was due any more: the money goes back.
    GoesBack,
    /// Nothing is decided yet.
    Undecided,
}

impl Verdict {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Repeated => "repeated",
            Self::UnknownOrder => "unknown-order",
            Self::WrongAmount => "wrong-amount",
            Self::WrongTransaction => "wrong-transaction",
            Self::PaidTwice => "paid-twice",
            Self::GoesBack => "goes-back",
            Self::Undecided => "undecided",
        }
    }
}

/// Counts what a gateway says; its signature was found right. Whatever it says is kept once, with the verdict.
pub async fn notified(app: &App, now: Now, notice: Notice) -> Result<Verdict> {
    if matches!(notice.status, Status::Pending | Status::Unknown) {
        return Ok(Verdict::Undecided);
    }
    app.store
        .write(async |tx| {
            let attempt = queries::attempt_by_order(tx, &notice.order).await?;
            let Some(kept) = keep(tx, now, &notice, attempt.as_ref()).await? else { return Ok(Verdict::Repeated) };
            let change = Change { app, tx, now, actor: Actor::PROGRAM };
            let verdict = judge(&change, &notice, attempt).await?;
            Sql::new("UPDATE payments_notices SET verdict = $2 WHERE id = $1")
                .bind(kept.uuid())
                .bind(verdict.as_str())
                .run(tx)
                .await?;
            Ok(verdict)
        })
        .await
}

/// Keeps the notice; `None` when the very same was kept before.
async fn keep(tx: &Tx, now: Now, notice: &Notice, attempt: Option<&Attempt>) -> Result<Option<Id>> {
    let id = Id::new(now);
    let kept = Sql::new(
        "INSERT INTO payments_notices (id, transaction_id, order_id, amount, status, verdict, charge_id, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
    )
    .bind(id.uuid())
    .bind(notice.transaction.as_str())
    .bind(notice.order.as_str())
    .bind(notice.amount)
    .bind(notice.status.as_str())
    .bind(Verdict::Undecided.as_str())
    .bind(attempt.map(|attempt| attempt.charge.uuid()))
    .bind(now.utc())
    .run(tx)
    .await?;
    Ok((kept == 1).then_some(id))
}

async fn judge(change: &Change<'_>, notice: &Notice, attempt: Option<Attempt>) -> Result<Verdict> {
    let Some(attempt) = attempt else { return Ok(Verdict::UnknownOrder) };
    if notice.amount != attempt.amount {
        return Ok(Verdict::WrongAmount);
    }
    let mut charge = current(change.tx, attempt.charge).await?;
    if notice.status == Status::Failed {
        // Messages overtake each other: a failure said after the payment is the older news.
        if attempt.state != Tried::Begun {
            return Ok(Verdict::Repeated);
        }
        attempt::end(change.tx, change.now, &attempt, Tried::Failed, None).await?;
        let others = queries::attempts(change.tx, charge.id).await?;
        let still_paying = others.iter().any(|other| other.state == Tried::Begun);
        let told = json!({ "order": attempt.order });
        if charge.state == State::Paying && !still_paying {
            change.set_state(&mut charge, State::Open, "payments.attempt-failed", &told).await?;
        } else {
            change.tell(charge.id, "payments.attempt-failed", &told).await?;
        }
        return Ok(Verdict::Taken);
    }
    if notice.transaction.is_empty() {
        return Ok(Verdict::WrongTransaction);
    }
    match queries::order_of(change.tx, &notice.transaction).await? {
        Some(order) if order != attempt.order => return Ok(Verdict::WrongTransaction),
        Some(_) => return Ok(Verdict::Repeated),
        // Two payments of one order: the second is not this order's any more.
        None if attempt.state == Tried::Paid => return Ok(Verdict::PaidTwice),
        None => {}
    }
    Ok(match settle(change, &mut charge, &attempt, Some(&notice.transaction), "").await? {
        Settled::Paid => Verdict::Taken,
        Settled::GoesBack => Verdict::GoesBack,
        Settled::Twice => Verdict::PaidTwice,
    })
}
