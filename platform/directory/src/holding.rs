use base::Id;
use chrono::NaiveDate;

use crate::agency::Position;

/// That a person holds a position, in their own right or in another's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    pub id: Id,
    pub position: Position,
    pub agency_name: String,
    /// [`crate::Agency::kind`].
    pub agency_kind: String,
    pub person: Id,
    /// The person in whose place it is held (ủy quyền). It lapses when that person leaves the position.
    pub acting_for: Option<Id>,
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// A person to be put into a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewHolding {
    pub position: Id,
    pub person: Id,
    /// For an authorisation: who authorises. It must then end on a day that is known.
    pub acting_for: Option<Id>,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}
