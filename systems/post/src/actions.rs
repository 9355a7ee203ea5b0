//! Writing orders: one function, one transaction, one entry in the journal per change of state.

mod cancel;
mod choose;
mod follow;
mod hear;
mod message;
mod send;

use base::{Error, Id, Now, Result};
use journal::{Actor, Entry, Read, Thing, record, record_read};
use serde::Serialize;
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller};

pub use cancel::cancel;
pub use choose::{Choice, choose};
pub(crate) use choose::{owed, own};
pub(crate) use follow::{dossier_ended, dossier_finished};
pub use hear::{Verdict, hear};
pub(crate) use send::{Ask, let_go};
pub use send::{Handover, ask_about_silent};

use crate::order::{Order, State};
use crate::{queries, rules};

/// One change of one order on its way.
pub(crate) struct Change<'a> {
    pub(crate) app: &'a App,
    pub(crate) tx: &'a Tx,
    pub(crate) now: Now,
    pub(crate) actor: Actor,
}

impl Change<'_> {
    /// Writes the state with what moves along with it, tells the journal `data` and the applicant what they should know.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the table of states does not allow the step, or the order moved on meanwhile.
    async fn set_state(&self, order: &mut Order, next: State, verb: &'static str, data: &impl Serialize) -> Result<()> {
        if !order.state.allows(next) {
            return Err(Error::Conflict("post-state-forbids"));
        }
        if next == State::Created {
            order.created_at = Some(self.now.utc());
        }
        if next.is_end() {
            order.ended_at = Some(self.now.utc());
        }
        if next.is_end() || next != State::Created {
            // Accepted or ended, it cannot be called off any more.
            order.cancel_asked_at = None;
        }
        let moved = Sql::new(
            "UPDATE post_orders SET state = $3, created_at = $4, ended_at = $5, cancel_asked_at = $6, cod = $7, \
             tracking = $8 WHERE id = $1 AND state = $2",
        )
        .bind(order.id.uuid())
        .bind(order.state.as_str())
        .bind(next.as_str())
        .bind(order.created_at)
        .bind(order.ended_at)
        .bind(order.cancel_asked_at)
        .bind(order.cod)
        .bind(order.tracking.as_deref())
        .run(self.tx)
        .await?;
        if moved != 1 {
            return Err(Error::Conflict("post-moved-on"));
        }
        order.state = next;
        self.wait_for_words(order).await?;
        self.tell(order.id, verb, data).await?;
        message::tell_applicant(self, order, verb).await
    }

    /// From now on the carrier has its time to say the next thing; after an end nothing is waited for.
    async fn wait_for_words(&self, order: &Order) -> Result<()> {
        let wait = chrono::TimeDelta::hours(rules()?.carrier.ask_after_hours);
        Sql::new("UPDATE post_orders SET ask_at = $2 WHERE id = $1")
            .bind(order.id.uuid())
            .bind(order.state.is_with_carrier().then(|| self.now.utc() + wait))
            .run(self.tx)
            .await?;
        Ok(())
    }

    async fn tell(&self, order: Id, verb: &'static str, data: &impl Serialize) -> Result<()> {
        record(self.tx, self.now, &self.actor, Entry::new(verb, thing(order), data)?).await?;
        Ok(())
    }
}

/// What the journal says of most changes.
fn summary(order: &Order) -> serde_json::Value {
    json!({ "order": order.code, "dossier": order.dossier, "leg": order.leg.as_str(), "agency": order.agency })
}

/// How the journal names an order.
pub const fn thing(id: Id) -> Thing {
    Thing { kind: "post-order", id }
}

/// The order as it stands inside the transaction.
async fn current(tx: &Tx, id: Id) -> Result<Order> {
    queries::by_id(tx, id).await?.ok_or(Error::NotFound)
}

/// Writes down, before it is shown, that an officer looked at somebody's address.
pub async fn look(app: &App, now: Now, caller: &Caller, order: &Order) -> Result<()> {
    let read = Read { whose: order.person, thing: thing(order.id), reason: "processing" };
    app.store.write(async |tx| record_read(tx, now, &caller.actor(), read).await).await
}
