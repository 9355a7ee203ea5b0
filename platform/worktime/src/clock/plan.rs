//! When a budget is used up.
//!
//! Budgets in days go by the ends of days. Day 0, the one not counted, is the first day whose end finds the clock running;
//! the due moment is the end of day n. A day whose end falls into a pause is skipped, so a pause moves the due day by
//! exactly the days that ended in it, and one that begins after closing and ends before the next opening moves nothing.

use chrono::{Months, NaiveDate, NaiveDateTime, TimeDelta};

use super::{Budget, Counting, OutOfCalendar, Terms};
use crate::calendar::{Calendar, Day};
use crate::spans::{Span, Standstills, end_of, midnight_after};

/// A budget made concrete on a calendar.
pub(crate) struct Plan {
    pub(crate) start: NaiveDateTime,
    pub(crate) length: Length,
}

#[derive(Clone, Copy)]
pub(crate) enum Length {
    Time(TimeDelta),
    WorkingDays(u32),
    AlmanacDays(u32),
}

impl Plan {
    pub(crate) fn new(calendar: &Calendar, terms: &Terms, start: NaiveDateTime) -> Result<Self, OutOfCalendar> {
        let first = start.date();
        let length = match (terms.budget, terms.counting) {
            (Budget::Minutes(minutes), _) => Length::Time(TimeDelta::minutes(minutes.into())),
            (Budget::AlmanacHours(hours), _) => Length::Time(TimeDelta::hours(hours.into())),
            (Budget::Days(days), Counting::Hours) => {
                let day = calendar.day_minutes(first).ok_or(OutOfCalendar)?;
                Length::Time(TimeDelta::minutes(i64::from(days) * i64::from(day)))
            }
            (Budget::Days(days), Counting::DaysExclFirst) => Length::WorkingDays(days),
            (Budget::CalendarDays(days), _) => Length::AlmanacDays(days),
            (Budget::CalendarMonths(months), _) => {
                let last = first.checked_add_months(Months::new(months)).ok_or(OutOfCalendar)?;
                Length::AlmanacDays(u32::try_from((last - first).num_days()).map_err(|_| OutOfCalendar)?)
            }
        };
        Ok(Self { start, length })
    }

    /// `None` when the clock stands still before its time is up and nobody knows until when.
    pub(crate) fn due(
        &self,
        calendar: &Calendar,
        standstills: &Standstills,
    ) -> Result<Option<NaiveDateTime>, OutOfCalendar> {
        match self.length {
            Length::Time(budget) => time_used_up(calendar, self.start, budget, standstills),
            Length::WorkingDays(days) | Length::AlmanacDays(days) => {
                Ok(self.day_number(calendar, self.start.date(), days, standstills)?.map(|number| number.end))
            }
        }
    }

    /// For budgets in days, the day on which the count runs out; the due day is a later one when that day is off.
    pub(crate) fn last_day(
        &self,
        calendar: &Calendar,
        standstills: &Standstills,
    ) -> Result<Option<NaiveDate>, OutOfCalendar> {
        match self.length {
            Length::Time(_) => Ok(None),
            Length::WorkingDays(days) | Length::AlmanacDays(days) => {
                Ok(self.day_number(calendar, self.start.date(), days, standstills)?.map(|number| number.day))
            }
        }
    }

    /// A promise moved by what a pause took.
    pub(crate) fn moved(
        &self,
        calendar: &Calendar,
        promised: NaiveDateTime,
        pause: Span,
    ) -> Result<NaiveDateTime, OutOfCalendar> {
        let nothing = Standstills::none();
        let moved = match self.length {
            Length::Time(_) => time_used_up(calendar, promised, calendar.worked(pause, &nothing), &nothing)?,
            Length::WorkingDays(_) | Length::AlmanacDays(_) => {
                match self.days_ended_in(calendar, pause).checked_sub(1) {
                    Some(more) => self
                        .day_number(calendar, midnight_after(promised.date()).date(), more, &nothing)?
                        .map(|number| number.end),
                    None => Some(promised),
                }
            }
        };
        moved.ok_or(OutOfCalendar)
    }

    /// How many of the days that this plan counts end in a span.
    pub(crate) fn days_ended_in(&self, calendar: &Calendar, span: Span) -> u32 {
        let ends = calendar.days_from(span.from.date()).filter(|day| self.counts(day)).map(end_of);
        let inside = ends.take_while(|&end| end <= span.to).filter(|&end| end > span.from);
        u32::try_from(inside.count()).unwrap_or(u32::MAX)
    }

    fn counts(&self, day: &Day) -> bool {
        day.is_working() || matches!(self.length, Length::AlmanacDays(_))
    }

    /// Day number `days` of those counted from `first` on, `first` being number 0.
    fn day_number(
        &self,
        calendar: &Calendar,
        first: NaiveDate,
        days: u32,
        standstills: &Standstills,
    ) -> Result<Option<DayNumber>, OutOfCalendar> {
        let mut number = 0;
        let mut last = None;
        for day in calendar.days_from(first).filter(|day| self.counts(day)) {
            let end = end_of(day);
            if standstills.open_since().is_some_and(|since| since < end) {
                return Ok(None);
            }
            if standstills.stand_before(end) {
                continue;
            }
            if number == days {
                last = last.or(Some(day.date));
            } else {
                number += 1;
            }
            if let Some(last) = last.filter(|_| day.is_working()) {
                return Ok(Some(DayNumber { day: last, end }));
            }
        }
        Err(OutOfCalendar)
    }
}

struct DayNumber {
    day: NaiveDate,
    /// When it ends; on a day off, when the next working day does.
    end: NaiveDateTime,
}

fn time_used_up(
    calendar: &Calendar,
    start: NaiveDateTime,
    budget: TimeDelta,
    standstills: &Standstills,
) -> Result<Option<NaiveDateTime>, OutOfCalendar> {
    if budget.is_zero() {
        return Ok(Some(start));
    }
    let mut left = budget;
    for hours in calendar.hours_from(start) {
        if standstills.open_since().is_some_and(|since| since <= hours.from) {
            return Ok(None);
        }
        for running in standstills.taken_from(hours) {
            if left <= running.length() {
                return Ok(Some(running.from + left));
            }
            left -= running.length();
        }
    }
    Err(OutOfCalendar)
}
