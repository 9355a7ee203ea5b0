//! A published version of a procedure, and which of several versions governs a day.

use std::sync::Arc;

use base::{Id, fold};
use chrono::{DateTime, NaiveDate, Utc};

use crate::answer::Answers;
use crate::package::{Channel, Level, Package};

/// A version as it was published, for ever.
#[derive(Debug)]
pub struct Version {
    pub id: Id,
    /// Its place in the order of publishing, from 1.
    pub publication: i64,
    pub published_at: DateTime<Utc>,
    /// Version of its process in `flow`.
    pub process: Id,
    pub package: Package,
    /// The name as it is sorted and searched.
    pub(crate) folded: String,
    pub(crate) answers: Answers,
}

impl Version {
    pub fn new(id: Id, publication: i64, published_at: DateTime<Utc>, process: Id, package: Package) -> Self {
        let answers = Answers::of(id, process, &package);
        let folded = fold(&package.procedure.name);
        Self { id, publication, published_at, process, package, folded, answers }
    }

    pub fn code(&self) -> &str {
        &self.package.procedure.code
    }

    pub fn name(&self) -> &str {
        &self.package.procedure.name
    }

    /// The first day.
    pub fn from(&self) -> NaiveDate {
        self.package.procedure.from
    }

    /// Whether people file it by itself; what is only a part of other procedures nobody files.
    pub fn is_offered(&self) -> bool {
        !self.package.procedure.channels().is_empty()
    }

    /// Whether it belongs to a life event, by the event's title.
    pub fn is_for(&self, event: &str) -> bool {
        self.package.procedure.service.iter().any(|service| service.life_events.iter().any(|title| title == event))
    }

    /// How much of it can be done online; `None` where it cannot be filed so.
    pub fn online(&self) -> Option<Level> {
        let service = self.package.procedure.service.as_ref()?;
        service.channels.contains(&Channel::Online).then_some(service.level)
    }
}

/// How a version stands to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Sắp có hiệu lực.
    Upcoming,
    /// Đang công khai.
    InForce,
    /// Hết hiệu lực.
    Ended,
    /// Corrected by a later publication from the same day on.
    Replaced,
}

impl Standing {
    /// Key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Upcoming => "procedures-upcoming",
            Self::InForce => "procedures-in-force",
            Self::Ended => "procedures-ended",
            Self::Replaced => "procedures-replaced",
        }
    }

    /// Colour of its tag.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::InForce => "ok",
            Self::Upcoming => "warn",
            Self::Ended | Self::Replaced => "wait",
        }
    }
}

/// A version with the time for which it really holds, later versions considered.
#[derive(Clone, Debug)]
pub struct Dated {
    pub version: Arc<Version>,
    pub last_day: Option<NaiveDate>,
    pub standing: Standing,
}

/// All versions of one procedure, by first day and, within a day, by publication.
///
/// The last one that has begun governs, whether or not an earlier one named an end: a new version takes the place of the
/// one before, and a correction published later takes the place of the version of the same day.
#[derive(Clone, Debug, Default)]
pub struct Line(Vec<Arc<Version>>);

impl Line {
    pub fn add(&mut self, version: Arc<Version>) {
        self.0.push(version);
        self.0.sort_by_key(|version| (version.from(), version.publication));
    }

    /// The version that dossiers received on that day follow.
    pub fn in_force(&self, day: NaiveDate) -> Option<&Arc<Version>> {
        let begun = self.0.iter().rev().find(|version| version.from() <= day);
        begun.filter(|version| version.package.procedure.holds_on(day))
    }

    /// The one with the latest first day.
    pub(crate) fn last(&self) -> Option<&Arc<Version>> {
        self.0.last()
    }

    /// What to show of the procedure on that day: the version in force, else the next to come, else the last one.
    pub fn shown(&self, day: NaiveDate) -> Option<&Arc<Version>> {
        let to_come = || {
            let first = self.0.iter().map(|version| version.from()).find(|from| *from > day)?;
            self.0.iter().rev().find(|version| version.from() == first)
        };
        self.in_force(day).or_else(to_come).or_else(|| self.0.last())
    }

    /// The version of this id; without one, what is shown on that day.
    pub(crate) fn wanted(&self, id: Option<Id>, day: NaiveDate) -> Option<&Arc<Version>> {
        match id {
            Some(id) => self.0.iter().find(|version| version.id == id),
            None => self.shown(day),
        }
    }

    /// Every version, the newest first.
    pub fn dated(&self, day: NaiveDate) -> Vec<Dated> {
        let dated = |(index, version): (usize, &Arc<Version>)| {
            let next = self.0.get(index + 1).map(|next| next.from());
            let replaced = next == Some(version.from());
            let own = version.package.procedure.to;
            let last_day = match next.and_then(|next| next.pred_opt()) {
                Some(before) if !replaced => Some(own.map_or(before, |own| own.min(before))),
                _ => own,
            };
            let standing = if replaced {
                Standing::Replaced
            } else if day < version.from() {
                Standing::Upcoming
            } else if last_day.is_some_and(|last| last < day) {
                Standing::Ended
            } else {
                Standing::InForce
            };
            Dated { version: version.clone(), last_day, standing }
        };
        self.0.iter().enumerate().map(dated).rev().collect()
    }
}

#[cfg(test)]
mod tests {
    use base::Now;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Versions by first and last day, in the order of publishing.
    fn line(versions: &[(&str, Option<&str>)]) -> Line {
        let now = Now::parse("2025-01-01T08:00:00+07:00");
        let package = Package::embedded().unwrap().remove(0);
        let mut line = Line::default();
        for (number, (from, to)) in (1..).zip(versions) {
            let mut package = package.clone();
            package.procedure.from = day(from);
            package.procedure.to = to.map(day);
            line.add(Arc::new(Version::new(Id::new(now), number, now.utc(), Id::new(now), package)));
        }
        line
    }

    fn governs(line: &Line, on: &str) -> Option<i64> {
        line.in_force(day(on)).map(|version| version.publication)
    }

    #[test]
    fn the_last_version_begun_governs_until_its_end() {
        let line = line(&[("2020-01-01", None), ("2025-07-01", Some("2025-12-31"))]);
        for (on, version) in [
            ("2019-12-31", None),
            ("2020-01-01", Some(1)),
            ("2025-06-30", Some(1)),
            ("2025-07-01", Some(2)),
            ("2025-12-31", Some(2)),
            ("2026-01-01", None),
        ] {
            assert_eq!(governs(&line, on), version, "{on}");
        }
    }

    #[test]
    fn a_correction_takes_the_place_of_its_version_and_may_end_it() {
        let line = line(&[("2020-01-01", None), ("2020-01-01", Some("2025-02-28"))]);
        assert_eq!(governs(&line, "2025-02-28"), Some(2));
        assert_eq!(governs(&line, "2025-03-01"), None);
        let standings: Vec<Standing> = line.dated(day("2025-03-01")).iter().map(|dated| dated.standing).collect();
        assert_eq!(standings, [Standing::Ended, Standing::Replaced]);
    }

    #[test]
    fn a_version_lasts_until_the_next_one_begins() {
        let line = line(&[("2020-01-01", None), ("2025-07-01", None), ("2027-01-01", None)]);
        let dated = line.dated(day("2026-01-01"));
        let told: Vec<_> = dated.iter().map(|dated| (dated.standing, dated.last_day)).collect();
        assert_eq!(
            told,
            [
                (Standing::Upcoming, None),
                (Standing::InForce, Some(day("2026-12-31"))),
                (Standing::Ended, Some(day("2025-06-30"))),
            ]
        );
    }

    #[test]
    fn what_is_shown_is_in_force_or_nearest() {
        let line = line(&[("2021-01-01", Some("2021-12-31")), ("2023-01-01", Some("2023-12-31"))]);
        for (on, version) in
            [("2020-05-05", 1), ("2021-05-05", 1), ("2022-05-05", 2), ("2023-05-05", 2), ("2024-05-05", 2)]
        {
            assert_eq!(line.shown(day(on)).unwrap().publication, version, "{on}");
        }
    }
}
