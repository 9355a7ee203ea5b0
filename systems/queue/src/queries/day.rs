//! What a day was like, counter by counter.

use std::collections::BTreeMap;

use base::{Id, Result};
use chrono::NaiveDate;
use store::{Connection, Sql};
use system::Officer;

use crate::desk::percentile;
use crate::tables::{TICKET, ticket};
use crate::ticket::State;

/// A counter's day, from the rows of its tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CounterDay {
    pub served: usize,
    pub absent: usize,
    /// Minutes that half and nine in ten of those who were called waited at most; none when nobody was called.
    pub p50: Option<i64>,
    pub p90: Option<i64>,
}

/// The counters of the officer's own agency at which somebody was called on a day, each with its day; under no counter
/// the whole desk.
pub async fn by_counter(
    c: &impl Connection,
    officer: &Officer,
    day: NaiveDate,
) -> Result<BTreeMap<Option<Id>, CounterDay>> {
    let tickets = Sql::composed(format!(
        "SELECT {TICKET} FROM queue_tickets t WHERE t.agency_id = $1 AND t.day = $2 AND t.first_called_at IS NOT NULL"
    ))
    .bind(officer.agency.uuid())
    .bind(day)
    .all(c, |row| ticket(&row))
    .await?;
    let mut days: BTreeMap<Option<Id>, (CounterDay, Vec<i64>)> = BTreeMap::new();
    for ticket in tickets {
        for of in [ticket.counter, None] {
            let (day, waits) = days.entry(of).or_default();
            day.served += usize::from(ticket.state == State::Served);
            day.absent += usize::from(ticket.state == State::Absent);
            waits.extend(ticket.waited());
        }
    }
    let told = days.into_iter().map(|(counter, (day, mut waits))| {
        waits.sort_unstable();
        (counter, CounterDay { p50: percentile(&waits, 50), p90: percentile(&waits, 90), ..day })
    });
    Ok(told.collect())
}
