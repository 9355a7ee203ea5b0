//! What a carrier says of an order: by itself, in answer to an order, or when it was asked.

use base::{Id, Now, Result};
use contracts::events::PostDelivered;
use journal::Actor;
use store::{Sql, Tx};
use system::App;

use super::{Change, summary};
use crate::carrier::{Status, Trail, Word};
use crate::order::{Order, State};
use crate::queries;

/// What is made of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The order went on.
    Taken,
    /// It was said before, or says what is known.
    Repeated,
    /// It came after something newer; it stands in the story and moves nothing.
    Overtaken,
    UnknownOrder,
    /// It names another number of the carrier's than before.
    WrongTracking,
    /// The order was called off, and yet it is carried: somebody has to talk to the carrier.
    AfterCancel,
}

impl Verdict {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Repeated => "repeated",
            Self::Overtaken => "overtaken",
            Self::UnknownOrder => "unknown-order",
            Self::WrongTracking => "wrong-tracking",
            Self::AfterCancel => "after-cancel",
        }
    }
}

/// Counts what a carrier says; its seal was found right. Each word is kept once, with the verdict.
pub async fn hear(app: &App, now: Now, mut trail: Trail) -> Result<Vec<Verdict>> {
    trail.words.sort_by_key(|word| word.at);
    app.store
        .write(async |tx| {
            let change = Change { app, tx, now, actor: Actor::PROGRAM };
            let mut order = queries::by_code(tx, &trail.order).await?;
            let mut verdicts = Vec::with_capacity(trail.words.len());
            for word in &trail.words {
                verdicts.push(count(&change, &trail.order, order.as_mut(), word).await?);
            }
            if let Some(order) = order {
                change.wait_for_words(&order).await?;
            }
            Ok(verdicts)
        })
        .await
}

async fn count(change: &Change<'_>, code: &str, order: Option<&mut Order>, word: &Word) -> Result<Verdict> {
    let Some(kept) = keep(change.tx, change.now, code, order.as_deref(), word).await? else {
        return Ok(Verdict::Repeated);
    };
    let verdict = match order {
        Some(order) => judge(change, order, word).await?,
        None => Verdict::UnknownOrder,
    };
    Sql::new("UPDATE post_words SET verdict = $2 WHERE id = $1")
        .bind(kept.uuid())
        .bind(verdict.as_str())
        .run(change.tx)
        .await?;
    Ok(verdict)
}

/// Keeps the word; `None` when the very same was kept before.
async fn keep(tx: &Tx, now: Now, code: &str, order: Option<&Order>, word: &Word) -> Result<Option<Id>> {
    let id = Id::new(now);
    let kept = Sql::new(
        "INSERT INTO post_words (id, event, order_id, order_code, status, tracking, station, at, heard_at, verdict) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (event) DO NOTHING",
    )
    .bind(id.uuid())
    .bind(word.event.as_str())
    .bind(order.map(|order| order.id.uuid()))
    .bind(code)
    .bind(word.status.state().as_str())
    .bind(word.tracking.as_str())
    .bind(word.station.as_str())
    .bind(word.at)
    .bind(now.utc())
    .bind(Verdict::Repeated.as_str())
    .run(tx)
    .await?;
    Ok((kept == 1).then_some(id))
}

async fn judge(change: &Change<'_>, order: &mut Order, word: &Word) -> Result<Verdict> {
    let known = order.tracking.as_deref();
    if !word.tracking.is_empty() && known.is_some_and(|known| known != word.tracking) {
        return Ok(Verdict::WrongTracking);
    }
    let next = word.status.state();
    if next == order.state {
        return Ok(Verdict::Repeated);
    }
    if order.state == State::Cancelled && word.status != Status::Created {
        return Ok(Verdict::AfterCancel);
    }
    if !order.state.allows(next) {
        return Ok(Verdict::Overtaken);
    }
    if !word.tracking.is_empty() {
        order.tracking = Some(word.tracking.clone());
    }
    if next == State::Delivered {
        let told = PostDelivered {
            dossier: order.dossier,
            leg: order.leg.as_str().to_owned(),
            order: order.code.clone(),
            agency: order.agency,
        };
        change.set_state(order, next, verb(word.status), &told).await?;
    } else {
        let told = summary(order);
        change.set_state(order, next, verb(word.status), &told).await?;
    }
    Ok(Verdict::Taken)
}

const fn verb(status: Status) -> &'static str {
    match status {
        Status::Created => "post.created",
        Status::Accepted => "post.accepted",
        Status::Delivering => "post.delivering",
        Status::Delivered => "post.delivered",
        Status::Failed => "post.failed",
        Status::Returned => "post.returned",
        Status::Cancelled => "post.cancelled",
    }
}
