//! Rows as they are read.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use store::Row;

use crate::charge::{Attempt, Charge, Item, State, Tried, Way};

fn id(row: &Row, column: usize) -> Result<Id> {
    Ok(Id::from_uuid(row.get(column)?))
}

fn known<T>(found: Option<T>, what: &str) -> Result<T> {
    found.ok_or_else(|| Error::inside(format!("a row with an unknown {what}")))
}

pub(crate) const CHARGE: &str = "c.id, c.code, c.subject_kind, c.subject_id, c.payer_id, c.filed_by, c.agency_id, \
    c.amount, c.state, c.asked_at, c.paid_at, c.paid_by, c.refunded_at, c.refund_reference";

pub(crate) fn charge(row: &Row) -> Result<Charge> {
    let way = |text: String| known(Way::parse(&text), "way");
    Ok(Charge {
        id: id(row, 0)?,
        code: row.get(1)?,
        subject_kind: row.get(2)?,
        subject: id(row, 3)?,
        payer: id(row, 4)?,
        filed_by: row.get::<Option<_>>(5)?.map(Id::from_uuid),
        agency: id(row, 6)?,
        amount: row.get(7)?,
        state: known(State::parse(&row.get::<String>(8)?), "state")?,
        asked_at: row.get(9)?,
        paid_at: row.get(10)?,
        paid_by: row.get::<Option<String>>(11)?.map(way).transpose()?,
        refunded_at: row.get(12)?,
        refund_reference: row.get(13)?,
    })
}

pub(crate) const ITEM: &str = "code, kind, name, amount";

pub(crate) fn item(row: &Row) -> Result<Item> {
    Ok(Item { code: row.get(0)?, kind: row.get(1)?, name: row.get(2)?, amount: row.get(3)? })
}

pub(crate) const ATTEMPT: &str = "id, charge_id, order_id, way, amount, state, started_at, ended_at, transaction_id";

pub(crate) fn attempt(row: &Row) -> Result<Attempt> {
    Ok(Attempt {
        id: id(row, 0)?,
        charge: id(row, 1)?,
        order: row.get(2)?,
        way: known(Way::parse(&row.get::<String>(3)?), "way")?,
        amount: row.get(4)?,
        state: known(Tried::parse(&row.get::<String>(5)?), "attempt")?,
        started_at: row.get(6)?,
        ended_at: row.get(7)?,
        transaction: row.get(8)?,
    })
}

/// What the gateway said, and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub order: String,
    pub transaction: String,
    pub amount: i64,
    /// As [`crate::actions::Verdict`] is written.
    pub verdict: String,
    pub at: DateTime<Utc>,
}

pub(crate) const HEARD: &str = "order_id, transaction_id, amount, verdict, at";

pub(crate) fn heard(row: &Row) -> Result<Heard> {
    Ok(Heard {
        order: row.get(0)?,
        transaction: row.get(1)?,
        amount: row.get(2)?,
        verdict: row.get(3)?,
        at: row.get(4)?,
    })
}

/// The receipt of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub id: Id,
    pub charge: Id,
    /// Without gap in an agency and year.
    pub number: i64,
    pub year: i64,
    /// What stands on it.
    pub data: serde_json::Value,
    pub made_at: DateTime<Utc>,
    /// Absent until it is printed.
    pub file: Option<String>,
}

impl Receipt {
    /// `0000012/BL-2026`.
    pub fn full_number(&self) -> String {
        crate::receipt::number(self.number, self.year)
    }
}

pub(crate) const RECEIPT: &str = "id, charge_id, number, year, data, made_at, file_hash";

pub(crate) fn receipt(row: &Row) -> Result<Receipt> {
    Ok(Receipt {
        id: id(row, 0)?,
        charge: id(row, 1)?,
        number: row.get(2)?,
        year: row.get(3)?,
        data: serde_json::from_str(&row.get::<String>(4)?)?,
        made_at: row.get(5)?,
        file: row.get(6)?,
    })
}
