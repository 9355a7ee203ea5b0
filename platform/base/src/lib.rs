//! What every other crate stands on: ids, time, money, folded text, Vietnamese identifiers, the kinds of position and of error.
//!
//! No I/O. Nothing here knows a system, a database or a page.

mod agency_code;
mod error;
mod id;
mod identifiers;
mod money;
mod position;
mod random;
mod subscriber;
pub mod testing;
mod text;
mod time;

#[cfg(test)]
mod fuzz;

pub use agency_code::{AgencyCode, AgencyCode102};
pub use error::{Error, FieldErrors, Result};
pub use id::Id;
pub use identifiers::{NotAnIdentifier, PersonalNumber, Phone, TaxCode};
pub use money::Money;
pub use position::{NoSuchKind, PositionKind};
pub use random::{FixedRandom, Random, SystemRandom};
pub use subscriber::subscriber;
pub use text::{fold, nfc, slug};
pub use time::{Clock, FixedClock, Now, SystemClock, ZONE, hours_of, iso_day, local};
