//! A gateway that plays: it takes no money, and a demo talks to it as to a real one.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base::{Error, Id, Result};
use system::{App, Caller};

use crate::charge::{Charge, Way};
use crate::gateway::{Message, Notice, Status, pay_address};
use crate::{GatewayAt, Ways, actions};

/// Where it stands.
pub const PATH: &str = "/cong-thanh-toan-minh-hoa";

/// What it remembers of orders until the program ends; one of the parts of a demo.
#[derive(Default)]
pub struct Gateway(Mutex<BTreeMap<String, (i64, Status)>>);

impl Gateway {
    /// Notes that an order was paid or given up, and gives what a gateway tells of it.
    pub(crate) fn decide(&self, order: &str, amount: i64, status: Status) -> Notice {
        let mut orders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        orders.insert(order.to_owned(), (amount, status));
        notice(order, amount, status)
    }

    /// What it answers when it is asked.
    ///
    /// # Errors
    /// When the answer does not write, which is a defect.
    pub(crate) fn answer(&self, order: &str, secret: &str) -> Result<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(order).copied();
        let (amount, status) = known.unwrap_or((0, Status::Pending));
        notice(order, amount, status).message().signed(secret)
    }
}

fn notice(order: &str, amount: i64, status: Status) -> Notice {
    Notice { order: order.to_owned(), transaction: format!("MH-{order}"), amount, status }
}

fn gateway(app: &App) -> Result<&GatewayAt> {
    app.parts.get::<Ways>()?.gateway.as_ref().ok_or(Error::NotFound)
}

/// What the gateway sends when an order was paid.
///
/// # Errors
/// When the province has no gateway; so do the others here.
pub fn told(app: &App, order: &str, amount: i64) -> Result<String> {
    notice(order, amount, Status::Paid).message().signed(&gateway(app)?.secret)
}

/// What the program sends a payer with.
pub fn wanted(app: &App, order: &str, amount: i64, back: &str) -> Result<String> {
    let address = pay_address(gateway(app)?, order, amount, back)?;
    Ok(address.split_once('?').map_or(String::new(), |(_, wanted)| wanted.to_owned()))
}

/// What the program asks of an order.
pub fn question(app: &App, order: &str) -> Result<String> {
    let at = gateway(app)?;
    Message::default().with("merchant", &at.merchant).with("order", order).signed(&at.secret)
}

/// Somebody pays at the desk.
pub async fn pay_cash(app: &App, desk: &Caller, charge: &Charge) -> Result<()> {
    let now = app.now();
    actions::collect(app, now, desk, charge.id, Id::new(now)).await?;
    Ok(())
}

/// Somebody pays through the gateway, which tells this amount.
pub async fn pay_online(app: &App, payer: &Caller, charge: &Charge, amount: i64) -> Result<()> {
    let now = app.now();
    let attempt = actions::begin(app, now, payer, charge.id, Id::new(now), Way::Gateway).await?;
    actions::notified(app, now, notice(&attempt.order, amount, Status::Paid)).await?;
    Ok(())
}
