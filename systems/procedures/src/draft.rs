//! A procedure being written by a province's own staff: one row for each save, one state at a time.

use base::Id;
use chrono::{DateTime, Utc};

/// Where one saved state of a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Saved, perhaps with mistakes.
    Draft,
    /// Without a mistake, and put before a second person.
    Checked,
    /// A version of the catalogue was made of it.
    Published,
}

/// What may be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Check,
    Publish,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Draft, Self::Checked, Self::Published];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Checked => "checked",
            Self::Published => "published",
        }
    }

    /// As stored.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "procedures-draft-open",
            Self::Checked => "procedures-draft-checked",
            Self::Published => "procedures-draft-published",
        }
    }

    /// Colour of its tag.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft => "wait",
            Self::Checked => "warn",
            Self::Published => "ok",
        }
    }

    /// The state after an act; `None` where the act does not fit.
    pub const fn after(self, act: Act) -> Option<Self> {
        match (self, act) {
            (Self::Draft, Act::Check) => Some(Self::Checked),
            (Self::Checked, Act::Publish) => Some(Self::Published),
            _ => None,
        }
    }
}

/// One save. To change it is to save the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub id: Id,
    pub code: String,
    /// Within the code, from 1, without gaps.
    pub number: i64,
    pub state: State,
    /// Of the procedure, as far as it could be read.
    pub name: String,
    /// The person, whichever position they held.
    pub saved_by: Id,
    pub saved_at: DateTime<Utc>,
    pub checked_by: Option<Id>,
    /// The version of the catalogue that was made of it.
    pub version: Option<Id>,
}

/// Whether a person may publish: nobody who had a hand in it since the last publication does (four eyes).
pub fn is_second_person(person: Id, hands: &[Id]) -> bool {
    !hands.contains(&person)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_act_fits_one_state() {
        let table = [
            (State::Draft, Act::Check, Some(State::Checked)),
            (State::Draft, Act::Publish, None),
            (State::Checked, Act::Check, None),
            (State::Checked, Act::Publish, Some(State::Published)),
            (State::Published, Act::Check, None),
            (State::Published, Act::Publish, None),
        ];
        for (from, act, to) in table {
            assert_eq!(from.after(act), to, "{from:?} {act:?}");
        }
    }

    #[test]
    fn states_are_read_as_they_are_written() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
        assert_eq!(State::parse("else"), None);
    }

    proptest! {
        #[test]
        fn nothing_is_published_that_was_not_checked(acts in prop::collection::vec(prop::bool::ANY, 0..8)) {
            let mut state = State::Draft;
            let mut checked = false;
            for act in acts.into_iter().map(|check| if check { Act::Check } else { Act::Publish }) {
                if let Some(next) = state.after(act) {
                    checked |= act == Act::Check;
                    state = next;
                }
                prop_assert!(state == State::Draft || checked);
            }
        }
    }
}
