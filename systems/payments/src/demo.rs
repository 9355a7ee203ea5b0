//! A gateway that plays: it takes no money, and a demo talks to it as to a real one.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base::Result;

use crate::gateway::{Notice, Status};

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
