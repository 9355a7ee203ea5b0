//! Times of working days that indicators look at.

use base::Result;
use chrono::{DateTime, NaiveDate, Utc};
use province::IndicatorTerm;
use worktime::{Budget, Calendar, Clock, Counting, Terms};

/// When a time is over that begins at `from`.
///
/// # Errors
/// When the calendar ends before it does, which is a defect.
pub(crate) fn due(term: &IndicatorTerm, from: DateTime<Utc>, calendar: &Calendar) -> Result<DateTime<Utc>> {
    let terms = Terms { budget: Budget::Days(term.working_days), counting: Counting::DaysExclFirst, cut_off: None };
    let clock = Clock { terms, received: from, pauses: Vec::new(), ended: None };
    // Nothing stops this clock, so it has an end.
    Ok(clock.due(calendar)?.unwrap_or(from))
}

/// The last day from which on there is the whole time before `day`, which itself is no part of it.
pub(crate) fn last_day_before(term: &IndicatorTerm, day: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let before = std::iter::successors(day.pred_opt(), NaiveDate::pred_opt);
    // Where the calendar ends there is no working day any more.
    let known = before.take_while(|day| calendar.day(*day).is_some());
    let mut working = known.filter(|day| calendar.closes(*day).is_some()).take(term.working_days as usize);
    let last = working.by_ref().last();
    last.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use base::{Id, Now};

    use super::*;
    use crate::fixture::calendars;
    use crate::rules;

    #[test]
    fn five_working_days_before_a_day_pass_over_holidays_and_ends_of_weeks() {
        let calendar = calendars().of(Id::new(Now::parse("2026-06-01T08:00:00+07:00")));
        let before = |day: &str| {
            let term = &rules().unwrap().terms.announce_procedure;
            last_day_before(term, day.parse().unwrap(), &calendar).to_string()
        };
        // 15 June 2026 is a Monday: five working days before it begin on the Monday before.
        assert_eq!(before("2026-06-15"), "2026-06-08");
        assert_eq!(before("2026-06-13"), "2026-06-08", "a Saturday");
        // 30 April, 1 May and the day for the Feast of the Hung Kings are no working days.
        assert_eq!(before("2026-05-04"), "2026-04-22");
    }
}
