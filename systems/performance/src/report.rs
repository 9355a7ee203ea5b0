//! What is counted of one report of somebody, and the moment after which it counts as late.

use base::{Id, Result, local};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use contracts::figures::ReportFact;
use province::IndicatorTerms;
use worktime::ledger::Calendars;

use crate::term::due;

/// One report, as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub id: Id,
    pub code: String,
    /// Who answers for it.
    pub agency: Id,
    pub filed_at: DateTime<Utc>,
    pub refused_at: Option<DateTime<Utc>>,
    /// Of the first answer: one that is reopened was answered in its time.
    pub answered_at: Option<DateTime<Utc>>,
    /// The end of the first step that was not taken in time; while it is open, the end of the time for an answer. None where
    /// every step was taken in time.
    pub late_at: Option<DateTime<Utc>>,
}

impl Report {
    /// From what `feedback` tells: to be refused within one time, or answered within another and the answer shown within a
    /// third, each on the calendar of the agency whose step it is.
    ///
    /// # Errors
    /// When the calendars end before a time does, which is a defect.
    pub(crate) fn of(told: ReportFact, terms: &IndicatorTerms, calendars: &Calendars) -> Result<Self> {
        let answer_by = due(&terms.answer_report, told.filed_at, &calendars.of(told.agency))?;
        let late_at = match (told.answered_at, told.refused_at) {
            (Some(answered), _) => {
                let shown = told.public_at.map(|public| public.max(answered));
                let show_by = due(&terms.show_answer, answered, &calendars.of(told.agency))?;
                let shown_late = shown.is_some_and(|shown| shown > show_by).then_some(show_by);
                (answered > answer_by).then_some(answer_by).or(shown_late)
            }
            (None, Some(refused)) => {
                let refuse_by = due(&terms.refuse_report, told.filed_at, &calendars.of(told.receiving))?;
                (refused > refuse_by).then_some(refuse_by)
            }
            (None, None) => Some(answer_by),
        };
        Ok(Self {
            id: told.id,
            code: told.code,
            agency: told.agency,
            filed_at: told.filed_at,
            refused_at: told.refused_at,
            answered_at: told.answered_at,
            late_at,
        })
    }

    /// The first day of the month in which it was sent, by which figures are kept.
    pub fn month(&self) -> NaiveDate {
        let day = local(self.filed_at).date_naive();
        day.with_day(1).unwrap_or(day)
    }

    /// Whether it counts as late at `end` of a period.
    pub fn is_late(&self, end: DateTime<Utc>) -> bool {
        self.late_at.is_some_and(|late| late < end)
    }
}

#[cfg(test)]
mod tests {
    use base::Now;

    use super::*;
    use crate::fixture::calendars;
    use crate::rules;

    fn at(text: &str) -> DateTime<Utc> {
        Now::parse(&format!("2026-{text}:00+07:00")).utc()
    }

    /// Sent on Friday 5 June 2026, which no holiday follows for weeks.
    fn report(change: impl FnOnce(&mut ReportFact)) -> Report {
        let id = Id::new(Now::parse("2026-06-05T10:00:00+07:00"));
        let mut told = ReportFact {
            id,
            code: "PA-26-000001".to_owned(),
            receiving: id,
            agency: id,
            filed_at: at("06-05T10:00"),
            refused_at: None,
            answered_at: None,
            public_at: None,
        };
        change(&mut told);
        Report::of(told, &rules().unwrap().terms, &calendars()).unwrap()
    }

    #[test]
    fn one_is_refused_within_two_working_days() {
        let refused = |when| report(|told| told.refused_at = Some(at(when))).late_at;
        assert_eq!(refused("06-09T17:00"), None);
        assert_eq!(refused("06-09T17:01"), Some(at("06-09T17:00")));
    }

    #[test]
    fn one_is_answered_within_fifteen_and_becomes_late_by_time_alone() {
        let answered = |when| report(|told| told.answered_at = Some(at(when))).late_at;
        assert_eq!(answered("06-26T17:00"), None);
        assert_eq!(answered("06-29T07:00"), Some(at("06-26T17:00")));
        let open = report(|_| {});
        assert!(!open.is_late(at("06-26T17:00")) && open.is_late(at("06-26T17:01")));
    }

    #[test]
    fn an_answer_is_shown_within_two_working_days_where_it_is_for_everybody() {
        let shown = |when| {
            report(|told| {
                told.answered_at = Some(at("06-12T16:00"));
                told.public_at = Some(at(when));
            })
        };
        assert_eq!(shown("06-08T08:00").late_at, None, "it was for everybody before it was answered");
        assert_eq!(shown("06-16T17:00").late_at, None);
        assert_eq!(shown("06-17T08:00").late_at, Some(at("06-16T17:00")));
        assert_eq!(report(|told| told.answered_at = Some(at("06-12T16:00"))).late_at, None);
    }
}
