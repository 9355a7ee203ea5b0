use std::sync::Mutex;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};

/// Vietnam keeps UTC+7 all year (Decision 134/CP of 1967; no daylight saving time since).
pub const ZONE: FixedOffset = match FixedOffset::east_opt(7 * 3600) {
    Some(zone) => zone,
    None => unreachable!(),
};

/// An instant as people in Vietnam read it.
pub fn local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&ZONE)
}

/// Nothing that people date is older.
const FIRST_YEAR: i32 = 1800;

/// A day as addresses, files and forms carry it: ISO 8601, four digits of a year, nothing else. Days that are further off than
/// anybody means would run out of the calendar where something is added to them.
pub fn iso_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| text.len() == 10 && day.year() >= FIRST_YEAR)
}

/// When a day in Vietnam begins, and when the next one does.
pub fn hours_of(day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let begins = (day.and_time(NaiveTime::MIN) - ZONE).and_utc();
    (begins, begins + TimeDelta::days(1))
}

/// The moment at which a request or a job counts as done; taken once and passed on,
/// so that everything written together bears one time. Microseconds: what both databases keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Now(DateTime<Utc>);

impl Now {
    pub fn at(instant: DateTime<Utc>) -> Self {
        let micros = instant.timestamp_micros();
        Self(DateTime::from_timestamp_micros(micros).unwrap_or(instant))
    }

    /// For tests and demo data written as RFC 3339.
    ///
    /// # Panics
    /// When `text` is no time.
    #[expect(clippy::panic, reason = "its callers pass literals")]
    pub fn parse(text: &str) -> Self {
        match DateTime::parse_from_rfc3339(text) {
            Ok(at) => Self::at(at.to_utc()),
            Err(error) => panic!("{text}: {error}"),
        }
    }

    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }

    pub fn local(self) -> DateTime<FixedOffset> {
        local(self.0)
    }

    /// The day in Vietnam.
    pub fn today(self) -> NaiveDate {
        self.local().date_naive()
    }

    /// The year in Vietnam.
    pub fn year(self) -> i32 {
        self.today().year()
    }
}

/// Where the time comes from. Programs take [`SystemClock`]; tests and the simulation take [`FixedClock`].
pub trait Clock: Send + Sync {
    fn now(&self) -> Now;
}

pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Now {
        Now::at(Utc::now())
    }
}

/// A clock that stands still until it is set.
pub struct FixedClock(Mutex<Now>);

impl FixedClock {
    pub fn new(now: Now) -> Self {
        Self(Mutex::new(now))
    }

    pub fn set(&self, now: Now) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Now {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_vietnams_day() {
        let now = Now::parse("2026-12-31T17:30:00Z");
        assert_eq!(now.today(), NaiveDate::from_ymd_opt(2027, 1, 1).unwrap());
        assert_eq!(now.year(), 2027);
    }

    #[test]
    fn a_day_has_the_hours_of_vietnam() {
        let (from, to) = hours_of(NaiveDate::from_ymd_opt(2026, 12, 31).unwrap());
        assert_eq!(from.to_rfc3339(), "2026-12-30T17:00:00+00:00");
        assert_eq!(to.to_rfc3339(), "2026-12-31T17:00:00+00:00");
    }

    #[test]
    fn a_day_has_four_digits_of_a_year() {
        assert_eq!(iso_day("2026-12-31"), NaiveDate::from_ymd_opt(2026, 12, 31));
        for wrong in ["+262142-12-31", "1799-12-31", "2026-1-5", "2026-02-30", "31/12/2026", ""] {
            assert_eq!(iso_day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_moment_is_kept_to_the_microsecond() {
        let now = Now::at("2026-01-01T00:00:00.123456789Z".parse().unwrap());
        assert_eq!(now.utc().timestamp_subsec_nanos(), 123_456_000);
    }
}
