//! A petition and its states.

use base::Id;
use chrono::{DateTime, NaiveDate, Utc};

/// Where a petition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Mới tiếp nhận: entered, read by nobody yet.
    New,
    /// Đã phân loại: the desk has said what it is about; from here on everybody sees it.
    Classified,
    /// Đã giao cơ quan giải quyết.
    Assigned,
    /// Đang giải quyết.
    Working,
    /// Chờ duyệt trả lời.
    AnswerProposed,
    /// Đã trả lời, with a result.
    Answered,
    /// Đang theo dõi: a later meeting looked at what was promised.
    FollowedUp,
    /// Kết thúc theo dõi. An end.
    Closed,
    /// Cơ quan trả lại: it is not its own.
    Returned,
    /// Chuyển cơ quan Trung ương: beyond the province's powers. An end.
    Forwarded,
    /// Không phải kiến nghị: an end, with a reason.
    Refused,
    /// Gộp vào kiến nghị khác, which is answered for it.
    Joined,
}

impl State {
    pub const ALL: [Self; 12] = [
        Self::New,
        Self::Classified,
        Self::Assigned,
        Self::Working,
        Self::AnswerProposed,
        Self::Answered,
        Self::FollowedUp,
        Self::Closed,
        Self::Returned,
        Self::Forwarded,
        Self::Refused,
        Self::Joined,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Classified => "classified",
            Self::Assigned => "assigned",
            Self::Working => "working",
            Self::AnswerProposed => "answer-proposed",
            Self::Answered => "answered",
            Self::FollowedUp => "followed-up",
            Self::Closed => "closed",
            Self::Returned => "returned",
            Self::Forwarded => "forwarded",
            Self::Refused => "refused",
            Self::Joined => "joined",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    pub const fn is_end(self) -> bool {
        matches!(self, Self::Closed | Self::Forwarded | Self::Refused)
    }

    /// Whether an approved answer stands and can be followed up.
    pub const fn is_answered(self) -> bool {
        matches!(self, Self::Answered | Self::FollowedUp)
    }

    /// Whether others can be joined into it, and taken out again: until an answer to all of them is written.
    pub const fn takes_in(self) -> bool {
        matches!(self, Self::New | Self::Classified | Self::Assigned | Self::Working | Self::Returned)
    }

    /// Which states may follow.
    pub const fn allows(self, next: Self) -> bool {
        use State::{
            AnswerProposed, Answered, Assigned, Classified, Closed, FollowedUp, Forwarded, Joined, New, Refused,
            Returned, Working,
        };
        match self {
            New => matches!(next, Classified | Forwarded | Refused | Joined),
            Classified | Returned => matches!(next, Assigned | Forwarded | Joined),
            Assigned => matches!(next, Working | AnswerProposed | Returned),
            Working => matches!(next, AnswerProposed | Returned),
            AnswerProposed => matches!(next, Answered | Working),
            Answered | FollowedUp => matches!(next, FollowedUp | Closed | Working),
            // Taken out again, it is read anew.
            Joined => matches!(next, New),
            Closed | Forwarded | Refused => false,
        }
    }

    /// How the state is coloured: `ok`, `warn`, `late`, `wait`.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Answered | Self::Closed => "ok",
            Self::Assigned | Self::Working | Self::AnswerProposed | Self::FollowedUp => "warn",
            Self::Refused => "late",
            Self::New | Self::Classified | Self::Returned | Self::Forwarded | Self::Joined => "wait",
        }
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::New => "petitions-state-new",
            Self::Classified => "petitions-state-classified",
            Self::Assigned => "petitions-state-assigned",
            Self::Working => "petitions-state-working",
            Self::AnswerProposed => "petitions-state-answer-proposed",
            Self::Answered => "petitions-state-answered",
            Self::FollowedUp => "petitions-state-followed-up",
            Self::Closed => "petitions-state-closed",
            Self::Returned => "petitions-state-returned",
            Self::Forwarded => "petitions-state-forwarded",
            Self::Refused => "petitions-state-refused",
            Self::Joined => "petitions-state-joined",
        }
    }
}

/// One matter to be answered, of one or more places. It never copies the state of its steps: those are rows of `flow`.
#[derive(Clone, Debug, PartialEq)]
pub struct Petition {
    pub id: Id,
    /// `KN-26-000123`.
    pub code: String,
    pub meeting: Id,
    /// Code of a field of the rules; empty until somebody has said it.
    pub field: String,
    /// As it was taken down.
    pub words: String,
    /// As everybody reads it; absent until the desk has classified it.
    pub public_words: Option<String>,
    pub state: State,
    /// Code of a result of the rules: what the last approved answer came to.
    pub result: Option<String>,
    /// Whose clerk entered it.
    pub entered: Id,
    /// The person who did.
    pub entered_by: Option<Id>,
    /// Whose desk classifies and assigns it.
    pub receiving: Id,
    /// Who answers for it: the receiving agency until it is assigned.
    pub agency: Id,
    /// Whom the table it came from, or the desk, proposes.
    pub proposed: Option<Id>,
    pub case: Id,
    pub filed_at: DateTime<Utc>,
    pub public_at: Option<DateTime<Utc>>,
    pub promised_at: Option<DateTime<Utc>>,
    /// When the last answer was approved.
    pub answered_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    /// In how many places it was said.
    pub places: i64,
    /// How often it was to be answered again.
    pub rounds: i64,
    /// The petition that is answered for it.
    pub joined: Option<Id>,
    /// Who decides, where the province cannot.
    pub forwarded_to: Option<String>,
}

impl Petition {
    /// Whether the promise was or is broken at `now`.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        let end = match self.state {
            State::Answered | State::FollowedUp | State::Closed => self.answered_at.unwrap_or(now),
            State::Forwarded | State::Refused | State::Joined => return false,
            _ => now,
        };
        self.promised_at.is_some_and(|promised| promised < end)
    }
}

/// A step of what is promised to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoadStep {
    /// Counted from 1 within its answer.
    pub number: i64,
    pub words: String,
    pub due_on: NaiveDate,
    pub done_on: Option<NaiveDate>,
}

impl RoadStep {
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.due_on < self.done_on.unwrap_or(today)
    }

    /// Which kind of station it is on a line of time.
    pub const fn station(&self) -> &'static str {
        if self.done_on.is_some() { "done" } else { "next" }
    }
}

/// The code of a petition: year, and number within the year (six digits at least).
pub fn code(year: i32, number: i64) -> String {
    format!("KN-{:02}-{number:06}", year.rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_read_as_people_dictate_them() {
        assert_eq!(code(2026, 123), "KN-26-000123");
        assert_eq!(code(2031, 1_234_567), "KN-31-1234567");
    }

    #[test]
    fn states_follow_each_other_as_the_table_says() {
        use State::{
            AnswerProposed, Answered, Assigned, Classified, Closed, FollowedUp, Forwarded, Joined, New, Refused,
            Returned, Working,
        };
        let table: [(State, &[State]); 12] = [
            (New, &[Classified, Forwarded, Refused, Joined]),
            (Classified, &[Assigned, Forwarded, Joined]),
            (Assigned, &[Working, AnswerProposed, Returned]),
            (Working, &[AnswerProposed, Returned]),
            (AnswerProposed, &[Answered, Working]),
            (Answered, &[FollowedUp, Closed, Working]),
            (FollowedUp, &[FollowedUp, Closed, Working]),
            (Closed, &[]),
            (Returned, &[Assigned, Forwarded, Joined]),
            (Forwarded, &[]),
            (Refused, &[]),
            (Joined, &[New]),
        ];
        for (from, allowed) in table {
            assert_eq!(State::parse(from.as_str()), Some(from));
            for to in State::ALL {
                assert_eq!(from.allows(to), allowed.contains(&to), "{from:?} → {to:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_walk_leaves_an_end_and_none_is_answered_before_it_was_classified_and_assigned(
            steps in proptest::collection::vec(0..12usize, 0..60)
        ) {
            let (mut state, mut classified, mut assigned) = (State::New, false, false);
            for step in steps {
                let next = State::ALL[step];
                if state.allows(next) {
                    prop_assert!(!state.is_end());
                    prop_assert!(!next.is_answered() || (classified && assigned));
                    // What was taken out again is read anew.
                    (classified, assigned) = match next {
                        State::New => (false, false),
                        State::Classified => (true, assigned),
                        State::Assigned => (classified, true),
                        _ => (classified, assigned),
                    };
                    state = next;
                }
            }
        }
    }

    #[test]
    fn a_road_step_done_in_time_never_becomes_late() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let step = RoadStep { number: 1, words: String::new(), due_on: day(20), done_on: None };
        assert!(!step.is_late(day(20)) && step.is_late(day(21)));
        assert!(!RoadStep { done_on: Some(day(20)), ..step.clone() }.is_late(day(30)));
        assert!(RoadStep { done_on: Some(day(21)), ..step }.is_late(day(30)));
    }
}
