//! Cases: processes as data, steps, assignment, sub-cases in other agencies, and the inbox over all of them.
//!
//! A case is one row, a step of it is one row, a sub-case is a case of its own; clocks belong to cases and to steps.
//! The subject's own row lives in its system. Every action here takes part in the transaction of the system that calls it.

pub mod actions;
pub mod case;
pub mod migration;
pub mod pages;
pub mod process;
pub mod queries;
mod system;
mod tables;

#[cfg(test)]
mod tests;

pub use actions::{Flow, NewCase};
pub use case::{CaseState, Course, End};
pub use migration::Obstacle;
pub use process::{At, Next, Process, Step, Who, Work};
pub use system::system;
pub use tables::{Case, OpenStep};

/// The tables of cases.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration::new("flow_0001_cases", include_str!("../migrations/0001_cases.sql")),
    store::Migration::new("flow_0002_open_of_agency", include_str!("../migrations/0002_open_of_agency.sql")),
    store::Migration::new("flow_0003_open_parts", include_str!("../migrations/0003_open_parts.sql")),
];
