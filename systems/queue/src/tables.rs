//! Rows as they are read.

use base::{Error, Id, Result};
use store::Row;

use crate::booking::Booking;
use crate::desk::{Counter, Kind};
use crate::ticket::{State, Ticket};

fn id(row: &Row, column: usize) -> Result<Id> {
    Ok(Id::from_uuid(row.get(column)?))
}

pub(crate) const KIND: &str = "k.id, k.agency_id, k.letter, k.name";

pub(crate) fn kind(row: &Row) -> Result<Kind> {
    Ok(Kind { id: id(row, 0)?, agency: id(row, 1)?, letter: row.get(2)?, name: row.get(3)? })
}

pub(crate) const COUNTER: &str = "c.id, c.agency_id, c.number, c.name";

/// Without the kinds that it serves.
pub(crate) fn counter(row: &Row) -> Result<Counter> {
    Ok(Counter { id: id(row, 0)?, agency: id(row, 1)?, number: row.get(2)?, name: row.get(3)?, serves: Vec::new() })
}

pub(crate) const TICKET: &str = "t.id, t.agency_id, t.day, t.kind_id, t.letter, t.number, t.turn, t.place, t.priority, \
    t.state, t.counter_id, t.calls, t.drawn_at, t.first_called_at, t.called_at, t.ended_at";

pub(crate) fn ticket(row: &Row) -> Result<Ticket> {
    let state: String = row.get(9)?;
    Ok(Ticket {
        id: id(row, 0)?,
        agency: id(row, 1)?,
        day: row.get(2)?,
        kind: id(row, 3)?,
        letter: row.get(4)?,
        number: row.get(5)?,
        turn: row.get(6)?,
        place: row.get(7)?,
        priority: row.get(8)?,
        state: State::parse(&state).ok_or_else(|| Error::inside(format!("a ticket in state {state}")))?,
        counter: row.get::<Option<_>>(10)?.map(Id::from_uuid),
        calls: row.get(11)?,
        drawn_at: row.get(12)?,
        first_called_at: row.get(13)?,
        called_at: row.get(14)?,
        ended_at: row.get(15)?,
    })
}

pub(crate) const BOOKING: &str = "b.id, b.agency_id, b.kind_id, b.starts_at, b.made_at, b.arrived_at, b.cancelled_at";

pub(crate) fn booking(row: &Row) -> Result<Booking> {
    Ok(Booking {
        id: id(row, 0)?,
        agency: id(row, 1)?,
        kind: id(row, 2)?,
        starts_at: row.get(3)?,
        made_at: row.get(4)?,
        arrived_at: row.get(5)?,
        cancelled_at: row.get(6)?,
    })
}
