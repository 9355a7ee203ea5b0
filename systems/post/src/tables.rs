//! Rows as they are read.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use store::Row;

use crate::order::{Leg, Order, Party, State};

fn id(row: &Row, column: usize) -> Result<Id> {
    Ok(Id::from_uuid(row.get(column)?))
}

fn known<T>(found: Option<T>, what: &str) -> Result<T> {
    found.ok_or_else(|| Error::inside(format!("a row with an unknown {what}")))
}

pub(crate) const ORDER: &str = "o.id, o.code, o.leg, o.dossier_id, o.dossier_code, o.agency_id, o.person_id, o.filed_by, \
    o.state, o.service, o.weight, o.cod, o.tracking, o.name, o.phone, o.address, o.commune, o.note, o.wanted_at, \
    o.created_at, o.ended_at, o.cancel_asked_at";

pub(crate) fn order(row: &Row) -> Result<Order> {
    Ok(Order {
        id: id(row, 0)?,
        code: row.get(1)?,
        leg: known(Leg::parse(&row.get::<String>(2)?), "leg")?,
        dossier: id(row, 3)?,
        dossier_code: row.get(4)?,
        agency: id(row, 5)?,
        person: id(row, 6)?,
        filed_by: row.get::<Option<_>>(7)?.map(Id::from_uuid),
        state: known(State::parse(&row.get::<String>(8)?), "state")?,
        service: row.get(9)?,
        weight: row.get(10)?,
        cod: row.get(11)?,
        tracking: row.get(12)?,
        party: Party { name: row.get(13)?, phone: row.get(14)?, address: row.get(15)?, commune: row.get(16)? },
        note: row.get(17)?,
        wanted_at: row.get(18)?,
        created_at: row.get(19)?,
        ended_at: row.get(20)?,
        cancel_asked_at: row.get(21)?,
    })
}

/// What the carrier said of an order, and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The carrier's number of it.
    pub event: String,
    /// As [`crate::carrier::Status`] is written.
    pub status: String,
    pub station: String,
    pub at: DateTime<Utc>,
    /// As [`crate::actions::Verdict`] is written.
    pub verdict: String,
}

pub(crate) const HEARD: &str = "event, status, station, at, verdict";

pub(crate) fn heard(row: &Row) -> Result<Heard> {
    Ok(Heard { event: row.get(0)?, status: row.get(1)?, station: row.get(2)?, at: row.get(3)?, verdict: row.get(4)? })
}
