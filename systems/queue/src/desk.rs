//! A desk: the kinds of business that people come for, the counters that serve them, and how fast its queue moves.

use base::Id;
use chrono::{DateTime, Utc};

/// What people come for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    pub id: Id,
    pub agency: Id,
    /// One capital letter; stands before the number of a ticket.
    pub letter: String,
    pub name: String,
}

/// Where people are served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    pub id: Id,
    pub agency: Id,
    pub number: i64,
    pub name: String,
    /// The kinds that it serves.
    pub serves: Vec<Id>,
}

/// Fewer calls than these say nothing of how fast the queue moves.
const CALLS: usize = 4;

/// Minutes until somebody with `before` others before them is called, by the last calls of the same day, in any order;
/// `None` while there are too few of them.
pub fn wait(calls: &[DateTime<Utc>], before: i64) -> Option<i64> {
    let (first, last) = (calls.iter().min()?, calls.iter().max()?);
    let gaps = i64::try_from(calls.len()).ok()? - 1;
    if calls.len() < CALLS {
        return None;
    }
    Some(((*last - *first).num_seconds() * (before + 1) / gaps + 59) / 60)
}

/// The value below which `percent` of a hundred lie, by the nearest rank; `None` of nothing.
pub fn percentile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_wait_follows_from_the_pace_of_the_day_and_nothing_is_said_without_one() {
        let start = DateTime::UNIX_EPOCH;
        let calls: Vec<_> = [0, 4, 8, 12].map(|minutes| start + TimeDelta::minutes(minutes)).into();
        assert_eq!(wait(&calls, 0), Some(4), "the next one comes after one pause between calls");
        assert_eq!(wait(&calls, 4), Some(20));
        assert_eq!(wait(&calls[..3], 4), None);
        assert_eq!(wait(&[], 0), None);
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 60];
        assert_eq!((percentile(&waits, 50), percentile(&waits, 90)), (Some(5), Some(9)));
        assert_eq!((percentile(&[7], 50), percentile(&[7], 90)), (Some(7), Some(7)));
        assert_eq!(percentile(&[], 50), None);
    }
}
