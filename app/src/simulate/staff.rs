//! Who is at work, and how soon they get to it.

use chrono::{Datelike, NaiveDate};
use system::{Caller, Officer};

/// Of a hundred looks around, how often an officer gets to the work that lies there.
const PACE: u64 = 40;
const SLOW: u64 = 10;
/// Every so many officers one is slow.
const ONE_SLOW: usize = 9;
/// Every so many weeks of work one is lost to illness.
const ILL: usize = 25;

/// The officers of the demo.
pub(super) struct Staff {
    pub(super) officers: Vec<Caller>,
    seed: usize,
}

impl Staff {
    pub(super) fn new(officers: Vec<Caller>, seed: u64) -> Self {
        Self { officers, seed: usize::try_from(seed % 1000).unwrap_or(0) }
    }

    /// Those who are there that day, each with their pace in percent.
    pub(super) fn on(&self, day: NaiveDate) -> impl Iterator<Item = (&Caller, &Officer, u64)> {
        let officers = self.officers.iter().enumerate().filter_map(|(number, caller)| {
            let officer = caller.officer().ok()?;
            Some((number, caller, officer))
        });
        officers.filter(move |(number, _, officer)| !self.is_ill(*number, officer, day)).map(
            |(number, caller, officer)| {
                let pace = if number % ONE_SLOW == ONE_SLOW / 2 { SLOW } else { PACE };
                (caller, officer, pace)
            },
        )
    }

    /// Ill for a week. Only where a colleague or a deputy has the same work in the inbox: nobody else could do it.
    fn is_ill(&self, number: usize, officer: &Officer, day: NaiveDate) -> bool {
        let week = usize::try_from(day.iso_week().week()).unwrap_or(0);
        let mut all = self.officers.iter().filter_map(|caller| caller.officer().ok());
        (number * 7 + week * 3 + self.seed).is_multiple_of(ILL) && all.any(|other| is_colleague(officer, other))
    }
}

fn is_colleague(officer: &Officer, other: &Officer) -> bool {
    let work = |one: &Officer| (one.agency, one.kind, one.unit.clone());
    officer.position != other.position && work(officer) == work(other)
}
