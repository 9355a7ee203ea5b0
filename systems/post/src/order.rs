//! An order of the post (đơn bưu chính): what is carried for a dossier, from whom to whom, and how far it is.

use base::Id;
use chrono::{DateTime, Utc};

/// Which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leg {
    /// Papers, from the applicant's home to the agency.
    Collect,
    /// The result, from the agency to the applicant's home.
    Return,
}

impl Leg {
    pub const ALL: [Self; 2] = [Self::Collect, Self::Return];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Return => "return",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|leg| leg.as_str() == text)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Collect => "post-leg-collect",
            Self::Return => "post-leg-return",
        }
    }
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Chosen; it goes to the carrier when there is something to carry.
    Wanted,
    /// Sent to the carrier.
    Created,
    /// The carrier has it under a number of its own.
    Accepted,
    Delivering,
    /// An end: it was handed over.
    Delivered,
    /// Nobody was there, or the address is wrong. The carrier tries again or brings it back.
    Failed,
    /// An end: it is back with who sent it.
    Returned,
    /// An end: nothing was carried.
    Cancelled,
}

impl State {
    pub const ALL: [Self; 8] = [
        Self::Wanted,
        Self::Created,
        Self::Accepted,
        Self::Delivering,
        Self::Failed,
        Self::Returned,
        Self::Delivered,
        Self::Cancelled,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wanted => "wanted",
            Self::Created => "created",
            Self::Accepted => "accepted",
            Self::Delivering => "delivering",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Returned => "returned",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether `next` may follow. A carrier's words get lost and overtake each other: steps may be left out, and none
    /// leads back.
    pub const fn allows(self, next: Self) -> bool {
        use State::{Accepted, Cancelled, Created, Delivered, Delivering, Failed, Returned, Wanted};
        match self {
            Wanted => matches!(next, Created | Cancelled),
            Created => matches!(next, Accepted | Delivering | Delivered | Failed | Returned | Cancelled),
            Accepted => matches!(next, Delivering | Delivered | Failed | Returned),
            Delivering => matches!(next, Delivered | Failed | Returned),
            Failed => matches!(next, Delivered | Returned),
            Delivered | Returned | Cancelled => false,
        }
    }

    pub const fn is_end(self) -> bool {
        matches!(self, Self::Delivered | Self::Returned | Self::Cancelled)
    }

    /// Whether words of the carrier are waited for.
    pub const fn is_with_carrier(self) -> bool {
        matches!(self, Self::Created | Self::Accepted | Self::Delivering | Self::Failed)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Wanted => "post-state-wanted",
            Self::Created => "post-state-created",
            Self::Accepted => "post-state-accepted",
            Self::Delivering => "post-state-delivering",
            Self::Delivered => "post-state-delivered",
            Self::Failed => "post-state-failed",
            Self::Returned => "post-state-returned",
            Self::Cancelled => "post-state-cancelled",
        }
    }

    /// Key of what officers have to do about it; none where nothing is to be done.
    pub const fn to_do(self) -> Option<&'static str> {
        match self {
            Self::Failed => Some("post-todo-failed"),
            Self::Returned => Some("post-todo-returned"),
            _ => None,
        }
    }

    /// Its colour.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Delivered => "ok",
            Self::Failed | Self::Returned => "late",
            Self::Accepted | Self::Delivering => "warn",
            Self::Wanted | Self::Created | Self::Cancelled => "wait",
        }
    }
}

/// The applicant's side of an order. It stands in this system's table and nowhere else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    pub phone: String,
    pub address: String,
    /// Code of the commune's committee; empty outside the province.
    pub commune: String,
}

/// One order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub id: Id,
    /// By which carrier and people know it: the dossier's code and a number, `H32.15-261120-0042-1`.
    pub code: String,
    pub leg: Leg,
    pub dossier: Id,
    pub dossier_code: String,
    /// The agency that sends or receives.
    pub agency: Id,
    /// The applicant, and the account that filed the dossier.
    pub person: Id,
    pub filed_by: Option<Id>,
    pub state: State,
    /// Code of a service of the rules.
    pub service: String,
    /// Gram.
    pub weight: i64,
    /// Whole đồng that the carrier collects on delivery; none where it was not wished for.
    pub cod: Option<i64>,
    /// The carrier's number.
    pub tracking: Option<String>,
    pub party: Party,
    pub note: String,
    pub wanted_at: DateTime<Utc>,
    /// When it went to the carrier.
    pub created_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    /// The applicant calls it off, and the carrier has not answered that yet.
    pub cancel_asked_at: Option<DateTime<Utc>>,
}

impl Order {
    /// Until the carrier has accepted it.
    pub const fn may_cancel(&self) -> bool {
        matches!(self.state, State::Wanted | State::Created) && self.cancel_asked_at.is_none()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn states_follow_each_other_as_the_table_says() {
        use State::{Accepted, Cancelled, Created, Delivered, Delivering, Failed, Returned, Wanted};
        let table: [(State, &[State]); 8] = [
            (Wanted, &[Created, Cancelled]),
            (Created, &[Accepted, Delivering, Delivered, Failed, Returned, Cancelled]),
            (Accepted, &[Delivering, Delivered, Failed, Returned]),
            (Delivering, &[Delivered, Failed, Returned]),
            (Failed, &[Delivered, Returned]),
            (Delivered, &[]),
            (Returned, &[]),
            (Cancelled, &[]),
        ];
        for (from, allowed) in table {
            assert_eq!(State::parse(from.as_str()), Some(from));
            assert_eq!(from.is_end(), allowed.is_empty());
            for to in State::ALL {
                assert_eq!(from.allows(to), allowed.contains(&to), "{from:?} → {to:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_walk_leads_back_or_calls_off_what_the_carrier_has(
            steps in proptest::collection::vec(0..State::ALL.len(), 0..60)
        ) {
            let (mut state, mut been) = (State::Wanted, vec![State::Wanted]);
            for next in steps.into_iter().map(|step| State::ALL[step]) {
                if state.allows(next) {
                    prop_assert!(!state.is_end() && !been.contains(&next));
                    let accepted = been.iter().any(|one| !matches!(one, State::Wanted | State::Created));
                    prop_assert!(next != State::Cancelled || !accepted);
                    state = next;
                    been.push(next);
                }
            }
        }
    }
}
