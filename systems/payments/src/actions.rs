//! Writing charges: one function, one transaction, one entry in the journal per change of state.

mod ask;
mod attempt;
mod cash;
mod message;
mod notice;
mod open;
mod print;
mod reconcile;
mod refund;
mod settle;

use base::{Error, Id, Money, Now, Result};
use journal::{Actor, Entry, Read, Thing, record, record_read};
use serde::Serialize;
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller};

pub use ask::{Inquiry, ask_about_silent};
pub use attempt::begin;
pub use cash::{collect, transfer_came};
pub use notice::{Verdict, notified};
pub(crate) use open::{give_back, open};
pub use print::make_receipts;
pub use reconcile::{NewStatement, close_difference, reconcile};
pub use refund::refunded;

use crate::charge::{Charge, State};
use crate::queries;

/// One change of one charge on its way.
pub(crate) struct Change<'a> {
    pub(crate) app: &'a App,
    pub(crate) tx: &'a Tx,
    pub(crate) now: Now,
    pub(crate) actor: Actor,
}

impl Change<'_> {
    /// Writes the state with what moves along with it, tells the journal `data` and the payer what they should know.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the table of states does not allow the step, or the charge moved on meanwhile.
    async fn set_state(
        &self,
        charge: &mut Charge,
        next: State,
        verb: &'static str,
        data: &impl Serialize,
    ) -> Result<()> {
        if !charge.state.allows(next) {
            return Err(Error::Conflict("payments-state-forbids"));
        }
        let moved = Sql::new(
            "UPDATE payments_charges SET state = $3, paid_at = $4, paid_by = $5, refunded_at = $6, \
             refund_reference = $7 WHERE id = $1 AND state = $2",
        )
        .bind(charge.id.uuid())
        .bind(charge.state.as_str())
        .bind(next.as_str())
        .bind(charge.paid_at)
        .bind(charge.paid_by.map(crate::charge::Way::as_str))
        .bind(charge.refunded_at)
        .bind(charge.refund_reference.as_deref())
        .run(self.tx)
        .await?;
        if moved != 1 {
            return Err(Error::Conflict("payments-moved-on"));
        }
        charge.state = next;
        self.tell(charge.id, verb, data).await?;
        message::tell_payer(self, charge, verb).await
    }

    async fn tell(&self, charge: Id, verb: &'static str, data: &impl Serialize) -> Result<()> {
        record(self.tx, self.now, &self.actor, Entry::new(verb, thing(charge), data)?).await?;
        Ok(())
    }
}

/// What the journal says of most changes.
fn summary(charge: &Charge) -> serde_json::Value {
    json!({ "code": charge.code, "subject": charge.subject, "agency": charge.agency, "amount": Money(charge.amount).0 })
}

/// How the journal names a charge.
pub const fn thing(id: Id) -> Thing {
    Thing { kind: "charge", id }
}

/// The charge as it stands inside the transaction.
async fn current(tx: &Tx, id: Id) -> Result<Charge> {
    queries::by_id(tx, id).await?.ok_or(Error::NotFound)
}

/// Writes down, before it is shown, that an officer looked at what somebody pays.
pub async fn look(app: &App, now: Now, caller: &Caller, charge: &Charge) -> Result<()> {
    let read = Read { whose: charge.payer, thing: thing(charge.id), reason: "processing" };
    app.store.write(async |tx| record_read(tx, now, &caller.actor(), read).await).await
}
