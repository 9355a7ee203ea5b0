//! An order is called off: at once while it is only wished for, by the carrier's word once it was sent.

use base::{Error, Id, Now, Result};
use store::Sql;
use system::{App, Caller};

use super::{Change, current, send, summary};
use crate::access;
use crate::order::{Order, State};

/// The applicant calls the order off.
///
/// # Errors
/// [`Error::Conflict`] once the carrier has accepted it, or while it is asked to let go of it.
pub async fn cancel(app: &App, now: Now, caller: &Caller, order: Id) -> Result<Order> {
    app.store
        .write(async |tx| {
            let change = Change { app, tx, now, actor: caller.actor() };
            let mut order = current(tx, order).await?;
            access::own(caller, order.person, order.filed_by)?;
            if !order.may_cancel() {
                return Err(Error::Conflict("post-accepted"));
            }
            call_off(&change, &mut order).await?;
            Ok(order)
        })
        .await
}

/// What only the carrier can undo is asked of it.
pub(super) async fn call_off(change: &Change<'_>, order: &mut Order) -> Result<()> {
    if order.state == State::Wanted {
        let told = summary(order);
        return change.set_state(order, State::Cancelled, "post.cancelled", &told).await;
    }
    order.cancel_asked_at = Some(change.now.utc());
    Sql::new("UPDATE post_orders SET cancel_asked_at = $2 WHERE id = $1")
        .bind(order.id.uuid())
        .bind(order.cancel_asked_at)
        .run(change.tx)
        .await?;
    change.tell(order.id, "post.cancel-asked", &summary(order)).await?;
    send::ask_to_cancel(change, order).await
}

/// The carrier keeps the order: it goes on.
pub(super) async fn refused(app: &App, now: Now, order: Id) -> Result<()> {
    app.store
        .write(async |tx| {
            let change = Change { app, tx, now, actor: journal::Actor::PROGRAM };
            let order = current(tx, order).await?;
            if order.cancel_asked_at.is_none() {
                return Ok(());
            }
            Sql::new("UPDATE post_orders SET cancel_asked_at = NULL WHERE id = $1")
                .bind(order.id.uuid())
                .run(tx)
                .await?;
            change.tell(order.id, "post.cancel-refused", &summary(&order)).await
        })
        .await
}
