//! Telling the portal of dossiers, and taking in what is filed there.

mod arrive;
mod compose;
mod fetch;
mod follow;
mod tell;

use base::Id;
use journal::Thing;

pub use arrive::arrive;
pub use fetch::Fetch;
pub(crate) use follow::dossier_changed;
pub use tell::Tell;

/// How the journal names what was filed at the portal.
pub(crate) const fn thing(id: Id) -> Thing {
    Thing { kind: "national-arrival", id }
}
