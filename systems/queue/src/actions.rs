//! Writing queues: one function, one transaction, one entry in the journal per change.

mod begin;
mod book;
mod call;
mod draw;
mod manage;

use base::{Error, Id, Now, Result};
use journal::{Actor, Entry, Thing, record};
use serde_json::json;
use store::{Sql, Tx};

pub use begin::begin;
pub use book::{NewBooking, arrive, book, cancel};
pub use call::{At, act, call_next};
pub use draw::{Drawing, draw, drop_out};
pub use manage::{NewCounter, NewKind, add_counter, add_kind, close_counter, close_kind, set_counter};

use crate::desk::Counter;
use crate::queries;
use crate::ticket::{State, Ticket};

/// How the journal names a ticket.
pub const fn thing(id: Id) -> Thing {
    Thing { kind: "queue-ticket", id }
}

/// One change of tickets on its way.
struct Change<'a> {
    tx: &'a Tx,
    now: Now,
    actor: Actor,
}

impl Change<'_> {
    /// Writes the state with what moves along with it, and tells the journal.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the table of states does not allow the step, or somebody was quicker.
    async fn set_state(&self, ticket: &mut Ticket, next: State, verb: &'static str) -> Result<()> {
        if !ticket.state.allows(next) {
            return Err(Error::Conflict("queue-state-forbids"));
        }
        let now = self.now.utc();
        if next == State::Called {
            ticket.calls += 1;
            ticket.called_at = Some(now);
            ticket.first_called_at.get_or_insert(now);
        }
        ticket.ended_at = next.is_end().then_some(now);
        let moved = Sql::new(
            "UPDATE queue_tickets SET state = $3, counter_id = $4, place = $5, calls = $6, first_called_at = $7, \
             called_at = $8, ended_at = $9 WHERE id = $1 AND state = $2",
        )
        .bind(ticket.id.uuid())
        .bind(ticket.state.as_str())
        .bind(next.as_str())
        .bind(ticket.counter.map(Id::uuid))
        .bind(ticket.place)
        .bind(ticket.calls)
        .bind(ticket.first_called_at)
        .bind(ticket.called_at)
        .bind(ticket.ended_at)
        .run(self.tx)
        .await?;
        if moved != 1 {
            return Err(Error::Conflict("queue-moved-on"));
        }
        ticket.state = next;
        self.tell(ticket, verb).await
    }

    async fn tell(&self, ticket: &Ticket, verb: &'static str) -> Result<()> {
        let data = json!({
            "agency": ticket.agency,
            "day": ticket.day,
            "ticket": ticket.label(),
            "state": ticket.state.as_str(),
            "counter": ticket.counter,
        });
        record(self.tx, self.now, &self.actor, Entry::new(verb, thing(ticket.id), &data)?).await?;
        Ok(())
    }
}

/// The ticket of today as it stands inside the transaction; one of another day is over.
async fn current(tx: &Tx, now: Now, id: Id) -> Result<Ticket> {
    let ticket = queries::ticket_by_id(tx, id).await?.ok_or(Error::NotFound)?;
    if ticket.day == now.today() { Ok(ticket) } else { Err(Error::Conflict("queue-day-over")) }
}

/// Tells the journal of a change of the desk itself.
async fn tell_of_desk(tx: &Tx, now: Now, actor: &Actor, verb: &'static str, agency: Id, of: Id) -> Result<()> {
    let data = json!({ "agency": agency });
    record(tx, now, actor, Entry::new(verb, Thing { kind: "queue-desk", id: of }, &data)?).await?;
    Ok(())
}

/// Says which of the kinds on offer a counter serves; those that were closed it serves to the last ticket.
async fn set_serves(tx: &Tx, counter: &Counter) -> Result<()> {
    Sql::new(
        "DELETE FROM queue_served WHERE counter_id = $1 \
         AND kind_id IN (SELECT k.id FROM queue_kinds k WHERE k.agency_id = $2 AND k.closed_at IS NULL)",
    )
    .bind(counter.id.uuid())
    .bind(counter.agency.uuid())
    .run(tx)
    .await?;
    for kind in &counter.serves {
        Sql::new("INSERT INTO queue_served (counter_id, kind_id) VALUES ($1, $2)")
            .bind(counter.id.uuid())
            .bind(kind.uuid())
            .run(tx)
            .await?;
    }
    Ok(())
}
