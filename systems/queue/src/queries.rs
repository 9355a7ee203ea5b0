//! Reading desks and their tickets.

mod booked;
mod day;

use base::{Error, Id, Result};
use chrono::{DateTime, NaiveDate, Utc};
use store::{Connection, Slice, Sql};
use system::Officer;

use crate::desk::{Counter, Kind};
use crate::tables::{COUNTER, KIND, TICKET, counter, kind, ticket};
use crate::ticket::Ticket;

pub use booked::{booking_by_id, taken};
pub use day::{CounterDay, by_counter};

/// Agencies that have a desk with a queue, in the order in which they began.
pub async fn desks(c: &impl Connection, after: Option<Id>, size: usize) -> Result<Slice<Id>> {
    let rows = Sql::composed(format!(
        "SELECT DISTINCT k.agency_id FROM queue_kinds k WHERE k.closed_at IS NULL AND k.agency_id > $1 \
         ORDER BY k.agency_id LIMIT {}",
        size + 1
    ))
    .bind(after.unwrap_or(Id::from_uuid(uuid::Uuid::nil())).uuid())
    .all(c, |row| Ok(Id::from_uuid(row.get(0)?)))
    .await?;
    Ok(Slice::of(rows, size, ToString::to_string))
}

/// What people come for, by letter.
pub async fn kinds(c: &impl Connection, agency: Id) -> Result<Vec<Kind>> {
    Sql::composed(format!(
        "SELECT {KIND} FROM queue_kinds k WHERE k.agency_id = $1 AND k.closed_at IS NULL ORDER BY k.letter"
    ))
    .bind(agency.uuid())
    .all(c, |row| kind(&row))
    .await
}

/// One kind, also one that is not offered any more.
pub async fn kind_by_id(c: &impl Connection, id: Id) -> Result<Option<Kind>> {
    Sql::composed(format!("SELECT {KIND} FROM queue_kinds k WHERE k.id = $1"))
        .bind(id.uuid())
        .one(c, |row| kind(&row))
        .await
}

/// The counters of a desk, by number.
pub async fn counters(c: &impl Connection, agency: Id) -> Result<Vec<Counter>> {
    let mut counters = Sql::composed(format!(
        "SELECT {COUNTER} FROM queue_counters c WHERE c.agency_id = $1 AND c.closed_at IS NULL ORDER BY c.number"
    ))
    .bind(agency.uuid())
    .all(c, |row| counter(&row))
    .await?;
    for counter in &mut counters {
        counter.serves = serves(c, counter.id).await?;
    }
    Ok(counters)
}

async fn serves(c: &impl Connection, counter: Id) -> Result<Vec<Id>> {
    Sql::new("SELECT kind_id FROM queue_served WHERE counter_id = $1 ORDER BY kind_id")
        .bind(counter.uuid())
        .all(c, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await
}

/// One counter, also one that was closed.
pub async fn counter_by_id(c: &impl Connection, id: Id) -> Result<Option<Counter>> {
    let found = Sql::composed(format!("SELECT {COUNTER} FROM queue_counters c WHERE c.id = $1"))
        .bind(id.uuid())
        .one(c, |row| counter(&row))
        .await?;
    match found {
        Some(counter) => Ok(Some(Counter { serves: serves(c, counter.id).await?, ..counter })),
        None => Ok(None),
    }
}

/// An open counter of the officer's own agency; those of others do not exist.
pub async fn counter_for(c: &impl Connection, officer: &Officer, id: Id) -> Result<Counter> {
    let found = counters(c, officer.agency).await?;
    found.into_iter().find(|counter| counter.id == id).ok_or(Error::NotFound)
}

/// Whoever asks: who knows the id may see it.
pub async fn ticket_by_id(c: &impl Connection, id: Id) -> Result<Option<Ticket>> {
    Sql::composed(format!("SELECT {TICKET} FROM queue_tickets t WHERE t.id = $1"))
        .bind(id.uuid())
        .one(c, |row| ticket(&row))
        .await
}

/// Who is at a counter now.
pub async fn at_counter(c: &impl Connection, counter: Id, day: NaiveDate) -> Result<Option<Ticket>> {
    Sql::composed(format!(
        "SELECT {TICKET} FROM queue_tickets t WHERE t.counter_id = $1 AND t.day = $2 AND t.state = 'called'"
    ))
    .bind(counter.uuid())
    .bind(day)
    .one(c, |row| ticket(&row))
    .await
}

/// Those who were called to a counter on this day and did not come, the last first.
pub async fn absent(c: &impl Connection, counter: Id, day: NaiveDate, size: usize) -> Result<Vec<Ticket>> {
    Sql::composed(format!(
        "SELECT {TICKET} FROM queue_tickets t WHERE t.counter_id = $1 AND t.day = $2 AND t.state = 'absent' \
         ORDER BY t.called_at DESC LIMIT {size}"
    ))
    .bind(counter.uuid())
    .bind(day)
    .all(c, |row| ticket(&row))
    .await
}

/// Whom a counter would call, the next first: of the kinds that it serves, or passed on to it. Goes on after a place.
pub async fn waiting_for(
    c: &impl Connection,
    counter: &Counter,
    day: NaiveDate,
    after: i64,
    size: usize,
) -> Result<Slice<Ticket>> {
    let rows = Sql::composed(format!(
        "SELECT {TICKET} FROM queue_tickets t WHERE t.agency_id = $1 AND t.day = $2 AND t.state = 'waiting' \
         AND t.place > $4 AND (t.counter_id = $3 OR (t.counter_id IS NULL AND EXISTS (SELECT 1 FROM queue_served s \
         WHERE s.counter_id = $3 AND s.kind_id = t.kind_id))) ORDER BY t.place LIMIT {}",
        size + 1
    ))
    .bind(counter.agency.uuid())
    .bind(day)
    .bind(counter.id.uuid())
    .bind(after)
    .all(c, |row| ticket(&row))
    .await?;
    Ok(Slice::of(rows, size, |ticket| ticket.place))
}

/// The counters at which somebody of this kind may be called.
const SERVING: &str = "SELECT own.counter_id FROM queue_served own JOIN queue_counters c ON c.id = own.counter_id \
                       WHERE c.closed_at IS NULL AND own.kind_id = $3";

/// How many are called before a ticket that waits, at the latest: all who wait at the counters that serve its kind.
pub async fn before(c: &impl Connection, ticket: &Ticket) -> Result<i64> {
    let count = Sql::composed(format!(
        "SELECT count(*) FROM queue_tickets t WHERE t.agency_id = $1 AND t.day = $2 AND t.state = 'waiting' \
         AND t.place < $4 AND (t.counter_id IN ({SERVING}) OR (t.counter_id IS NULL AND t.kind_id IN \
         (SELECT other.kind_id FROM queue_served other WHERE other.counter_id IN ({SERVING}))))"
    ))
    .bind(ticket.agency.uuid())
    .bind(ticket.day)
    .bind(ticket.kind.uuid())
    .bind(ticket.place)
    .one(c, |row| row.get(0))
    .await?;
    Ok(count.unwrap_or_default())
}

/// When the last tickets of a day were called to the counters that serve a kind.
pub async fn calls(
    c: &impl Connection,
    agency: Id,
    day: NaiveDate,
    kind: Id,
    size: usize,
) -> Result<Vec<DateTime<Utc>>> {
    Sql::composed(format!(
        "SELECT t.first_called_at FROM queue_tickets t WHERE t.agency_id = $1 AND t.day = $2 \
         AND t.counter_id IN ({SERVING}) AND t.first_called_at IS NOT NULL ORDER BY t.first_called_at DESC LIMIT {size}"
    ))
    .bind(agency.uuid())
    .bind(day)
    .bind(kind.uuid())
    .all(c, |row| row.get(0))
    .await
}

/// Who is called at a desk now, the last call first.
pub async fn called(c: &impl Connection, agency: Id, day: NaiveDate) -> Result<Vec<Ticket>> {
    Sql::composed(format!(
        "SELECT {TICKET} FROM queue_tickets t WHERE t.agency_id = $1 AND t.day = $2 AND t.state = 'called' \
         ORDER BY t.called_at DESC, t.turn DESC"
    ))
    .bind(agency.uuid())
    .bind(day)
    .all(c, |row| ticket(&row))
    .await
}

/// Who is called next at a desk, whichever counter it is; at most `size`.
pub async fn next(c: &impl Connection, agency: Id, day: NaiveDate, size: usize) -> Result<Vec<Ticket>> {
    Sql::composed(format!(
        "SELECT {TICKET} FROM queue_tickets t WHERE t.agency_id = $1 AND t.day = $2 AND t.state = 'waiting' \
         ORDER BY t.place LIMIT {size}"
    ))
    .bind(agency.uuid())
    .bind(day)
    .all(c, |row| ticket(&row))
    .await
}

/// How many wait for each kind at a desk.
pub async fn waiting_by_kind(c: &impl Connection, agency: Id, day: NaiveDate) -> Result<Vec<(Id, i64)>> {
    Sql::new(
        "SELECT t.kind_id, count(*) FROM queue_tickets t WHERE t.agency_id = $1 AND t.day = $2 AND t.state = 'waiting' \
         GROUP BY t.kind_id",
    )
    .bind(agency.uuid())
    .bind(day)
    .all(c, |row| Ok((Id::from_uuid(row.get(0)?), row.get(1)?)))
    .await
}
