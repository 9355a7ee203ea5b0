//! When people file.
//!
//! The shape is the demo's own: it makes a year look like one, and no province was counted for it.

use base::Now;
use chrono::{Datelike, Timelike};
use worktime::{Calendar, DayKind};

/// How many file in each hour of the day, beside each other: before noon most, some in the evening, hardly any at night.
const HOURS: [u64; 24] = [1, 0, 0, 0, 0, 1, 3, 10, 24, 28, 22, 10, 6, 14, 22, 20, 14, 6, 4, 6, 8, 6, 3, 1];
/// On each day of the week, from Monday: much on the first, a little online at the weekend.
const WEEKDAYS: [u64; 7] = [24, 20, 18, 18, 16, 4, 2];
/// In each month: most after Tết, few while schools are closed, more again before the year ends.
const MONTHS: [u64; 12] = [9, 10, 14, 12, 10, 8, 6, 9, 11, 11, 12, 12];

/// How much has been filed by each moment of a simulation.
pub(super) struct Arrivals(Vec<u64>);

impl Arrivals {
    pub(super) fn new(moments: &[Now], calendar: &Calendar) -> Self {
        let weights = moments.iter().map(|at| weight(*at, calendar));
        let upto = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self(upto.collect())
    }

    /// How many of `all` have come by the moment of this number; all of them by the last.
    pub(super) fn due(&self, moment: usize, all: u32) -> u64 {
        let total = self.0.last().copied().unwrap_or(0);
        let upto = self.0.get(moment).copied().unwrap_or(total);
        if moment + 1 >= self.0.len() { u64::from(all) } else { u64::from(all) * upto / total.max(1) }
    }
}

fn weight(at: Now, calendar: &Calendar) -> u64 {
    let local = at.local();
    let holiday = |kind: DayKind| matches!(kind, DayKind::Holiday | DayKind::Compensatory);
    if calendar.day(local.date_naive()).is_some_and(|day| holiday(day.kind)) {
        return 0;
    }
    let of =
        |table: &[u64], slot: u32| usize::try_from(slot).ok().and_then(|slot| table.get(slot)).copied().unwrap_or(0);
    of(&HOURS, local.hour()) * of(&WEEKDAYS, local.weekday().num_days_from_monday()) * of(&MONTHS, local.month0())
}
