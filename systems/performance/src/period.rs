//! The time that figures are about: a month, a quarter or a year of Vietnam.

use std::fmt;
use std::str::FromStr;

use base::{Error, Now, Result, ZONE};
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, Utc};

/// Written `2026-10`, `2026-q4`, `2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Month { year: i32, month: u32 },
    Quarter { year: i32, quarter: u32 },
    Year { year: i32 },
}

/// Whole months of a period, and the moment as of which what is open is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day of the first month.
    pub from: NaiveDate,
    /// First day of the month after the last.
    pub to: NaiveDate,
    /// The end of the last month, or now where that is sooner.
    pub end: DateTime<Utc>,
}

/// The months of a quarter.
const QUARTER: u32 = 3;
/// Figures of other times are asked for by mistake only.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

impl Period {
    /// The month that `now` lies in.
    pub fn this_month(now: Now) -> Self {
        Self::month_of(now.today())
    }

    /// The month before, which is the newest that is over.
    pub fn last_month(now: Now) -> Self {
        Self::month_of(now.today().checked_sub_months(Months::new(1)).unwrap_or(now.today()))
    }

    pub fn month_of(day: NaiveDate) -> Self {
        Self::Month { year: day.year(), month: day.month() }
    }

    pub fn quarter_of(day: NaiveDate) -> Self {
        Self::Quarter { year: day.year(), quarter: day.month0() / QUARTER + 1 }
    }

    /// The period of the same kind before this one.
    #[must_use]
    pub fn before(self) -> Self {
        match self {
            Self::Month { year, month: 1 } => Self::Month { year: year - 1, month: 12 },
            Self::Month { year, month } => Self::Month { year, month: month - 1 },
            Self::Quarter { year, quarter: 1 } => Self::Quarter { year: year - 1, quarter: 4 },
            Self::Quarter { year, quarter } => Self::Quarter { year, quarter: quarter - 1 },
            Self::Year { year } => Self::Year { year: year - 1 },
        }
    }

    /// First day, and first day after.
    fn months(self) -> (NaiveDate, NaiveDate) {
        let (year, first, many) = match self {
            Self::Month { year, month } => (year, month, 1),
            Self::Quarter { year, quarter } => (year, (quarter - 1) * QUARTER + 1, QUARTER),
            Self::Year { year } => (year, 1, 12),
        };
        let from = NaiveDate::from_ymd_opt(year, first, 1).unwrap_or_default();
        (from, from + Months::new(many))
    }

    /// All of it; what lies ahead counts nothing yet.
    pub fn span(self, now: Now) -> Span {
        let (from, to) = self.months();
        Span { from, to, end: beginning(to).min(now.utc()) }
    }

    /// Its months that are over: the national indicators are of no month that is not. `None` when none is.
    pub fn finished(self, now: Now) -> Option<Span> {
        let (from, to) = self.months();
        let this = now.today().with_day(1)?;
        let to = to.min(this);
        (from < to).then(|| Span { from, to, end: beginning(to) })
    }
}

/// Midnight in Vietnam.
pub(crate) fn beginning(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    midnight.and_local_timezone(ZONE).single().map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { year, month } => write!(f, "{year}-{month:02}"),
            Self::Quarter { year, quarter } => write!(f, "{year}-q{quarter}"),
            Self::Year { year } => write!(f, "{year}"),
        }
    }
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let within = |text: &str, last: u32| text.parse().ok().filter(|number| (1..=last).contains(number));
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        let year = year.parse().ok().filter(|year| YEARS.contains(year));
        let period = year.and_then(|year| match part {
            None => Some(Self::Year { year }),
            Some(part) => match part.strip_prefix('q') {
                Some(quarter) => within(quarter, 4).map(|quarter| Self::Quarter { year, quarter }),
                None => within(part, 12).map(|month| Self::Month { year, month }),
            },
        });
        period.ok_or_else(|| Error::invalid("ky", "performance-period-unknown"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(period: &str) -> (String, String) {
        let (from, to) = period.parse::<Period>().unwrap().months();
        (from.to_string(), to.to_string())
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in ["2026-01", "2026-12", "2026-q1", "2026-q4", "2026"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for text in ["", "2026-", "2026-13", "2026-00", "2026-q0", "2026-q5", "1999", "2026-10-01", "năm nay"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_period_is_whole_months() {
        assert_eq!(days("2026-12"), ("2026-12-01".to_owned(), "2027-01-01".to_owned()));
        assert_eq!(days("2026-q4"), ("2026-10-01".to_owned(), "2027-01-01".to_owned()));
        assert_eq!(days("2026"), ("2026-01-01".to_owned(), "2027-01-01".to_owned()));
    }

    #[test]
    fn a_month_that_is_not_over_is_no_part_of_the_indicators() {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let finished = |text: &str| text.parse::<Period>().unwrap().finished(now);
        assert_eq!(finished("2026-11"), None);
        assert_eq!(finished("2026-q4").unwrap().to.to_string(), "2026-11-01");
        assert_eq!(finished("2026").unwrap().end, Now::parse("2026-11-01T00:00:00+07:00").utc());
        assert_eq!(finished("2027"), None);
    }

    #[test]
    fn the_period_before_is_of_the_same_kind() {
        for (period, before) in [("2026-01", "2025-12"), ("2026-q1", "2025-q4"), ("2026", "2025")] {
            assert_eq!(period.parse::<Period>().unwrap().before().to_string(), before);
        }
    }
}
