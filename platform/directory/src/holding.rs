use base::Id;
use chrono::NaiveDate;
use system::PositionKind;

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

/// That somebody does the work of a position while its holder is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// Of the one who stands in.
    pub holding: Id,
    pub agency: Id,
    pub agency_name: String,
    pub position: Id,
    /// Of the position.
    pub kind: PositionKind,
    pub title: String,
    pub away: Id,
    pub away_name: String,
    pub deputy: Id,
    pub deputy_name: String,
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}
