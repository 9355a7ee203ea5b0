//! A report and its states.

use base::{Id, Phone};
use chrono::{DateTime, TimeDelta, Utc};
use geo::Place;
use province::Reopening;
use serde::{Deserialize, Serialize};

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Mới tiếp nhận: sent in, read by nobody yet.
    New,
    /// Đã chuyển xử lý: the desk has said what it is and whose.
    Assigned,
    /// Đang xử lý: somebody has taken it up.
    Working,
    /// Chờ duyệt: an answer lies before a leader.
    AnswerProposed,
    /// Đã trả lời: approved, and to be seen by everybody where the report is.
    Answered,
    /// Đã đóng. An end.
    Closed,
    /// Từ chối. An end.
    Refused,
    /// Trả lại nơi tiếp nhận: the agency says that it is not its own.
    Returned,
    /// Đã gộp: another report is worked on and answered for this one too.
    Joined,
}

impl State {
    pub const ALL: [Self; 9] = [
        Self::New,
        Self::Assigned,
        Self::Working,
        Self::AnswerProposed,
        Self::Answered,
        Self::Closed,
        Self::Refused,
        Self::Returned,
        Self::Joined,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Assigned => "assigned",
            Self::Working => "working",
            Self::AnswerProposed => "answer-proposed",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Refused => "refused",
            Self::Returned => "returned",
            Self::Joined => "joined",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    pub const fn is_end(self) -> bool {
        matches!(self, Self::Closed | Self::Refused)
    }

    /// Whether whoever reported has nothing more to wait for.
    pub const fn is_answered_or_ended(self) -> bool {
        matches!(self, Self::Answered) || self.is_end()
    }

    /// Whether the desk reads it before anything else can happen.
    pub const fn is_at_triage(self) -> bool {
        matches!(self, Self::New | Self::Returned)
    }

    /// Whether others can be joined into it, and taken out again: until an answer to all of them is written.
    pub const fn takes_in(self) -> bool {
        matches!(self, Self::New | Self::Returned | Self::Assigned | Self::Working)
    }

    /// Which states may follow. One that was answered and is reopened goes back to `Working`.
    pub const fn allows(self, next: Self) -> bool {
        use State::{AnswerProposed, Answered, Assigned, Closed, Joined, New, Refused, Returned, Working};
        match self {
            New | Returned => matches!(next, Assigned | Refused | Joined),
            Assigned => matches!(next, Working | AnswerProposed | Returned | Joined),
            Working => matches!(next, AnswerProposed | Returned),
            AnswerProposed => matches!(next, Answered | Working),
            Answered => matches!(next, Closed | Working),
            Joined => matches!(next, New),
            Closed | Refused => false,
        }
    }

    /// How the state is coloured: `ok`, `warn`, `late`, `wait`.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Answered | Self::Closed => "ok",
            Self::Assigned | Self::Working | Self::AnswerProposed => "warn",
            Self::Refused => "late",
            Self::New | Self::Returned | Self::Joined => "wait",
        }
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::New => "feedback-state-new",
            Self::Assigned => "feedback-state-assigned",
            Self::Working => "feedback-state-working",
            Self::AnswerProposed => "feedback-state-answer-proposed",
            Self::Answered => "feedback-state-answered",
            Self::Closed => "feedback-state-closed",
            Self::Refused => "feedback-state-refused",
            Self::Returned => "feedback-state-returned",
            Self::Joined => "feedback-state-joined",
        }
    }
}

/// What a report is of; deadlines and receivers of each are data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Phản ánh hiện trường: something in the field.
    Field,
    /// Kiến nghị về quy định hành chính.
    Regulation,
    /// Phản ánh về hành vi của cán bộ, công chức.
    Conduct,
}

impl Sort {
    pub const ALL: [Self; 3] = [Self::Field, Self::Regulation, Self::Conduct];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Regulation => "regulation",
            Self::Conduct => "conduct",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }
}

/// How whoever reported can be reached. It never leaves the desk, and each look at it is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mail: String,
}

impl Contact {
    pub const fn is_empty(&self) -> bool {
        self.name.is_empty() && self.phone.is_none() && self.mail.is_empty()
    }
}

/// What everybody may read of a report: the words as the desk moderated them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moderated {
    pub words: String,
    pub place_words: String,
}

/// One report. It never copies the state of its steps: those are rows of `flow`.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub id: Id,
    /// Of the form that sent it, so that the same form sent twice makes one report.
    pub form_id: Id,
    pub secret_digest: String,
    /// `PA-26-000123`.
    pub code: String,
    pub sort: Sort,
    /// Code of a kind of the rules.
    pub kind: String,
    pub place: Option<Place>,
    /// Where it is, in the words of whoever reported.
    pub place_words: String,
    /// The committee of the commune where it is.
    pub commune: Id,
    pub words: String,
    /// Absent until the desk has read it.
    pub moderated: Option<Moderated>,
    /// The person who sent it, if they were signed in and did not wish to stay unnamed.
    pub reporter: Option<Id>,
    pub contact: Contact,
    pub state: State,
    /// Whose desk reads it.
    pub receiving: Id,
    /// Who answers for it: the receiving agency until the desk says who.
    pub agency: Id,
    pub case: Id,
    pub filed_at: DateTime<Utc>,
    pub received_at: Option<DateTime<Utc>>,
    /// When it became public; one that is not shown to everybody has none.
    pub public_at: Option<DateTime<Utc>>,
    pub promised_at: Option<DateTime<Utc>>,
    /// When the last answer was approved.
    pub answered_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub reopened: i64,
    pub satisfied: Option<bool>,
    /// How many others said that they see the same; whoever sent a joined report is one of them.
    pub supports: i64,
    /// The report that is worked on and answered for this one.
    pub joined: Option<Id>,
    pub joined_at: Option<DateTime<Utc>>,
    /// How many reports are joined into this one.
    pub joins: i64,
}

impl Report {
    pub const fn is_anonymous(&self) -> bool {
        self.reporter.is_none() && self.contact.is_empty()
    }

    /// As how many reports it counts on the map: itself and those joined into it.
    pub const fn weight(&self) -> i64 {
        1 + self.joins
    }

    /// Whether whoever reported may still have it reopened. `matter` is the report that is answered for this one: itself, or
    /// the one it is joined into, whose own sender may be satisfied already.
    pub fn may_reopen(&self, matter: &Self, rules: Reopening, now: DateTime<Utc>) -> bool {
        let answered = match self.state {
            State::Joined => matches!(matter.state, State::Answered | State::Closed),
            state => state == State::Answered,
        };
        let until = matter.answered_at.map(|at| at + TimeDelta::days(rules.days));
        answered && self.reopened < rules.times && until.is_some_and(|until| now <= until)
    }

    /// Whether an answer is there, to this report or to the one it is joined into, that was not rated yet.
    pub const fn may_rate(&self, matter: &Self) -> bool {
        matches!(matter.state, State::Answered | State::Closed) && self.satisfied.is_none()
    }

    /// Whether the promise was or is broken at `now`.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        let end = match self.state {
            State::Answered | State::Closed => self.answered_at.unwrap_or(now),
            State::Refused | State::Joined => return false,
            _ => now,
        };
        self.promised_at.is_some_and(|promised| promised < end)
    }
}

/// The code of a report: year, and number within the year (six digits at least).
pub fn code(year: i32, number: i64) -> String {
    format!("PA-{:02}-{number:06}", year.rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_read_as_people_dictate_them() {
        assert_eq!(code(2026, 123), "PA-26-000123");
        assert_eq!(code(2031, 1_234_567), "PA-31-1234567");
    }

    #[test]
    fn states_follow_each_other_as_the_table_says() {
        use State::{AnswerProposed, Answered, Assigned, Closed, Joined, New, Refused, Returned, Working};
        let table: [(State, &[State]); 9] = [
            (New, &[Assigned, Refused, Joined]),
            (Assigned, &[Working, AnswerProposed, Returned, Joined]),
            (Working, &[AnswerProposed, Returned]),
            (AnswerProposed, &[Answered, Working]),
            (Answered, &[Closed, Working]),
            (Closed, &[]),
            (Refused, &[]),
            (Returned, &[Assigned, Refused, Joined]),
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
        fn no_walk_leaves_an_end_and_none_becomes_answered_unread(steps in proptest::collection::vec(0..9usize, 0..40)) {
            let (mut state, mut assigned) = (State::New, false);
            for step in steps {
                let next = State::ALL[step];
                if state.allows(next) {
                    prop_assert!(!state.is_end());
                    assigned |= next == State::Assigned;
                    prop_assert!(assigned || matches!(next, State::Refused | State::Joined | State::New));
                    state = next;
                }
            }
        }
    }

    fn answered(at: &str) -> Report {
        let (id, at) = (Id::from_uuid(uuid::Uuid::nil()), at.parse().unwrap());
        Report {
            id,
            form_id: id,
            secret_digest: String::new(),
            code: code(2026, 1),
            sort: Sort::Field,
            kind: "o-ga".to_owned(),
            place: None,
            place_words: String::new(),
            commune: id,
            words: String::new(),
            moderated: None,
            reporter: None,
            contact: Contact::default(),
            state: State::Answered,
            receiving: id,
            agency: id,
            case: id,
            filed_at: at,
            received_at: Some(at),
            public_at: Some(at),
            promised_at: Some(at),
            answered_at: Some(at),
            closed_at: None,
            reopened: 0,
            satisfied: None,
            supports: 0,
            joined: None,
            joined_at: None,
            joins: 0,
        }
    }

    #[test]
    fn an_answer_can_be_sent_back_for_some_days_and_some_times() {
        let rules = Reopening { days: 15, times: 2 };
        let report = answered("2026-11-01T00:00:00Z");
        let at = |text: &str| text.parse().unwrap();
        let may = |report: &Report, now| report.may_reopen(report, rules, at(now));
        assert!(may(&report, "2026-11-16T00:00:00Z"));
        assert!(!may(&report, "2026-11-16T00:00:01Z"));
        assert!(!may(&Report { reopened: 2, ..report.clone() }, "2026-11-02T00:00:00Z"));
        assert!(!may(&Report { state: State::Closed, ..report }, "2026-11-02T00:00:00Z"));
    }

    #[test]
    fn a_joined_report_is_reopened_by_the_answer_to_the_other_even_when_others_are_satisfied() {
        let rules = Reopening { days: 15, times: 2 };
        let matter = answered("2026-11-01T00:00:00Z");
        let joined = Report { state: State::Joined, answered_at: None, ..matter.clone() };
        let now = "2026-11-02T00:00:00Z".parse().unwrap();
        for state in State::ALL {
            let matter = Report { state, ..matter.clone() };
            let answered = matches!(state, State::Answered | State::Closed);
            assert_eq!(joined.may_reopen(&matter, rules, now), answered, "{state:?}");
            assert_eq!(joined.may_rate(&matter), answered, "{state:?}");
        }
    }

    #[test]
    fn an_answer_in_time_never_becomes_late() {
        let now = "2027-01-01T00:00:00Z".parse().unwrap();
        let report = answered("2026-11-01T00:00:00Z");
        assert!(!report.is_late(now));
        assert!(Report { state: State::Working, ..report.clone() }.is_late(now));
        assert!(!Report { state: State::Refused, ..report }.is_late(now));
    }
}
