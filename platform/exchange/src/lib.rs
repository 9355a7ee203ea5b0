//! The delivery ledger: every hop to the outside has a key, a visible state, retries with back-off, a receipt,
//! and a page that reconciles. Nothing counts as sent without evidence.
//!
//! A change that must be told outside calls [`enqueue`] in its own transaction; [`run`] hands what is due to the
//! [`Connector`] of that name. A delivery goes out at least once, always with the same key, by which the other side
//! knows a repetition.

pub mod access;
pub mod actions;
mod compared;
mod connector;
pub mod crossings;
mod delivery;
mod keeper;
mod migrations;
mod pages;
mod policy;
pub mod queries;
mod sealed;
mod system;
#[cfg(test)]
mod tests;
mod worker;

pub use actions::enqueue;
pub use compared::{Compared, Day, Known, OWN};
pub use connector::{Connector, Connectors, Outcome};
pub use delivery::{Attempt, Delivery, Ended, NewDelivery, State};
pub use keeper::Keeper;
pub use migrations::MIGRATIONS;
pub use policy::Policy;
pub use sealed::Sealed;
pub use system::system;
pub use worker::run;
