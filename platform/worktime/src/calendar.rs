//! The calendar of one office: the layers of [`Rules`] put together, asked day by day.

mod year;

use std::sync::OnceLock;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc, Weekday};

use crate::rules::{Legal, Period, Rules, RulesError, Session, Timetable};
use crate::spans::end_of;

/// Years a calendar can answer for: from before the oldest electronic dossier to past any deadline of a running one.
const FIRST_YEAR: i32 = 2000;
const YEARS: usize = 150;

/// The days of one office. Years are worked out when first asked for and kept, so share one calendar, never rebuild it.
#[derive(Debug)]
pub struct Calendar {
    layers: Vec<Rules>,
    years: Box<[OnceLock<Vec<Day>>]>,
}

/// One day as one office lives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub kind: DayKind,
    /// Why the day is off or worked against the weekly rule.
    pub reason: Option<Reason>,
    /// Hours that count, in order; empty on a day off.
    pub sessions: Vec<Session>,
    /// Hours that receive and return but do not count.
    pub desk: Vec<Session>,
}

impl Day {
    /// Whether any hour of the day counts.
    pub const fn is_working(&self) -> bool {
        !self.sessions.is_empty()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    Working,
    /// A rest day worked in exchange for another.
    SwapWork,
    WeeklyRest,
    Holiday,
    /// Off because a holiday fell on a weekly rest day.
    Compensatory,
    /// A working day off in exchange for another.
    SwapOff,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The holiday, or what the decision calls the day.
    pub name: String,
    pub legal: Legal,
    /// The other day of an exchange, or the holiday a compensatory day makes up for.
    pub stands_for: Option<NaiveDate>,
}

impl Calendar {
    /// Puts layers together, the widest first: national, province, agency. A closer layer's weekly hours, desk hours,
    /// day length, cut-off and decided days take the place of a wider one's on the days on which it has any;
    /// its holidays are added, or take the place of those with the same id.
    pub fn new(layers: Vec<Rules>) -> Result<Self, RulesError> {
        layers.iter().try_for_each(Rules::check)?;
        Ok(Self::of(layers))
    }

    /// Of what counts at any hour of any day, in the same years.
    pub(crate) fn round_the_clock() -> &'static Self {
        static ALWAYS: OnceLock<Calendar> = OnceLock::new();
        ALWAYS.get_or_init(|| Self::of(vec![Rules::round_the_clock()]))
    }

    fn of(layers: Vec<Rules>) -> Self {
        Self { layers, years: (0..YEARS).map(|_| OnceLock::new()).collect() }
    }

    /// `None` outside the years 2000 to 2149.
    pub fn day(&self, date: NaiveDate) -> Option<&Day> {
        let slot = usize::try_from(date.year() - FIRST_YEAR).ok()?;
        let year = self.years.get(slot)?.get_or_init(|| year::days(&self.layers, date.year()));
        year.get(date.ordinal0() as usize)
    }

    /// Minutes that one working day is worth on that day, where any layer says so.
    pub fn day_minutes(&self, date: NaiveDate) -> Option<u32> {
        self.closest(date, |rules| &rules.day_length, |entry| &entry.in_force).map(|entry| entry.minutes)
    }

    /// When the hours of a day end; `None` on a day off.
    pub fn closes(&self, date: NaiveDate) -> Option<DateTime<Utc>> {
        let day = self.day(date).filter(|day| day.is_working())?;
        Some((end_of(day) - base::ZONE).and_utc())
    }

    /// The usual time of day after which what comes in counts from the next working day. Clocks carry their own
    /// ([`crate::Terms::cut_off`]), so that a change of the rule leaves running ones alone.
    pub fn cut_off(&self, date: NaiveDate) -> Option<NaiveTime> {
        self.closest(date, |rules| &rules.cut_off, |entry| &entry.in_force).map(|entry| entry.time)
    }

    fn closest<'a, T>(
        &'a self,
        date: NaiveDate,
        entries: impl Fn(&'a Rules) -> &'a Vec<T>,
        in_force: impl Fn(&T) -> &Period,
    ) -> Option<&'a T> {
        self.layers
            .iter()
            .rev()
            .find_map(|rules| entries(rules).iter().rev().find(|entry| in_force(entry).holds_on(date)))
    }
}

/// Hours of a weekday by the timetable in force on a date; the closest layer that has one decides alone.
fn weekly<'a>(
    layers: &'a [Rules],
    timetables: impl Fn(&'a Rules) -> &'a [Timetable],
    date: NaiveDate,
    weekday: Weekday,
) -> Vec<Session> {
    layers
        .iter()
        .rev()
        .find_map(|rules| timetables(rules).iter().rev().find(|timetable| timetable.holds_on(date)))
        .map(|timetable| timetable.sessions(weekday).collect())
        .unwrap_or_default()
}
