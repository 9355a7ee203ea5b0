//! A ticket (số thứ tự): somebody's turn on one day at one desk. It says nothing of who that is.

use base::Id;
use chrono::{DateTime, NaiveDate, Utc};

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    /// At a counter.
    Called,
    /// Called, and nobody came; the counter may call it once more.
    Absent,
    /// An end.
    Served,
    /// An end: whoever drew it does not wait any longer.
    Dropped,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Called, Self::Absent, Self::Served, Self::Dropped];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called => "called",
            Self::Absent => "absent",
            Self::Served => "served",
            Self::Dropped => "dropped",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether `next` may follow. A ticket that is called may be called again, and is passed on by waiting anew.
    pub const fn allows(self, next: Self) -> bool {
        use State::{Absent, Called, Dropped, Served, Waiting};
        match self {
            Waiting => matches!(next, Called | Dropped),
            Called => matches!(next, Called | Waiting | Absent | Served),
            Absent => matches!(next, Called),
            Served | Dropped => false,
        }
    }

    pub const fn is_end(self) -> bool {
        matches!(self, Self::Served | Self::Dropped)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Waiting => "queue-state-waiting",
            Self::Called => "queue-state-called",
            Self::Absent => "queue-state-absent",
            Self::Served => "queue-state-served",
            Self::Dropped => "queue-state-dropped",
        }
    }

    /// Its colour.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Called => "ok",
            Self::Absent => "late",
            Self::Waiting | Self::Served | Self::Dropped => "wait",
        }
    }
}

/// Who is called first: those passed on have had their turn already, then come those with a ground of priority, then those
/// who booked this hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    PassedOn,
    Priority,
    Booked,
    Usual,
}

impl Rank {
    /// The place in the queue of the ticket that was drawn as the `turn`th of the day at this desk.
    pub const fn place(self, turn: i64) -> i64 {
        /// More than a desk draws on a day.
        const STEP: i64 = 1_000_000;
        let rank = match self {
            Self::PassedOn => 0,
            Self::Priority => 1,
            Self::Booked => 2,
            Self::Usual => 3,
        };
        rank * STEP + turn
    }
}

/// One ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// By chance: whoever knows it may see the ticket and give it up.
    pub id: Id,
    pub agency: Id,
    pub day: NaiveDate,
    pub kind: Id,
    pub letter: String,
    /// Of its kind on this day, without gap.
    pub number: i64,
    /// Of the whole desk on this day, without gap.
    pub turn: i64,
    /// Smaller ones are called first.
    pub place: i64,
    /// Code of a ground of the rules; empty without one.
    pub priority: String,
    pub state: State,
    /// Where it is or was called; while it waits, the counter that it was passed on to.
    pub counter: Option<Id>,
    pub calls: i64,
    pub drawn_at: DateTime<Utc>,
    pub first_called_at: Option<DateTime<Utc>>,
    pub called_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

impl Ticket {
    /// As people read and hear it: `A007`.
    pub fn label(&self) -> String {
        format!("{}{:03}", self.letter, self.number)
    }

    /// Whole minutes until it was first called.
    pub fn waited(&self) -> Option<i64> {
        self.first_called_at.map(|called| (called - self.drawn_at).num_minutes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn states_follow_each_other_as_the_table_says() {
        use State::{Absent, Called, Dropped, Served, Waiting};
        let table: [(State, &[State]); 5] = [
            (Waiting, &[Called, Dropped]),
            (Called, &[Called, Waiting, Absent, Served]),
            (Absent, &[Called]),
            (Served, &[]),
            (Dropped, &[]),
        ];
        for (from, allowed) in table {
            assert_eq!(State::parse(from.as_str()), Some(from));
            assert_eq!(from.is_end(), allowed.is_empty());
            for to in State::ALL {
                assert_eq!(from.allows(to), allowed.contains(&to), "{from:?} → {to:?}");
            }
        }
    }

    #[test]
    fn who_was_passed_on_comes_first_then_grounds_then_bookings_and_each_in_turn() {
        let places = [
            Rank::PassedOn.place(900),
            Rank::Priority.place(2),
            Rank::Priority.place(40),
            Rank::Booked.place(50),
            Rank::Usual.place(1),
            Rank::Usual.place(3),
        ];
        assert!(places.is_sorted());
    }

    proptest! {
        #[test]
        fn nobody_is_served_or_absent_who_was_not_called_and_no_end_is_left(
            steps in proptest::collection::vec(0..State::ALL.len(), 0..60)
        ) {
            let mut state = State::Waiting;
            for next in steps.into_iter().map(|step| State::ALL[step]) {
                if state.allows(next) {
                    prop_assert!(!state.is_end());
                    prop_assert!(!matches!(next, State::Served | State::Absent) || state == State::Called);
                    prop_assert!(next != State::Dropped || state == State::Waiting);
                    state = next;
                }
            }
        }
    }
}
