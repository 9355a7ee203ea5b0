//! Payments (thanh toán): what people owe for what they file, how they pay it, the receipt, the refund.

pub mod access;
pub mod actions;
mod api;
pub mod charge;
pub mod demo;
pub mod gateway;
mod listens;
mod migrations;
mod pages;
pub mod queries;
mod receipt;
mod rules;
pub mod statement;
mod system;
mod tables;
pub mod vietqr;
mod ways;

pub use rules::rules;
pub use system::system;
pub use ways::{Account, GatewayAt, Ways};
