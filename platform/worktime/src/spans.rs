//! Stretches of local time: the hours of a calendar, and those left when pauses are taken out.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::calendar::{Calendar, Day};
use crate::rules::Session;

/// A stretch of local time; the end is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: NaiveDateTime,
    pub(crate) to: NaiveDateTime,
}

impl Span {
    fn of(date: NaiveDate, session: Session) -> Self {
        let at = |minute: u16| date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into());
        Self { from: at(session.opens()), to: at(session.closes()) }
    }

    pub(crate) fn length(self) -> TimeDelta {
        self.to - self.from
    }

    fn is_empty(self) -> bool {
        self.to <= self.from
    }

    /// The part before `end`.
    pub(crate) fn until(self, end: NaiveDateTime) -> Self {
        Self { to: self.to.min(end), ..self }
    }
}

/// When a day is over for those who count days: when its counting hours end, on a day off at midnight.
pub(crate) fn end_of(day: &Day) -> NaiveDateTime {
    day.sessions.last().map_or_else(|| midnight_after(day.date), |&session| Span::of(day.date, session).to)
}

/// The first instant of the next day.
pub(crate) fn midnight_after(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN) + TimeDelta::days(1)
}

impl Calendar {
    /// Days from `date` on, to the end of what the calendar knows.
    pub(crate) fn days_from(&self, date: NaiveDate) -> impl Iterator<Item = &Day> {
        date.iter_days().map_while(|date| self.day(date))
    }

    /// Counting hours from `from` on, the first of them cut there.
    pub(crate) fn hours_from(&self, from: NaiveDateTime) -> impl Iterator<Item = Span> {
        self.days_from(from.date())
            .flat_map(|day| day.sessions.iter().map(|&session| Span::of(day.date, session)))
            .map(move |span| Span { from: span.from.max(from), ..span })
            .filter(|span| !span.is_empty())
    }

    /// Counting hours within a span, standstills taken out.
    pub(crate) fn worked(&self, span: Span, standstills: &Standstills) -> TimeDelta {
        self.hours_from(span.from)
            .take_while(|hours| hours.from < span.to)
            .flat_map(|hours| standstills.taken_from(hours.until(span.to)))
            .map(Span::length)
            .sum()
    }
}

/// The times during which a clock stands still, apart and in order. One without an end reaches to the end of time.
pub(crate) struct Standstills(Vec<Span>);

impl Standstills {
    pub(crate) fn new(pauses: impl Iterator<Item = (NaiveDateTime, Option<NaiveDateTime>)>) -> Self {
        let mut spans: Vec<Span> = pauses
            .map(|(from, to)| Span { from, to: to.unwrap_or(NaiveDateTime::MAX) })
            .filter(|span| !span.is_empty())
            .collect();
        spans.sort_by_key(|span| span.from);
        let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match apart.last_mut() {
                Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
                _ => apart.push(span),
            }
        }
        Self(apart)
    }

    pub(crate) const fn none() -> Self {
        Self(Vec::new())
    }

    /// The ledger as it stood at `at`: what came later is forgotten, what was running ends there.
    pub(crate) fn as_of(&self, at: NaiveDateTime) -> Self {
        Self(self.0.iter().map(|span| span.until(at)).filter(|span| !span.is_empty()).collect())
    }

    /// Since when the clock has stood still without an end in sight.
    pub(crate) fn open_since(&self) -> Option<NaiveDateTime> {
        self.0.last().filter(|span| span.to == NaiveDateTime::MAX).map(|span| span.from)
    }

    pub(crate) fn stand_at(&self, at: NaiveDateTime) -> bool {
        self.0.iter().any(|span| span.from <= at && at < span.to)
    }

    /// Whether the clock stands still in the last instant before `at`.
    pub(crate) fn stand_before(&self, at: NaiveDateTime) -> bool {
        self.0.iter().any(|span| span.from < at && at <= span.to)
    }

    /// What is left of a span.
    pub(crate) fn taken_from(&self, span: Span) -> impl Iterator<Item = Span> {
        let starts = std::iter::once(span.from).chain(self.0.iter().map(|still| still.to));
        let ends = self.0.iter().map(|still| still.from).chain(std::iter::once(span.to));
        starts
            .zip(ends)
            .map(move |(from, to)| Span { from: from.max(span.from), to: to.min(span.to) })
            .filter(|gap| !gap.is_empty())
    }
}
