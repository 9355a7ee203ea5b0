//! A petition letter (đơn thư), its states, and what may lawfully become of it.

mod words;

use base::{Id, fold};
use chrono::{DateTime, NaiveDate, Utc};
use province::Condition;
use sha2::{Digest, Sha256};

pub use words::{Complexity, Finding, Kind, Outcome, Source};

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Đã tiếp nhận: in the register, read by nobody yet.
    Received,
    /// Chờ duyệt đề xuất: an inspector has read it and proposes what to do.
    Proposed,
    /// Đã thụ lý: it is being verified.
    Accepted,
    /// Chờ quyết định: the finding lies before a leader.
    Concluding,
    /// Đã có quyết định, kết luận: what follows from it is being done.
    Decided,
    /// Đã kết thúc. An end.
    Closed,
    /// Đã hướng dẫn. An end.
    Guided,
    /// Đã chuyển cơ quan khác. An end.
    Transferred,
    /// Đã trả đơn, không thụ lý. An end.
    Returned,
    /// Lưu đơn. An end.
    Filed,
}

impl State {
    pub const ALL: [Self; 10] = [
        Self::Received,
        Self::Proposed,
        Self::Accepted,
        Self::Concluding,
        Self::Decided,
        Self::Closed,
        Self::Guided,
        Self::Transferred,
        Self::Returned,
        Self::Filed,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Concluding => "concluding",
            Self::Decided => "decided",
            Self::Closed => "closed",
            Self::Guided => "guided",
            Self::Transferred => "transferred",
            Self::Returned => "returned",
            Self::Filed => "filed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    pub const fn is_end(self) -> bool {
        matches!(self, Self::Closed | Self::Guided | Self::Transferred | Self::Returned | Self::Filed)
    }

    /// Which states may follow.
    pub const fn allows(self, next: Self) -> bool {
        use State::{Accepted, Closed, Concluding, Decided, Filed, Guided, Proposed, Received, Returned, Transferred};
        match self {
            Received => matches!(next, Proposed),
            Proposed => matches!(next, Received | Accepted | Guided | Transferred | Returned | Filed),
            Accepted => matches!(next, Concluding),
            Concluding => matches!(next, Accepted | Decided | Closed),
            Decided => matches!(next, Closed),
            Closed | Guided | Transferred | Returned | Filed => false,
        }
    }

    /// How the state is coloured: `ok`, `warn`, `late`, `wait`.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Decided | Self::Closed => "ok",
            Self::Accepted | Self::Concluding => "warn",
            Self::Returned | Self::Filed => "late",
            Self::Received | Self::Proposed | Self::Guided | Self::Transferred => "wait",
        }
    }

    /// Key of its name on screen.
    pub fn text(self) -> String {
        format!("complaints-state-{}", self.as_str())
    }
}

/// Who sent a letter that is not sealed. It stays at the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    pub name: String,
    /// Personal identification number, as typed.
    pub number: String,
    pub address: String,
    pub phone: String,
}

/// One letter in the register. It never copies the state of its steps: those are rows of `flow`.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    pub id: Id,
    /// Of the form that sent it, so that the same form sent twice makes one letter.
    pub form_id: Id,
    /// Of the link by which whoever sent it follows it.
    pub secret_digest: String,
    /// `DT-26-000123`.
    pub code: String,
    pub kind: Kind,
    pub source: Source,
    /// Code of a field of the rules; of a denunciation nobody knows it before it was opened.
    pub field: Option<String>,
    /// First or second complaint.
    pub instance: i64,
    /// The letter whose decision is complained of.
    pub previous: Option<Id>,
    pub received_at: DateTime<Utc>,
    /// The day that stands on the letter.
    pub dated: Option<NaiveDate>,
    /// Where the matter is.
    pub commune: Option<Id>,
    /// How many people signed.
    pub people: i64,
    /// Whom or what it is against; of a denunciation sealed.
    pub against: String,
    /// What it says; of a denunciation what the appointed officer wrote, else empty.
    pub summary: String,
    pub complexity: Complexity,
    /// Vùng sâu, vùng xa: the law gives longer.
    pub remote: bool,
    /// Proposed or approved.
    pub outcome: Option<Outcome>,
    pub finding: Option<Finding>,
    pub state: State,
    /// Where it came in.
    pub receiving: Id,
    /// Who settles it: the receiving agency unless it was accepted for another.
    pub agency: Id,
    pub case: Id,
    pub accepted_at: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl Letter {
    pub const fn is_sealed(&self) -> bool {
        matches!(self.kind, Kind::Denunciation)
    }

    /// Whether the time was or is used up at `now`.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.due_at.is_some_and(|due| due < self.decided_at.unwrap_or(now))
    }
}

/// What may lawfully become of a letter that lacks these conditions. One that lacks nothing is accepted; where several are
/// missing, any outcome that one of them calls for is lawful. Whoever was guided once is not guided again: the letter is
/// kept on file (Circular 05/2021/TT-TTCP).
pub fn lawful(unmet: &[&Condition], guided_before: bool) -> Vec<Outcome> {
    if unmet.is_empty() {
        return vec![Outcome::Accept];
    }
    let called = |outcome: Outcome| unmet.iter().any(|one| one.unmet.iter().any(|word| word == outcome.as_str()));
    let mut outcomes: Vec<Outcome> = Outcome::ALL.iter().copied().filter(|outcome| called(*outcome)).collect();
    if guided_before && outcomes.contains(&Outcome::Guide) {
        outcomes.retain(|outcome| *outcome != Outcome::Guide);
        if !outcomes.contains(&Outcome::File) {
            outcomes.push(Outcome::File);
        }
    }
    outcomes
}

/// By what a letter is recognised when the same words come again: blanks, case and accents make no difference.
pub(crate) fn likeness(words: &str) -> String {
    let words: Vec<String> = fold(words).split_whitespace().map(str::to_owned).collect();
    hex::encode(Sha256::digest(words.join(" ")))
}

/// The code of a letter: year, and number within the year (six digits at least).
pub fn code(year: i32, number: i64) -> String {
    format!("DT-{:02}-{number:06}", year.rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use province::Complaints;

    use super::*;

    #[test]
    fn codes_read_as_people_dictate_them() {
        assert_eq!(code(2026, 123), "DT-26-000123");
        assert_eq!(code(2031, 1_234_567), "DT-31-1234567");
    }

    #[test]
    fn states_follow_each_other_as_the_table_says() {
        use State::{Accepted, Closed, Concluding, Decided, Filed, Guided, Proposed, Received, Returned, Transferred};
        let table: [(State, &[State]); 10] = [
            (Received, &[Proposed]),
            (Proposed, &[Received, Accepted, Guided, Transferred, Returned, Filed]),
            (Accepted, &[Concluding]),
            (Concluding, &[Accepted, Decided, Closed]),
            (Decided, &[Closed]),
            (Closed, &[]),
            (Guided, &[]),
            (Transferred, &[]),
            (Returned, &[]),
            (Filed, &[]),
        ];
        for (from, allowed) in table {
            assert_eq!(State::parse(from.as_str()), Some(from));
            for to in State::ALL {
                assert_eq!(from.allows(to), allowed.contains(&to), "{from:?} → {to:?}");
            }
            assert_eq!(from.is_end(), allowed.is_empty(), "{from:?}");
        }
    }

    proptest! {
        #[test]
        fn no_walk_leaves_an_end_and_nothing_is_decided_that_was_not_accepted(steps in proptest::collection::vec(0..10usize, 0..60)) {
            let (mut state, mut accepted) = (State::Received, false);
            for step in steps {
                let next = State::ALL[step];
                if state.allows(next) {
                    prop_assert!(!state.is_end());
                    accepted |= next == State::Accepted;
                    prop_assert!(accepted || !matches!(next, State::Decided | State::Closed | State::Concluding));
                    state = next;
                }
            }
        }

        #[test]
        fn there_is_always_a_lawful_way_and_guiding_happens_once(
            lacking in proptest::collection::vec(any::<bool>(), 12), guided in any::<bool>(), kind in 0..3usize
        ) {
            let rules = Complaints::load().unwrap();
            let kind = [Kind::Complaint, Kind::Denunciation, Kind::Other][kind];
            let conditions: Vec<&Condition> = rules.conditions_of(kind.rules()).collect();
            let unmet: Vec<&Condition> =
                conditions.iter().zip(&lacking).filter(|(_, lacks)| **lacks).map(|(one, _)| *one).collect();
            let outcomes = lawful(&unmet, guided);
            prop_assert!(!outcomes.is_empty());
            prop_assert_eq!(outcomes.contains(&Outcome::Accept), unmet.is_empty());
            prop_assert!(!(guided && outcomes.contains(&Outcome::Guide)));
        }
    }

    #[test]
    fn the_same_words_are_recognised_however_they_are_typed() {
        assert_eq!(likeness("Thu hồi  đất\nsai"), likeness("thu hoi đất SAI"));
        assert_ne!(likeness("Thu hồi đất sai"), likeness("Thu hồi đất đúng"));
    }
}
