//! What the database holds of the day, beside what people were told.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use base::{Id, Now};
use store::{Sql, Store};

use super::log::{Done, Log};
use crate::told;

/// What came since a moment.
pub(super) struct Kept {
    pub(super) since: Now,
    /// Codes of dossiers.
    codes: Vec<String>,
    claimed: BTreeSet<Id>,
    released: BTreeSet<Id>,
    /// Steps that those who live the day ended; what the carrier brought ends others.
    ended: BTreeSet<Id>,
}

impl Kept {
    pub(super) async fn in_store(store: &Store, since: Now) -> Result<Self> {
        let codes = Sql::new("SELECT code FROM dossiers WHERE submitted_at >= $1")
            .bind(since.utc())
            .all(store.read(), |row| row.get(0))
            .await
            .map_err(told)?;
        let steps = async |statement: &'static str| {
            let found = Sql::new(statement).bind(since.utc()).all(store.read(), |row| Ok(Id::from_uuid(row.get(0)?)));
            Ok::<BTreeSet<Id>, anyhow::Error>(found.await.map_err(told)?.into_iter().collect())
        };
        Ok(Self {
            since,
            codes,
            claimed: steps("SELECT thing_id FROM journal_entries WHERE verb = 'flow.claimed' AND at >= $1").await?,
            released: steps("SELECT thing_id FROM journal_entries WHERE verb = 'flow.released' AND at >= $1").await?,
            ended: steps(
                "SELECT id FROM flow_steps WHERE closed_at >= $1 AND claimed_person IN (SELECT id FROM bench_persons)",
            )
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
            ("steps taken", Done::Claimed, &self.claimed, &after.claimed),
            ("steps given back", Done::Released, &self.released, &after.released),
            ("steps ended", Done::Decided, &self.ended, &after.ended),
        ] {
            let (acknowledged, kept) = (log.steps(done), now - before);
            if acknowledged != kept {
                let (lost, more) = (acknowledged.difference(&kept).count(), kept.difference(&acknowledged).count());
                wrong.push(format!("{what}: {lost} acknowledged and not kept, {more} kept and not acknowledged"));
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
