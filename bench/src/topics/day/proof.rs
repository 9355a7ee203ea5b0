//! What the database holds of the day, beside what people were told.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use base::Now;
use store::{Sql, Store};

use super::log::{Done, Log};
use crate::told;

/// What came since a moment.
pub(super) struct Kept {
    pub(super) since: Now,
    /// Codes of dossiers.
    codes: Vec<String>,
    claimed: i64,
    released: i64,
    /// Steps that those who live the day ended; what the carrier brought ends others.
    ended: i64,
}

impl Kept {
    pub(super) async fn in_store(store: &Store, since: Now) -> Result<Self> {
        let codes = Sql::new("SELECT code FROM dossiers WHERE submitted_at >= $1")
            .bind(since.utc())
            .all(store.read(), |row| row.get(0))
            .await
            .map_err(told)?;
        let count = async |statement: &'static str| {
            let found: Option<i64> =
                Sql::new(statement).bind(since.utc()).one(store.read(), |row| row.get(0)).await.map_err(told)?;
            found.context("a count")
        };
        Ok(Self {
            since,
            codes,
            claimed: count("SELECT count(*) FROM journal_entries WHERE verb = 'flow.claimed' AND at >= $1").await?,
            released: count("SELECT count(*) FROM journal_entries WHERE verb = 'flow.released' AND at >= $1").await?,
            ended: count("SELECT count(*) FROM flow_steps WHERE closed_at >= $1 AND claimed_person IN (SELECT id FROM bench_persons)")
                .await?,
        })
    }

    /// Where what is kept is not what was acknowledged.
    pub(super) fn compared(&self, after: &Self, log: &Log) -> Vec<String> {
        let mut wrong = Vec::new();
        let told = log.codes();
        let (all, kept): (BTreeSet<&String>, BTreeSet<&String>) = (told.iter().collect(), after.codes.iter().collect());
        if all.len() != told.len() || kept.len() != after.codes.len() {
            wrong.push("a code was given twice".to_owned());
        }
        if all != kept {
            wrong.push(format!("{} dossiers acknowledged, {} kept", all.len(), kept.len()));
        }
        for (what, done, before, now) in [
            ("claims", Done::Claimed, self.claimed, after.claimed),
            ("releases", Done::Released, self.released, after.released),
            ("steps", Done::Decided, self.ended, after.ended),
        ] {
            let acknowledged = log.count(done);
            if i64::try_from(acknowledged).ok() != Some(now - before) {
                wrong.push(format!("{acknowledged} {what} acknowledged, {} kept", now - before));
            }
        }
        let mut days: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (day, number) in after.codes.iter().filter_map(|code| code.rsplit_once('-')) {
            days.entry(day).or_default().push(number.parse().unwrap_or_default());
        }
        for (day, mut numbers) in days {
            numbers.sort_unstable();
            if numbers.windows(2).any(|two| two[1] != two[0] + 1) {
                wrong.push(format!("{day} has a gap"));
            }
        }
        wrong
    }
}
