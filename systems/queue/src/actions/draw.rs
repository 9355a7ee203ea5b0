//! Somebody draws a ticket, and may give it up.

use base::{Error, Id, Now, Result};
use identity::actions::count_stranger;
use journal::Actor;
use store::{Sql, Tx, next_number};
use system::App;

use super::{Change, current};
use crate::queries;
use crate::rules::rules;
use crate::ticket::{Rank, State, Ticket};

/// What is drawn. `id` was made with the page, by chance: the same form sent twice draws one ticket.
#[derive(Clone, Debug)]
pub struct Drawing {
    pub id: Id,
    pub agency: Id,
    pub kind: Id,
    /// Code of a ground of the rules; empty without one.
    pub priority: String,
    /// Whose tickets are counted together.
    pub sender: Option<String>,
}

/// Draws a ticket of today, numbered without gap within its kind.
///
/// # Errors
/// [`Error::Invalid`] for a kind that is not offered, an unknown ground, or one ticket too many from one place.
pub async fn draw(app: &App, now: Now, drawing: Drawing) -> Result<Ticket> {
    if let Some(drawn) = queries::ticket_by_id(app.store.read(), drawing.id).await? {
        return Ok(drawn);
    }
    if !drawing.priority.is_empty() && rules()?.ground(&drawing.priority).is_none() {
        return Err(Error::invalid("priority", "queue-priority-unknown"));
    }
    let rank = if drawing.priority.is_empty() { Rank::Usual } else { Rank::Priority };
    let most = rules()?.limits.per_address_and_hour;
    let done = app
        .store
        .write(async |tx| {
            if !count_stranger(tx, now, "ticket", drawing.sender.as_deref(), most).await? {
                return Err(Error::invalid("kind", "queue-drawn-too-many"));
            }
            insert(tx, now, &drawing, rank).await
        })
        .await;
    match done {
        // Sent twice at once: the other one was quicker.
        Err(error) if store::is_duplicate(&error) => {
            queries::ticket_by_id(app.store.read(), drawing.id).await?.ok_or(error)
        }
        done => done,
    }
}

/// A ticket of today at the end of its rank.
pub(super) async fn insert(tx: &Tx, now: Now, drawing: &Drawing, rank: Rank) -> Result<Ticket> {
    let kinds = queries::kinds(tx, drawing.agency).await?;
    let kind = kinds.into_iter().find(|kind| kind.id == drawing.kind);
    let kind = kind.ok_or_else(|| Error::invalid("kind", "queue-kind-missing"))?;
    let day = now.today();
    let turn = next_number(tx, &format!("queue:{}", drawing.agency), &day.to_string()).await?;
    let ticket = Ticket {
        id: drawing.id,
        agency: drawing.agency,
        day,
        kind: kind.id,
        letter: kind.letter,
        number: next_number(tx, &format!("queue-kind:{}", kind.id), &day.to_string()).await?,
        turn,
        place: rank.place(turn),
        priority: drawing.priority.clone(),
        state: State::Waiting,
        counter: None,
        calls: 0,
        drawn_at: now.utc(),
        first_called_at: None,
        called_at: None,
        ended_at: None,
    };
    Sql::new(
        "INSERT INTO queue_tickets (id, agency_id, day, kind_id, letter, number, turn, place, priority, state, calls, \
         drawn_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(ticket.id.uuid())
    .bind(ticket.agency.uuid())
    .bind(ticket.day)
    .bind(ticket.kind.uuid())
    .bind(ticket.letter.as_str())
    .bind(ticket.number)
    .bind(ticket.turn)
    .bind(ticket.place)
    .bind(ticket.priority.as_str())
    .bind(ticket.state.as_str())
    .bind(ticket.calls)
    .bind(ticket.drawn_at)
    .run(tx)
    .await?;
    Change { tx, now, actor: Actor::PROGRAM }.tell(&ticket, "queue.drawn").await?;
    Ok(ticket)
}

/// Whoever holds the ticket does not wait any longer.
///
/// # Errors
/// [`Error::Conflict`] when it was called meanwhile.
pub async fn drop_out(app: &App, now: Now, ticket: Id) -> Result<()> {
    app.store
        .write(async |tx| {
            let mut ticket = current(tx, now, ticket).await?;
            let change = Change { tx, now, actor: Actor::PROGRAM };
            change.set_state(&mut ticket, State::Dropped, "queue.dropped").await
        })
        .await
}
