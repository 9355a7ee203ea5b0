//! Writes. Each is part of the transaction it is given, with its entry in the journal.

mod agencies;
mod holdings;
mod load;
mod organisations;
mod people;
mod plans;
mod sharing;
mod stand_ins;

pub use agencies::end_agency;
pub use holdings::{appoint, relieve};
pub use load::{Loaded, load};
pub use organisations::{end_representation, keep_organisation, represent};
pub use people::{add_person, change_person};
pub use plans::{add_plan, begin, decide, go_on};
pub use stand_ins::{NewStandIn, end_stand_in, may_end, stand_in};
