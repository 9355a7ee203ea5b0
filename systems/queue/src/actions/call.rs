//! A counter calls, calls again, passes on and finishes.

use base::{Error, Id, Now, Result};
use store::Tx;
use system::{App, Caller};

use super::{Change, current};
use crate::access::SERVE;
use crate::desk::Counter;
use crate::queries;
use crate::ticket::{Rank, State, Ticket};

/// Of those who wait, so many are tried for one call: colleagues at other counters call at the same moment.
const TRIES: usize = 20;

/// What a counter does with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Calls it once more: nobody has come yet, or came back.
    Again,
    /// Nobody came.
    Absent,
    /// It goes on at another counter.
    PassOn(Id),
    Finish,
}

/// Calls the next of those who wait for a counter; `None` when nobody does.
///
/// # Errors
/// [`Error::NotFound`] for a counter of another agency; [`Error::Conflict`] while somebody is at the counter.
pub async fn call_next(app: &App, now: Now, caller: &Caller, counter: Id) -> Result<Option<Ticket>> {
    let officer = caller.officer_who_may(SERVE)?;
    for _ in 0..TRIES {
        let called = app
            .store
            .write(async |tx| {
                let counter = queries::counter_for(tx, officer, counter).await?;
                let change = Change { tx, now, actor: caller.actor() };
                must_be_free(tx, now, &counter).await?;
                let waiting = queries::waiting_for(tx, &counter, now.today(), 0, 1).await?;
                let Some(mut ticket) = waiting.rows.into_iter().next() else { return Ok(None) };
                ticket.counter = Some(counter.id);
                change.set_state(&mut ticket, State::Called, "queue.called").await?;
                Ok(Some(ticket))
            })
            .await;
        match called {
            // A colleague called the same one: the next is called instead.
            Err(Error::Conflict("queue-moved-on")) => {}
            Err(error) if store::is_duplicate(&error) => return Err(Error::Conflict("queue-counter-busy")),
            called => return called,
        }
    }
    Err(Error::Conflict("queue-moved-on"))
}

async fn must_be_free(tx: &Tx, now: Now, counter: &Counter) -> Result<()> {
    let busy = queries::at_counter(tx, counter.id, now.today()).await?.is_some();
    if busy { Err(Error::Conflict("queue-counter-busy")) } else { Ok(()) }
}

/// Does something with a ticket that a counter has called today.
///
/// # Errors
/// [`Error::NotFound`] for a counter of another agency or a ticket that is not at it; [`Error::Conflict`] when the ticket
/// moved on; [`Error::Invalid`] at `to` for a counter that is none.
pub async fn act(app: &App, now: Now, caller: &Caller, counter: Id, ticket: Id, at: At) -> Result<Ticket> {
    let officer = caller.officer_who_may(SERVE)?;
    let done = app
        .store
        .write(async |tx| {
            let counter = queries::counter_for(tx, officer, counter).await?;
            let mut ticket = current(tx, now, ticket).await?;
            if ticket.counter != Some(counter.id) {
                return Err(Error::NotFound);
            }
            let change = Change { tx, now, actor: caller.actor() };
            match at {
                At::Again => {
                    if ticket.state == State::Absent {
                        must_be_free(tx, now, &counter).await?;
                    } else if ticket.state != State::Called {
                        return Err(Error::Conflict("queue-state-forbids"));
                    }
                    change.set_state(&mut ticket, State::Called, "queue.called-again").await?;
                }
                At::Absent => change.set_state(&mut ticket, State::Absent, "queue.absent").await?,
                At::Finish => change.set_state(&mut ticket, State::Served, "queue.served").await?,
                At::PassOn(to) => {
                    let to = queries::counter_for(tx, officer, to).await.ok().filter(|to| to.id != counter.id);
                    let to = to.ok_or_else(|| Error::invalid("to", "queue-counter-missing"))?;
                    ticket.counter = Some(to.id);
                    ticket.place = Rank::PassedOn.place(ticket.turn);
                    change.set_state(&mut ticket, State::Waiting, "queue.passed-on").await?;
                }
            }
            Ok(ticket)
        })
        .await;
    match done {
        Err(error) if store::is_duplicate(&error) => Err(Error::Conflict("queue-counter-busy")),
        done => done,
    }
}
