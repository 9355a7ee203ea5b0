//! Who is who: agencies through time, their units and positions, the people, who holds which position, and who represents
//! which organisation.
//!
//! Every row but a person is dated, and a day decides what is in force: three tiers until 30/06/2025 and two tiers
//! from 01/07/2025 (Law 72/2025/QH15) stand side by side. Codes are unique for ever; an agency that ended names the
//! one that took over its work.

pub mod access;
pub mod actions;
mod agency;
mod holding;
mod migrations;
mod organisation;
mod pages;
mod person;
mod plan;
pub mod queries;
mod system;
mod tables;
pub mod testing;
#[cfg(test)]
mod tests;
mod words;

pub use agency::{
    Agency, COMMUNE_COMMITTEE, PROVINCE_COMMITTEE, Position, Share, Succession, Tier, Unit, commune_name,
};
pub use holding::{Holding, NewHolding, StandIn};
pub use migrations::MIGRATIONS;
pub use organisation::{NewOrganisation, NewRepresentation, Organisation, Party, Representation};
pub use person::{NewPerson, Person, Sex};
pub use plan::{Decided, Plan, PlanCount, PlanLine, PlanState};
pub use system::system;
pub use words::UnknownWord;
