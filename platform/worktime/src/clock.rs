//! Clocks: a budget of working time, counted from when something came in, with a ledger of pauses.
//!
//! Everything here is derived; a clock itself holds only what happened. Whether it is late is always `due < now`.

mod plan;

pub(crate) use plan::{Length, Plan};

use base::{ZONE, local};
use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::spans::{Span, Standstills, midnight_after};

/// How much time there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// Working minutes ("giờ làm việc" × 60), whatever the counting mode.
    Minutes(u32),
    /// Working days ("ngày làm việc"); [`Counting`] says how they are counted.
    Days(u32),
    /// Days of the almanac ("ngày"). Civil Code 2015, articles 147–148: the first day is not counted,
    /// and a last day that is off gives way to the next working day.
    CalendarDays(u32),
    /// Hours of the almanac ("giờ"), round the clock and on days off too, from the moment of receipt; no cut-off holds.
    AlmanacHours(u32),
    /// Months ("tháng"), to the day of the same number or else the last of the month, then as `CalendarDays`.
    CalendarMonths(u32),
}

/// Two ways of counting working days, both in use; a setting of each procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// A day is so many working minutes ([`Calendar::day_minutes`]), counted from the moment of receipt.
    Hours,
    /// The day of receipt is not counted; due when the last day closes.
    DaysExclFirst,
}

/// The terms under which a clock runs, fixed when it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    pub budget: Budget,
    pub counting: Counting,
    /// Local time of day; what comes in later counts as received when the next working day opens.
    pub cut_off: Option<NaiveTime>,
}

/// One entry of the ledger of pauses: the clock stands still from `from` until `to`.
/// One that ends before it begins stops nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    pub from: DateTime<Utc>,
    /// `None` while it lasts.
    pub to: Option<DateTime<Utc>>,
    /// What is waited for, in Vietnamese and fit to follow a verb: "chờ bổ sung hồ sơ".
    pub reason: String,
}

/// What happened to one clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    pub terms: Terms,
    pub received: DateTime<Utc>,
    /// In any order; overlapping pauses stop the clock once. One that still lasts when the clock ends, ends with it.
    pub pauses: Vec<Pause>,
    pub ended: Option<DateTime<Utc>>,
}

/// The calendar has no answer: it has no working hour left before 2150, or no length of a working day for that date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the calendar has no working time to count with")]
pub struct OutOfCalendar;

/// How an ended clock ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// On an earlier day, with working time to spare ("trước hạn").
    Early,
    /// On the day it was due, not after the due moment ("đúng hạn").
    OnTime,
    /// After the due moment ("quá hạn").
    Late,
}

/// How a clock stands at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining {
    pub state: State,
    /// Whole working minutes, of the almanac for budgets that count round the clock: left, or since the due moment when late.
    /// Neither pauses nor a first day that does not count are in it.
    pub minutes: u32,
    /// What one working day is worth, for saying it in days; all of a day for budgets that count round the clock.
    pub day_minutes: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Running,
    /// Standing still; a clock that was late before it was paused is late.
    Paused,
    Late,
}

impl Clock {
    /// One that begins to run.
    pub const fn begun(terms: Terms, received: DateTime<Utc>) -> Self {
        Self { terms, received, pauses: Vec::new(), ended: None }
    }

    /// From when the clock counts. Outside counting hours, or after the cut-off: when the office next opens
    /// (after the cut-off, on a later day). Calendar days without a cut-off count from the day of receipt itself,
    /// as the Civil Code has it, whatever day that is.
    pub fn counted_from(&self, calendar: &Calendar) -> Result<DateTime<Utc>, OutOfCalendar> {
        Ok(utc(self.start(self.counted_on(calendar))?))
    }

    /// When the time is used up; for budgets in days, when the last day closes. `None` while the clock is paused, unless
    /// the time ran out before the pause began: what was late stays late. The end of a clock ends its pauses.
    pub fn due(&self, calendar: &Calendar) -> Result<Option<DateTime<Utc>>, OutOfCalendar> {
        let calendar = self.counted_on(calendar);
        Ok(self.plan(calendar)?.due(calendar, &self.standstills())?.map(utc))
    }

    /// Working time used up at `at`, pauses left out; it goes on past the due moment. An ended clock uses no more.
    pub fn used(&self, calendar: &Calendar, at: DateTime<Utc>) -> Result<TimeDelta, OutOfCalendar> {
        let calendar = self.counted_on(calendar);
        let start = self.start(calendar)?;
        let used = Span { from: start, to: naive(self.no_later_than_end(at)) };
        Ok(calendar.worked(used, &self.standstills()))
    }

    /// How the clock stands at `at`, as it could be known then: later pauses have no say. A paused clock has what it
    /// would have if it went on at `at`. An ended clock stands as it ended.
    pub fn remaining(&self, calendar: &Calendar, at: DateTime<Utc>) -> Result<Remaining, OutOfCalendar> {
        let calendar = self.counted_on(calendar);
        let at = naive(self.no_later_than_end(at));
        let start = self.start(calendar)?;
        let day_minutes = calendar.day_minutes(start.date()).ok_or(OutOfCalendar)?;
        let ledger = self.standstills();
        let due = self.due_as_of(calendar, at)?;
        let left = Span { from: at.max(self.first_counted(start)).min(due), to: due };
        let (state, span) = if at > due {
            (State::Late, Span { from: due, to: at })
        } else if ledger.stand_at(at) {
            (State::Paused, left)
        } else {
            (State::Running, left)
        };
        let minutes = calendar.worked(span, &ledger.as_of(at)).num_minutes();
        Ok(Remaining { state, minutes: u32::try_from(minutes).unwrap_or(u32::MAX), day_minutes })
    }

    /// How the clock ended; `None` while it has not.
    pub fn outcome(&self, calendar: &Calendar) -> Result<Option<Outcome>, OutOfCalendar> {
        let Some(ended) = self.ended.map(naive) else {
            return Ok(None);
        };
        let calendar = self.counted_on(calendar);
        let due = self.due_as_of(calendar, ended)?;
        let to_spare = calendar.hours_from(ended).next().is_some_and(|hours| hours.from < due);
        Ok(Some(if ended > due {
            Outcome::Late
        } else if ended.date() == due.date() || !to_spare {
            Outcome::OnTime
        } else {
            Outcome::Early
        }))
    }

    /// The date to promise anew when a pause is over: the last promise moved by what the pause took, in the unit of the
    /// budget. Unchanged when the promise was already past, and while the pause lasts.
    pub fn promise_after(
        &self,
        calendar: &Calendar,
        promised: DateTime<Utc>,
        pause: &Pause,
    ) -> Result<DateTime<Utc>, OutOfCalendar> {
        let calendar = self.counted_on(calendar);
        let plan = self.plan(calendar)?;
        let from = naive(pause.from).max(plan.start);
        let Some(to) = pause.to.filter(|_| from < naive(promised)) else {
            return Ok(promised);
        };
        let paused = Span { from, to: naive(to) };
        Ok(utc(plan.moved(calendar, naive(promised), paused)?))
    }

    /// The calendar whose hours count: the office's, or that of a clock on the wall.
    pub(crate) fn counted_on<'a>(&self, calendar: &'a Calendar) -> &'a Calendar {
        match self.terms.budget {
            Budget::AlmanacHours(_) => Calendar::round_the_clock(),
            _ => calendar,
        }
    }

    fn start(&self, calendar: &Calendar) -> Result<NaiveDateTime, OutOfCalendar> {
        let received = naive(self.received);
        let by_the_almanac = matches!(self.terms.budget, Budget::CalendarDays(_) | Budget::CalendarMonths(_));
        let from = match self.terms.cut_off {
            _ if matches!(self.terms.budget, Budget::AlmanacHours(_)) => return Ok(received),
            None if by_the_almanac => return Ok(received),
            Some(cut_off) if received.time() > cut_off => midnight_after(received.date()),
            _ => received,
        };
        calendar.hours_from(from).next().map(|hours| hours.from).ok_or(OutOfCalendar)
    }

    /// Where the time begins that is being used up: with day 1, where the first day is not counted.
    fn first_counted(&self, start: NaiveDateTime) -> NaiveDateTime {
        match (self.terms.budget, self.terms.counting) {
            (Budget::Minutes(_) | Budget::AlmanacHours(_), _) | (Budget::Days(_), Counting::Hours) => start,
            _ => midnight_after(start.date()),
        }
    }

    pub(crate) fn plan(&self, calendar: &Calendar) -> Result<Plan, OutOfCalendar> {
        Plan::new(calendar, &self.terms, self.start(calendar)?)
    }

    fn due_as_of(&self, calendar: &Calendar, at: NaiveDateTime) -> Result<NaiveDateTime, OutOfCalendar> {
        self.plan(calendar)?.due(calendar, &self.standstills().as_of(at))?.ok_or(OutOfCalendar)
    }

    /// The end of a clock ends its pauses.
    pub(crate) fn standstills(&self) -> Standstills {
        let ledger = Standstills::new(self.pauses.iter().map(|pause| (naive(pause.from), pause.to.map(naive))));
        match self.ended {
            Some(ended) => ledger.as_of(naive(ended)),
            None => ledger,
        }
    }

    fn no_later_than_end(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        self.ended.map_or(at, |ended| at.min(ended))
    }
}

pub(crate) fn naive(at: DateTime<Utc>) -> NaiveDateTime {
    local(at).naive_local()
}

fn utc(at: NaiveDateTime) -> DateTime<Utc> {
    (at - TimeDelta::seconds(ZONE.local_minus_utc().into())).and_utc()
}
