//! What came of the sendings: receipts, times, what was found near, and what the database says of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use base::Id;
use feedback::queries::Near;
use store::{Sql, Store};

use super::senders::Sending;
use super::{share, spread};
use crate::grow::reports::on_map;
use crate::report::Line;
use crate::told;
use crate::visits::count;

#[derive(Clone, Copy)]
pub(super) enum Took {
    Filing,
    Comparing,
}

#[derive(Default)]
pub(super) struct Filed(Mutex<Notes>);

#[derive(Default)]
struct Notes {
    /// Codes that people were given for each form, one for each answer.
    receipts: BTreeMap<Id, Vec<String>>,
    filing: Vec<f64>,
    comparing: Vec<f64>,
    /// Sendings of something that somebody else had sent before.
    repeats: usize,
    places: BTreeSet<String>,
    /// Repeats for which something was proposed; of these, where the nearest was the same; proposals for what was new.
    proposed: usize,
    right: usize,
    mistaken: usize,
}

impl Filed {
    /// What is to come is compared with these.
    pub(super) fn after<'a>(sent: impl Iterator<Item = &'a Sending>) -> Self {
        let places = sent.map(|sending| sending.new.place_words.clone()).collect();
        Self(Mutex::new(Notes { places, ..Notes::default() }))
    }

    fn noted<T>(&self, note: impl FnOnce(&mut Notes) -> T) -> T {
        note(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn receipt(&self, form: Id, code: String) {
        self.noted(|notes| notes.receipts.entry(form).or_default().push(code));
    }

    pub(super) fn took(&self, what: Took, time: Duration) {
        let milliseconds = time.as_secs_f64() * 1000.0;
        self.noted(|notes| match what {
            Took::Filing => notes.filing.push(milliseconds),
            Took::Comparing => notes.comparing.push(milliseconds),
        });
    }

    /// What was found near; whether it is the same is known by the words of the place.
    pub(super) fn compared(&self, time: Duration, sending: &Sending, near: &[Near]) {
        self.took(Took::Comparing, time);
        if sending.again {
            return;
        }
        let words = &sending.new.place_words;
        self.noted(|notes| {
            let repeat = !notes.places.insert(words.clone());
            let nearest = near.first().map(|near| near.report.place_words == *words);
            notes.repeats += usize::from(repeat);
            notes.proposed += usize::from(repeat && nearest.is_some());
            notes.right += usize::from(repeat && nearest == Some(true));
            notes.mistaken += usize::from(!repeat && nearest.is_some());
        });
    }

    pub(super) fn sendings(&self) -> usize {
        self.noted(|notes| notes.receipts.values().map(Vec::len).sum())
    }

    pub(super) fn line(&self, took: Duration) -> Line {
        let per_second = super::per_second(count(self.sendings()) / took.as_secs_f64());
        let told = self.noted(|notes| spread(&notes.filing));
        Line::new("sendings, 8 at once, one of twenty read at the desk", format!("{per_second}, {told}"))
    }

    pub(super) fn proposed(&self, when: &str) -> Line {
        self.noted(|notes| {
            Line::new(
                format!("the same near by, {when}"),
                format!(
                    "{} of repeats, nearest right {}; {} wrongly; {}",
                    share(notes.proposed, notes.repeats),
                    share(notes.right, notes.proposed),
                    notes.mistaken,
                    spread(&notes.comparing)
                ),
            )
        })
    }

    /// What was promised and is not so.
    pub(super) fn wrong(&self, forms: usize, before: &Kept, after: &Kept) -> Vec<String> {
        let wanted = i64::try_from(forms).unwrap_or(i64::MAX);
        let mut wrong = Vec::new();
        let mut check = |holds: bool, told: String| {
            if !holds {
                wrong.push(told);
            }
        };
        self.noted(|notes| {
            check(notes.receipts.len() == forms, format!("{} forms have a receipt", notes.receipts.len()));
            let two = notes.receipts.values().filter(|codes| codes.iter().any(|code| *code != codes[0])).count();
            check(two == 0, format!("{two} forms have two receipts"));
            let codes: BTreeSet<&String> = notes.receipts.values().flatten().collect();
            check(codes.len() == forms, format!("{} different receipts", codes.len()));
            let numbers: BTreeSet<i64> =
                codes.iter().filter_map(|code| code.rsplit('-').next()?.parse().ok()).collect();
            let reach = numbers.last().zip(numbers.first()).map_or(0, |(last, first)| last - first + 1);
            check(reach == wanted, format!("the codes reach over {reach} numbers"));
        });
        for (what, (then, now)) in [
            ("reports", (before.reports, after.reports)),
            ("cases", (before.cases, after.cases)),
            ("entries in the journal", (before.entries, after.entries)),
        ] {
            check(now - then == wanted, format!("{} {what} more", now - then));
        }
        check(after.uncounted.is_empty(), format!("cells that do not add up at the zooms {:?}", after.uncounted));
        wrong
    }
}

/// What is in the database.
pub(super) struct Kept {
    reports: i64,
    cases: i64,
    /// Of the journal, about sendings.
    entries: i64,
    /// Zooms whose cells have another sum than the public reports with a place.
    uncounted: Vec<i64>,
}

impl Kept {
    pub(super) async fn in_store(store: &Store) -> Result<Self> {
        let count = async |sql: &'static str| -> Result<i64> {
            Sql::new(sql).one(store.read(), |row| row.get(0)).await.map_err(told)?.context("a count")
        };
        let public = on_map(store).await?;
        let zooms: Vec<(i64, i64)> =
            Sql::new("SELECT zoom, CAST(sum(count) AS bigint) FROM feedback_cells GROUP BY zoom ORDER BY zoom")
                .all(store.read(), |row| Ok((row.get(0)?, row.get(1)?)))
                .await
                .map_err(told)?;
        Ok(Self {
            reports: count("SELECT count(*) FROM feedback_reports").await?,
            cases: count("SELECT count(DISTINCT subject_id) FROM flow_cases WHERE system = 'feedback'").await?,
            entries: count("SELECT count(*) FROM journal_entries WHERE verb = 'feedback.filed'").await?,
            uncounted: zooms.into_iter().filter(|(_, sum)| *sum != public).map(|(zoom, _)| zoom).collect(),
        })
    }
}
