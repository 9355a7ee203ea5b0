//! Reading charges and what belongs to them.

mod crossing;
mod online;
mod statements;

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use contracts::questions::Charged;
use directory::queries::within_sql;
use store::{Conditions, Connection, Slice, Sql};
use system::{Citizen, Officer};

use crate::charge::{Attempt, Charge, Item, State};
use crate::tables::{ATTEMPT, CHARGE, HEARD, ITEM, RECEIPT, attempt, charge, heard, item, receipt};

pub(crate) use crossing::paid;

pub use crate::tables::{Heard, Receipt};
pub(crate) use online::Online;
pub(crate) use statements::counted;
pub use statements::{Income, Line, Narrow, Total, income, lines, statement, statements, totals};

/// Whoever asks: the caller decides who may know it.
pub async fn by_id(c: &impl Connection, id: Id) -> Result<Option<Charge>> {
    Sql::composed(format!("SELECT {CHARGE} FROM payments_charges c WHERE c.id = $1"))
        .bind(id.uuid())
        .one(c, |row| charge(&row))
        .await
}

/// For an officer: what lies outside the scope of the position does not exist.
pub async fn for_officer(c: &impl Connection, officer: &Officer, id: Id) -> Result<Charge> {
    let scope = within_sql("c.agency_id", 2);
    Sql::composed(format!("SELECT {CHARGE} FROM payments_charges c WHERE c.id = $1 AND {scope}"))
        .bind(id.uuid())
        .bind(officer.agency.uuid())
        .one(c, |row| charge(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// What a person has to pay or had, newest first.
pub async fn own(c: &impl Connection, citizen: &Citizen, before: Option<Id>, size: usize) -> Result<Slice<Charge>> {
    let mut conditions = Conditions::after([citizen.person.uuid().into(), citizen.account.uuid().into()]);
    if let Some(before) = before {
        conditions.and(|n| format!("c.id < ${n}"), before.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {CHARGE} FROM payments_charges c WHERE (c.payer_id = $1 OR c.filed_by = $2){} \
         ORDER BY c.id DESC LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| charge(&row)).await?;
    Ok(Slice::of(rows, size, |charge| charge.id))
}

/// What an officer sees, newest first.
pub async fn for_desk(
    c: &impl Connection,
    officer: &Officer,
    state: Option<State>,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Charge>> {
    let mut conditions = Conditions::after([officer.agency.uuid().into()]);
    if let Some(state) = state {
        conditions.and(|n| format!("c.state = ${n}"), state.as_str());
    }
    if let Some(before) = before {
        conditions.and(|n| format!("c.id < ${n}"), before.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {CHARGE} FROM payments_charges c WHERE {}{} ORDER BY c.id DESC LIMIT {}",
        within_sql("c.agency_id", 1),
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| charge(&row)).await?;
    Ok(Slice::of(rows, size, |charge| charge.id))
}

/// The charges for a thing, oldest first.
pub async fn of_subject(c: &impl Connection, subject: Id) -> Result<Vec<Charge>> {
    Sql::composed(format!("SELECT {CHARGE} FROM payments_charges c WHERE c.subject_id = $1 ORDER BY c.id"))
        .bind(subject.uuid())
        .all(c, |row| charge(&row))
        .await
}

pub async fn items(c: &impl Connection, of: Id) -> Result<Vec<Item>> {
    Sql::composed(format!("SELECT {ITEM} FROM payments_items WHERE charge_id = $1 ORDER BY number"))
        .bind(of.uuid())
        .all(c, |row| item(&row))
        .await
}

/// Oldest first.
pub async fn attempts(c: &impl Connection, of: Id) -> Result<Vec<Attempt>> {
    Sql::composed(format!("SELECT {ATTEMPT} FROM payments_attempts WHERE charge_id = $1 ORDER BY id"))
        .bind(of.uuid())
        .all(c, |row| attempt(&row))
        .await
}

pub async fn attempt_by_id(c: &impl Connection, id: Id) -> Result<Option<Attempt>> {
    Sql::composed(format!("SELECT {ATTEMPT} FROM payments_attempts WHERE id = $1"))
        .bind(id.uuid())
        .one(c, |row| attempt(&row))
        .await
}

pub async fn attempt_by_order(c: &impl Connection, order: &str) -> Result<Option<Attempt>> {
    Sql::composed(format!("SELECT {ATTEMPT} FROM payments_attempts WHERE order_id = $1"))
        .bind(order)
        .one(c, |row| attempt(&row))
        .await
}

/// The order that a payment of the gateway or bank was counted for.
pub(crate) async fn order_of(c: &impl Connection, transaction: &str) -> Result<Option<String>> {
    Sql::new("SELECT order_id FROM payments_attempts WHERE transaction_id = $1 AND state = 'paid'")
        .bind(transaction)
        .one(c, |row| row.get(0))
        .await
}

/// Attempts of which the gateway has said nothing for too long.
pub(crate) async fn silent(c: &impl Connection, now: DateTime<Utc>, size: usize) -> Result<Vec<Attempt>> {
    Sql::composed(format!("SELECT {ATTEMPT} FROM payments_attempts WHERE ask_at <= $1 ORDER BY ask_at LIMIT {size}"))
        .bind(now)
        .all(c, |row| attempt(&row))
        .await
}

/// What the gateway said of a charge, oldest first.
pub async fn heard_of(c: &impl Connection, of: Id) -> Result<Vec<Heard>> {
    Sql::composed(format!("SELECT {HEARD} FROM payments_notices WHERE charge_id = $1 ORDER BY id"))
        .bind(of.uuid())
        .all(c, |row| heard(&row))
        .await
}

pub async fn receipt_of(c: &impl Connection, of: Id) -> Result<Option<Receipt>> {
    Sql::composed(format!("SELECT {RECEIPT} FROM payments_receipts WHERE charge_id = $1"))
        .bind(of.uuid())
        .one(c, |row| receipt(&row))
        .await
}

/// Receipts whose paper is still to be made, oldest first.
pub(crate) async fn receipts_to_print(c: &impl Connection, size: usize) -> Result<Vec<Receipt>> {
    Sql::composed(format!(
        "SELECT {RECEIPT} FROM payments_receipts WHERE file_hash IS NULL AND failed IS NULL ORDER BY id LIMIT {size}"
    ))
    .all(c, |row| receipt(&row))
    .await
}

/// What other systems ask of charges.
pub(crate) struct Asked(store::Store);

impl Asked {
    pub(crate) const fn new(store: store::Store) -> Self {
        Self(store)
    }
}

impl contracts::questions::Payments for Asked {
    fn charged(&self, subject: Id) -> contracts::Answer<'_, Vec<Charged>> {
        Box::pin(async move {
            let charges = of_subject(self.0.read(), subject).await?;
            Ok(charges
                .into_iter()
                .map(|charge| Charged {
                    path: format!("/thanh-toan/{}", charge.id),
                    desk: format!("/thanh-toan-xu-ly/{}", charge.id),
                    amount: charge.amount,
                    state: charge.state.text().to_owned(),
                    tone: charge.state.tone().to_owned(),
                    open: charge.state.is_open(),
                })
                .collect())
        })
    }
}
