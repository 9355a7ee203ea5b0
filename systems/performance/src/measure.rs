//! What is kept in sums: how much of each measure a dossier adds to which cell.

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};

use base::Id;
use chrono::NaiveDate;

use crate::fact::{Fact, Outcome};

/// One number that a cell keeps. Those until `Minutes` stand in the cell of the month of receipt, the others in that of
/// the month of the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    Received,
    /// Sent in through the portal.
    Online,
    /// Sent in through the portal, and with an electronic result where there is to be a result.
    OnlineComplete,
    /// With a fee above nothing.
    FeeDue,
    /// With a fee, and paid through the gateway.
    PaidOnline,
    /// Of a procedure that has a result on paper.
    ResultDue,
    /// Whose result was issued as an electronic paper.
    Electronic,
    /// All components data, and an electronic result.
    Digitised,
    /// At least one component that nobody had to hand in again.
    Reused,
    /// It was known whose it is when it was sent in.
    Identified,
    /// The national portal has it.
    KnownNationally,
    /// The applicant said that it does not satisfy.
    Disliked,
    /// Ended, and late.
    FinishedLate,
    /// Come to state 9.
    Resolved,
    /// From receipt to state 9, of the resolved.
    Minutes,
    Closed,
    ClosedEarly,
    ClosedOnTime,
    ClosedLate,
}

impl Measure {
    pub const ALL: [Self; 19] = [
        Self::Received,
        Self::Online,
        Self::OnlineComplete,
        Self::FeeDue,
        Self::PaidOnline,
        Self::ResultDue,
        Self::Electronic,
        Self::Digitised,
        Self::Reused,
        Self::Identified,
        Self::KnownNationally,
        Self::Disliked,
        Self::FinishedLate,
        Self::Resolved,
        Self::Minutes,
        Self::Closed,
        Self::ClosedEarly,
        Self::ClosedOnTime,
        Self::ClosedLate,
    ];

    /// Its column.
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Online => "online",
            Self::OnlineComplete => "online_complete",
            Self::FeeDue => "fee_due",
            Self::PaidOnline => "paid_online",
            Self::ResultDue => "result_due",
            Self::Electronic => "electronic",
            Self::Digitised => "digitised",
            Self::Reused => "reused",
            Self::Identified => "identified",
            Self::KnownNationally => "known_nationally",
            Self::Disliked => "disliked",
            Self::FinishedLate => "finished_late",
            Self::Resolved => "resolved",
            Self::Minutes => "minutes",
            Self::Closed => "closed",
            Self::ClosedEarly => "closed_early",
            Self::ClosedOnTime => "closed_on_time",
            Self::ClosedLate => "closed_late",
        }
    }
}

/// A number for each measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([i64; Measure::ALL.len()]);

impl Index<Measure> for Counts {
    type Output = i64;

    fn index(&self, measure: Measure) -> &i64 {
        &self.0[measure as usize]
    }
}

impl IndexMut<Measure> for Counts {
    fn index_mut(&mut self, measure: Measure) -> &mut i64 {
        &mut self.0[measure as usize]
    }
}

impl Counts {
    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|count| *count == 0)
    }

    pub(crate) fn add(&mut self, other: &Self, times: i64) {
        for measure in Measure::ALL {
            self[measure] += other[measure] * times;
        }
    }
}

/// Which cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The first day of the month.
    pub month: NaiveDate,
    pub agency: Id,
    pub procedure: String,
    pub channel: String,
    /// Follows from the procedure, unless that was moved to another field in between.
    pub field: String,
}

impl Cell {
    /// Of no agency, procedure, channel or field yet.
    pub(crate) fn of_month(month: NaiveDate) -> Self {
        let agency = Id::from_uuid(uuid::Uuid::nil());
        Self { month, agency, procedure: String::new(), channel: String::new(), field: String::new() }
    }
}

/// What cells hold, or by how much they change.
pub type Sums = BTreeMap<Cell, Counts>;

/// Adds what a dossier adds to its cells, `times` over: 1 to count it in, -1 to take it out.
pub fn count(sums: &mut Sums, fact: &Fact, times: i64) {
    let cell = |month| Cell {
        month,
        agency: fact.agency,
        procedure: fact.procedure.clone(),
        channel: fact.channel.clone(),
        field: fact.field.clone(),
    };
    if let Some(month) = fact.month() {
        sums.entry(cell(month)).or_default().add(&of_receipt(fact), times);
    }
    if let Some((month, outcome)) = fact.end_month().zip(fact.outcome()) {
        sums.entry(cell(month)).or_default().add(&of_end(outcome), times);
    }
}

fn of_receipt(fact: &Fact) -> Counts {
    let online = fact.channel == "online";
    let mut counts = Counts::default();
    let holds = [
        (Measure::Received, true),
        (Measure::Online, online),
        (Measure::OnlineComplete, online && (fact.electronic || !fact.result_due)),
        (Measure::FeeDue, fact.fee > 0),
        (Measure::PaidOnline, fact.fee > 0 && fact.paid_online),
        (Measure::ResultDue, fact.result_due),
        (Measure::Electronic, fact.result_due && fact.electronic),
        (Measure::Digitised, fact.electronic && fact.digitised == fact.components),
        (Measure::Reused, fact.reused > 0),
        (Measure::Identified, fact.identified),
        (Measure::KnownNationally, fact.known_nationally),
        (Measure::Disliked, fact.disliked),
        (Measure::FinishedLate, fact.outcome() == Some(Outcome::Late)),
        (Measure::Resolved, fact.minutes.is_some()),
    ];
    for (measure, holds) in holds {
        counts[measure] = i64::from(holds);
    }
    counts[Measure::Minutes] = fact.minutes.unwrap_or(0);
    counts
}

fn of_end(outcome: Outcome) -> Counts {
    let mut counts = Counts::default();
    counts[Measure::Closed] = 1;
    counts[match outcome {
        Outcome::Early => Measure::ClosedEarly,
        Outcome::OnTime => Measure::ClosedOnTime,
        Outcome::Late => Measure::ClosedLate,
    }] = 1;
    counts
}
