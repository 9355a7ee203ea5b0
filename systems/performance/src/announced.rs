//! Whether procedures are announced and made public in time, and have all their parts.

use std::collections::BTreeMap;

use base::{Now, Result, local};
use chrono::NaiveDate;
use contracts::figures::{PublishedVersion, PublishedVersions};
use province::IndicatorTerms;
use system::App;
use worktime::Calendar;
use worktime::ledger::Calendars;

use crate::period::Span;
use crate::rules;
use crate::term::{due, last_day_before};

/// How a step stands to its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timely {
    InTime,
    /// Nobody knows when it was decided.
    Unknown,
    Late,
}

/// A version that was announced in a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Announced {
    pub version: PublishedVersion,
    /// Decided so long before its first day.
    pub decided: Timely,
    /// Made public so soon after the decision.
    pub published: Timely,
}

/// Procedures of a time, each counted once: by the worst of its versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub decided: Judged,
    pub published: Judged,
    /// Of which one or the other is not known.
    pub unknown: i64,
}

/// Those of which it is known whether they are in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Judged {
    pub all: i64,
    pub in_time: i64,
}

impl Judged {
    fn add(&mut self, timely: Timely) {
        self.all += i64::from(timely != Timely::Unknown);
        self.in_time += i64::from(timely == Timely::InTime);
    }
}

impl Announced {
    fn of(version: PublishedVersion, terms: &IndicatorTerms, calendar: &Calendar) -> Result<Self> {
        let timely = |in_time| if in_time { Timely::InTime } else { Timely::Late };
        let Some(day) = version.decided else {
            return Ok(Self { version, decided: Timely::Unknown, published: Timely::Unknown });
        };
        let announce_by = last_day_before(&terms.announce_procedure, version.from, calendar);
        // The time begins with the day, at whatever hour somebody signed.
        let publish_by = due(&terms.publish_procedure, crate::period::beginning(day), calendar)?;
        let published = timely(version.published_at <= publish_by);
        Ok(Self { decided: timely(day <= announce_by), published, version })
    }
}

/// The versions that were decided in the span, by code and then by publication; one of which nobody knows when it was decided
/// is of the time in which it was made public. `None` where nobody knows procedures.
pub(crate) fn announced(app: &App, now: Now, span: &Span) -> Result<Option<Vec<Announced>>> {
    let Some(catalogue) = app.ask::<dyn PublishedVersions>() else { return Ok(None) };
    // Procedures are the province's: its common days count.
    let calendar = app.parts.get::<Calendars>()?.common();
    let terms = &rules()?.terms;
    let day = |version: &PublishedVersion| -> NaiveDate {
        version.decided.unwrap_or_else(|| local(version.published_at).date_naive())
    };
    let of_span = catalogue.published(now).into_iter().filter(|version| (span.from..span.to).contains(&day(version)));
    let judged: Result<Vec<Announced>> = of_span.map(|version| Announced::of(version, terms, &calendar)).collect();
    let mut judged = judged?;
    judged.sort_by(|one, other| one.version.code.cmp(&other.version.code));
    Ok(Some(judged))
}

/// One late version makes a procedure late; else one that nobody knows of makes it unknown.
pub(crate) fn tally(announced: &[Announced]) -> Tally {
    let mut worst: BTreeMap<&str, (Timely, Timely)> = BTreeMap::new();
    for one in announced {
        let seen = worst.entry(&one.version.code).or_insert((one.decided, one.published));
        *seen = (seen.0.max(one.decided), seen.1.max(one.published));
    }
    let mut tally = Tally::default();
    for (decided, published) in worst.into_values() {
        tally.decided.add(decided);
        tally.published.add(published);
        tally.unknown += i64::from([decided, published].contains(&Timely::Unknown));
    }
    tally
}

#[cfg(test)]
mod tests {
    use base::Id;

    use super::*;
    use crate::fixture::calendars;

    /// Decided, in force from, published; all in June 2026.
    fn one(code: &str, decided: Option<&str>, from: &str, published: &str) -> Announced {
        let version = PublishedVersion {
            code: code.to_owned(),
            name: code.to_owned(),
            decided: decided.map(|day| format!("2026-06-{day}").parse().unwrap()),
            from: format!("2026-06-{from}").parse().unwrap(),
            published_at: Now::parse(&format!("2026-06-{published}:00+07:00")).utc(),
            missing: Vec::new(),
            charges: false,
        };
        let calendar = calendars().of(Id::new(Now::parse("2026-06-01T08:00:00+07:00")));
        Announced::of(version, &rules().unwrap().terms, &calendar).unwrap()
    }

    #[test]
    fn a_decision_comes_five_working_days_before_and_publication_five_after() {
        // Monday the 8th to Monday the 15th.
        let judged = |decided, from, published| {
            let one = one("1", Some(decided), from, published);
            (one.decided, one.published)
        };
        assert_eq!(judged("08", "15", "15T17:00"), (Timely::InTime, Timely::InTime));
        assert_eq!(judged("09", "15", "16T17:01"), (Timely::Late, Timely::Late));
        assert_eq!(judged("08", "15", "16T07:00"), (Timely::InTime, Timely::Late));
    }

    #[test]
    fn what_nobody_knows_is_neither_in_time_nor_late() {
        let unknown = one("2", None, "15", "01T08:00");
        let good = one("1", Some("08"), "15", "09T08:00");
        let late = one("1", Some("12"), "15", "15T08:00");
        assert_eq!(tally(&[]), Tally::default());
        let (kept, missed) = (Judged { all: 1, in_time: 1 }, Judged { all: 1, in_time: 0 });
        let expected = Tally { decided: kept, published: kept, unknown: 1 };
        assert_eq!(tally(&[good.clone(), unknown.clone()]), expected);
        let expected = Tally { decided: missed, published: kept, unknown: 0 };
        assert_eq!(tally(&[good, late.clone()]), expected, "one late version makes its procedure late");
        let unknown = Announced { version: late.version.clone(), ..unknown };
        let expected = Tally { decided: missed, published: Judged::default(), unknown: 1 };
        assert_eq!(tally(&[unknown, late]), expected, "whatever nobody knows of another");
    }
}
