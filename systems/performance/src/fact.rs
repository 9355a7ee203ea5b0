//! What is counted of one dossier, and the national rules of when it ended and whether that was in time.

use base::{Id, local};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use contracts::figures::DossierFact;
use contracts::questions::Procedure;

/// How an ended dossier stands to its promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Trước hạn: on a day before the promised one.
    Early,
    /// Đúng hạn: on the promised day, not after the promised moment.
    OnTime,
    /// Quá hạn.
    Late,
}

impl Outcome {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::OnTime => "on-time",
            Self::Late => "late",
        }
    }
}

/// One dossier, as it is counted: ids, codes, dates and numbers, built from what its own system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is counted for itself, whatever the others are")]
pub struct Fact {
    pub id: Id,
    pub code: String,
    pub procedure: String,
    /// Lĩnh vực of the procedure's version.
    pub field: String,
    pub agency: Id,
    pub receiving: Id,
    /// `counter`, `online` or `post`.
    pub channel: String,
    /// The national code, 1 to 10.
    pub state: i64,
    pub submitted_at: DateTime<Utc>,
    pub received_at: Option<DateTime<Utc>>,
    pub promised_at: Option<DateTime<Utc>>,
    /// The first request to complete it.
    pub asked_at: Option<DateTime<Utc>>,
    /// How often it was asked to be completed.
    pub supplements: i64,
    /// Set while it waits for the answer to its only request: counting ends with the request.
    pub waiting_since: Option<DateTime<Utc>>,
    /// The moment after which it counts as late: what was promised, or the second request if that came first.
    pub late_at: Option<DateTime<Utc>>,
    /// The time of state 9, else 10, else 8 or 3, else of 7 once accepted.
    pub ended_at: Option<DateTime<Utc>>,
    /// From receipt to state 9, by the almanac; absent until then.
    pub minutes: Option<i64>,
    /// Whole đồng.
    pub fee: i64,
    pub paid_online: bool,
    /// Whether the procedure has a result on paper.
    pub result_due: bool,
    /// Whether its result was issued as an electronic paper.
    pub electronic: bool,
    /// Components that it has to have or has; of them those that are data, and those nobody had to hand in again.
    pub components: i64,
    pub digitised: i64,
    pub reused: i64,
    /// Whether it was known whose it is when it was sent in.
    pub identified: bool,
    /// Whether the national portal has it.
    pub known_nationally: bool,
    /// Whether the applicant said that it does not satisfy.
    pub disliked: bool,
}

/// What others know of a dossier than the system whose it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    pub paid_online: bool,
    pub known_nationally: bool,
}

impl Fact {
    /// From what `dossiers` and `procedures` tell, and what is known elsewhere.
    pub fn of(told: DossierFact, procedure: Option<&Procedure>, elsewhere: Elsewhere) -> Self {
        let parts = Parts::of(&told, procedure);
        let received = told.received_at;
        let withdrawn = told.withdrawal_asked_at.filter(|_| received.is_some());
        let promise = told.promised_at.into_iter();
        Self {
            late_at: promise.chain(told.asked_at.get(1).copied()).min(),
            waiting_since: match told.asked_at.as_slice() {
                [only] if told.state == STATE_WAITING => Some(*only),
                _ => None,
            },
            asked_at: told.asked_at.first().copied(),
            supplements: i64::try_from(told.asked_at.len()).unwrap_or(i64::MAX),
            ended_at: told.finished_at.or(told.closed_at).or(withdrawn),
            minutes: told.finished_at.zip(received).map(|(to, from)| (to - from).num_minutes()),
            field: procedure.map(|procedure| procedure.field.clone()).unwrap_or_default(),
            result_due: procedure.is_some_and(|procedure| !procedure.results.is_empty()),
            id: told.id,
            code: told.code,
            procedure: told.procedure,
            agency: told.agency,
            receiving: told.receiving,
            channel: told.channel,
            state: told.state.into(),
            submitted_at: told.submitted_at,
            received_at: received,
            promised_at: told.promised_at,
            fee: told.fee,
            paid_online: elsewhere.paid_online,
            known_nationally: elsewhere.known_nationally,
            identified: told.identified,
            disliked: told.satisfied == Some(false),
            electronic: told.electronic,
            components: parts.all,
            digitised: parts.digitised,
            reused: parts.reused,
        }
    }

    /// The first day of the month of receipt, by which figures are kept; none before it was received.
    pub fn month(&self) -> Option<NaiveDate> {
        self.received_at.and_then(month_of)
    }

    /// The first day of the month in which it ended; none for one that was never received.
    pub fn end_month(&self) -> Option<NaiveDate> {
        self.received_at.and(self.ended_at).and_then(month_of)
    }

    pub fn outcome(&self) -> Option<Outcome> {
        let ended = self.received_at.and(self.ended_at)?;
        Some(if self.late_at.is_some_and(|late| ended > late) {
            Outcome::Late
        } else if self.promised_at.is_some_and(|due| local(ended).date_naive() < local(due).date_naive()) {
            Outcome::Early
        } else {
            Outcome::OnTime
        })
    }

    /// Whether it counts as late at `end` of a period: by when it ended, else by the request that it waits with, else by
    /// the end of the period itself.
    pub fn is_late(&self, end: DateTime<Utc>) -> bool {
        let counted = self.ended_at.unwrap_or_else(|| self.waiting_since.map_or(end, |since| since.min(end)));
        self.late_at.is_some_and(|late| counted > late)
    }
}

/// Yêu cầu bổ sung.
const STATE_WAITING: u8 = 5;
fn month_of(at: DateTime<Utc>) -> Option<NaiveDate> {
    local(at).date_naive().with_day(1)
}

struct Parts {
    all: i64,
    digitised: i64,
    reused: i64,
}

impl Parts {
    /// A component was not asked for again where the applicant took a paper already held, and where it has no file and the
    /// procedure says that data already held stand for it; one that the form itself makes never was paper.
    fn of(told: &DossierFact, procedure: Option<&Procedure>) -> Self {
        let handed_in = told.components.len();
        let papers = procedure.map(|procedure| procedure.papers.as_slice()).unwrap_or_default();
        let always = papers.iter().filter(|paper| paper.required && paper.condition.is_none());
        let missing: Vec<_> = always.filter(|paper| !told.components.contains(&paper.code)).collect();
        let declared = missing.iter().filter(|paper| paper.declared).count();
        let known = missing.iter().filter(|paper| !paper.declared && paper.reuse.is_some()).count();
        let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
        Self {
            all: count(handed_in + missing.len()),
            digitised: count(handed_in + declared + known),
            reused: count(known + told.reused.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use base::Now;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        Now::parse(&format!("2026-{text}:00+07:00")).utc()
    }

    /// Received on 1 October, promised for the 8th at 17:00.
    fn told() -> DossierFact {
        let id = Id::new(Now::parse("2026-10-01T08:00:00+07:00"));
        DossierFact {
            id,
            code: "H32.103-261001-0001".to_owned(),
            version: id,
            procedure: "1.001193".to_owned(),
            agency: id,
            receiving: id,
            channel: "online".to_owned(),
            state: 4,
            submitted_at: at("10-01T07:30"),
            received_at: Some(at("10-01T08:00")),
            promised_at: Some(at("10-08T17:00")),
            asked_at: Vec::new(),
            finished_at: None,
            closed_at: None,
            withdrawal_asked_at: None,
            fee: 0,
            electronic: false,
            components: Vec::new(),
            reused: Vec::new(),
            identified: false,
            satisfied: None,
        }
    }

    fn fact(change: impl FnOnce(&mut DossierFact)) -> Fact {
        let mut told = told();
        change(&mut told);
        Fact::of(told, None, Elsewhere::default())
    }

    #[test]
    fn in_time_is_until_the_promised_moment_and_early_is_a_day_before() {
        let finished = |when| fact(|told| told.finished_at = Some(at(when))).outcome();
        assert_eq!(finished("10-07T23:59"), Some(Outcome::Early));
        assert_eq!(finished("10-08T07:00"), Some(Outcome::OnTime));
        assert_eq!(finished("10-08T17:00"), Some(Outcome::OnTime));
        assert_eq!(finished("10-08T17:01"), Some(Outcome::Late));
    }

    #[test]
    fn it_ended_with_state_nine_before_ten_before_eight_before_seven() {
        let all = |told: &mut DossierFact| {
            told.withdrawal_asked_at = Some(at("10-02T08:00"));
            told.closed_at = Some(at("10-12T08:00"));
            told.finished_at = Some(at("10-06T08:00"));
        };
        assert_eq!(fact(all).ended_at, Some(at("10-06T08:00")));
        let stopped = |told: &mut DossierFact| told.closed_at = Some(at("10-12T08:00"));
        assert_eq!(fact(stopped).outcome(), Some(Outcome::Late));
        let withdrawn = fact(|told| told.withdrawal_asked_at = Some(at("10-02T08:00")));
        assert_eq!((withdrawn.ended_at, withdrawn.outcome()), (Some(at("10-02T08:00")), Some(Outcome::Early)));
    }

    #[test]
    fn a_withdrawal_before_receipt_ends_nothing_that_is_counted() {
        let never = fact(|told| {
            told.received_at = None;
            told.promised_at = None;
            told.withdrawal_asked_at = Some(at("10-02T08:00"));
        });
        assert_eq!((never.ended_at, never.month(), never.end_month(), never.outcome()), (None, None, None, None));
    }

    #[test]
    fn while_it_waits_with_its_first_request_counting_ends_with_the_request() {
        let waiting = |asked: &str| {
            fact(|told| {
                told.state = 5;
                told.asked_at = vec![at(asked)];
            })
        };
        let end = at("10-31T23:59");
        assert!(!waiting("10-08T16:00").is_late(end));
        assert!(waiting("10-09T08:00").is_late(end));
        let answered = fact(|told| told.asked_at = vec![at("10-08T16:00")]);
        assert!(answered.is_late(end), "the answer sets it going again");
    }

    #[test]
    fn a_second_request_counts_as_late_however_soon_it_ended() {
        let asked = |told: &mut DossierFact| {
            told.asked_at = vec![at("10-02T08:00"), at("10-05T08:00")];
            told.finished_at = Some(at("10-06T08:00"));
        };
        assert_eq!(fact(asked).outcome(), Some(Outcome::Late));
        let open = fact(|told| {
            told.state = 5;
            told.asked_at = vec![at("10-02T08:00"), at("10-05T08:00")];
        });
        assert!(open.is_late(at("10-06T00:00")) && !open.is_late(at("10-04T00:00")));
    }

    #[test]
    fn an_unfinished_one_is_looked_at_as_of_the_end_of_the_period() {
        let open = fact(|_| {});
        assert!(!open.is_late(at("10-08T17:00")) && open.is_late(at("10-31T23:59")));
    }

    #[test]
    fn a_component_taken_from_what_is_held_is_reused_and_counted_once() {
        let again = fact(|told| {
            told.components = vec!["ban-ve".to_owned(), "khai-sinh".to_owned()];
            told.reused = vec!["khai-sinh".to_owned()];
        });
        assert_eq!((again.components, again.digitised, again.reused), (2, 2, 1));
        let handed_in = fact(|told| told.components = vec!["khai-sinh".to_owned()]);
        assert_eq!(handed_in.reused, 0, "a file that was handed in is not reused");
    }

    #[test]
    fn months_are_those_of_vietnam() {
        let late_in_utc = fact(|told| told.received_at = Some(Now::parse("2026-10-31T17:30:00Z").utc()));
        assert_eq!(late_in_utc.month(), NaiveDate::from_ymd_opt(2026, 11, 1));
    }
}
