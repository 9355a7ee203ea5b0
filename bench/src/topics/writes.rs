//! Submissions and whole processes per second, beside the same rows written by bare statements.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use base::Id;
use dossiers::actions::NewDossier;
use store::{Sql, Store};
use system::App;

use super::per_second;
use crate::Bench;
use crate::alternate::{Compared, Turns};
use crate::ground::Ground;
use crate::office::Office;
use crate::pages::Inside;
use crate::queries::Replay;
use crate::report::Line;
use crate::told;
use crate::visits::{count, each, visits};

const OF_BARE: f64 = 0.5;
/// Processes that run beside each other in one turn.
const BATCH: usize = 48;

pub(super) async fn run(bench: &Bench, ground: &Ground) -> Result<Vec<Line>> {
    let place = ground.copy("writes").await?;
    let inside = Inside::open(ground, &place).await?;
    let replay = Arc::new(record(&inside).await?);
    inside.close().await?;
    let demo = ground.open(&place).await?;
    let app = demo.program.app.clone();
    let office = Arc::new(Office::of(&demo).await?);
    let steps = replay.len() - 1;
    let (written, asked) = replay.counts();
    let sides = Sides { app, office, replay, turn: Arc::new(AtomicU64::new(1)) };
    let submissions = sides.submissions(bench.turns).await?;
    let processes = sides.processes(bench.turns).await?;
    sides.app.store.clone().close().await.map_err(told)?;
    Ok(vec![
        line("submissions", submissions),
        line(&format!("whole processes: submission and {steps} steps ({asked} queries, {written} writes)"), processes),
    ])
}

fn line(what: &str, compared: Compared) -> Line {
    Line::new(what, per_second(compared.ours))
        .of(per_second(compared.ceiling), compared.ratio)
        .aims(format!("≥ {OF_BARE:.2}"), compared.ratio >= OF_BARE)
}

/// One submission and the steps of its process, as the program writes them.
async fn record(inside: &Inside) -> Result<Replay> {
    let app = &inside.demo.program.app;
    let office = Office::of(&inside.demo).await?;
    let mut parts = Vec::new();
    let since = inside.heard_until_now();
    let dossier = office.file(app, office.new_dossier(app, 0)?).await?;
    parts.push(inside.recorder().take());
    while let Some(step) = office.next_step(app, dossier.id).await? {
        finish_papers(&app.store).await?;
        inside.recorder().take();
        office.take(app, step).await?;
        parts.push(inside.recorder().take());
    }
    Ok(Replay::new(parts, since, Some(dossier.code)))
}

/// Who writes by the actions, and the same rows to be written bare.
struct Sides {
    app: App,
    office: Arc<Office>,
    replay: Arc<Replay>,
    /// Numbers that have not been given to either side yet.
    turn: Arc<AtomicU64>,
}

impl Sides {
    async fn submissions(&self, turns: Turns) -> Result<Compared> {
        let length = turns.length();
        turns
            .compare(
                async || {
                    let (app, office, turn) = (self.app.clone(), self.office.clone(), self.turn.clone());
                    let file = move |_| {
                        let (app, office, turn) = (app.clone(), office.clone(), turn.fetch_add(1, Ordering::Relaxed));
                        async move {
                            let new = office.new_dossier(&app, turn)?;
                            office.file(&app, new).await.map(drop)
                        }
                    };
                    Ok(visits(length, file).await?.per_second)
                },
                async || {
                    let (store, replay, turn) = (self.app.store.clone(), self.replay.clone(), self.turn.clone());
                    let write = move |_| {
                        let (store, replay) = (store.clone(), replay.clone());
                        let turn = turn.fetch_add(1, Ordering::Relaxed);
                        async move { replay.transaction(&store, 0, turn).await }
                    };
                    Ok(visits(length, write).await?.per_second)
                },
            )
            .await
    }

    async fn processes(&self, turns: Turns) -> Result<Compared> {
        turns
            .compare(
                async || self.whole_processes().await,
                async || {
                    let first = self.turn.fetch_add(u64::try_from(BATCH)?, Ordering::Relaxed);
                    let mut took = Duration::ZERO;
                    for part in 0..self.replay.len() {
                        let (store, replay) = (self.app.store.clone(), self.replay.clone());
                        let turns: Vec<u64> = (first..).take(BATCH).collect();
                        took += each(turns, move |turn| {
                            let (store, replay) = (store.clone(), replay.clone());
                            async move { replay.transaction(&store, part, turn).await }
                        })
                        .await?;
                    }
                    Ok(count(BATCH) / took.as_secs_f64())
                },
            )
            .await
    }

    /// Many processes beside each other, step by step. Only the actions count: not who looks for the next step, nor the
    /// papers between the steps, which have a table of their own.
    async fn whole_processes(&self) -> Result<f64> {
        let Self { app, office, turn, .. } = self;
        let filed = Arc::new(std::sync::Mutex::new(Vec::new()));
        let new: Result<Vec<NewDossier>> =
            (0..BATCH).map(|_| office.new_dossier(app, turn.fetch_add(1, Ordering::Relaxed))).collect();
        let mut took = each(new?, {
            let (app, office, filed) = (app.clone(), office.clone(), filed.clone());
            move |new| {
                let (app, office, filed) = (app.clone(), office.clone(), filed.clone());
                async move {
                    let dossier = office.file(&app, new).await?.id;
                    filed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(dossier);
                    Ok(())
                }
            }
        })
        .await?;
        let filed: Vec<Id> = std::mem::take(&mut filed.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        ensure!(filed.len() == BATCH, "some were not filed");
        loop {
            finish_papers(&app.store).await?;
            let mut steps = Vec::new();
            for dossier in &filed {
                steps.extend(office.next_step(app, *dossier).await?);
            }
            if steps.is_empty() {
                break;
            }
            let (app, office) = (app.clone(), office.clone());
            took += each(steps, move |step| {
                let (app, office) = (app.clone(), office.clone());
                async move { office.take(&app, step).await }
            })
            .await?;
        }
        Ok(count(BATCH) / took.as_secs_f64())
    }
}

/// Puts results and slips into the state in which `work` leaves them, without making any paper.
async fn finish_papers(store: &Store) -> Result<()> {
    let paper: Option<String> = Sql::new("SELECT file_hash FROM dossiers_papers LIMIT 1")
        .one(store.read(), |row| row.get(0))
        .await
        .map_err(told)?;
    let paper = paper.context("no paper was ever handed in")?;
    store
        .write(async |tx| {
            for (from, to) in [("proposed", "printed"), ("signing", "signed"), ("numbered", "issued")] {
                Sql::new("UPDATE dossiers_results SET stage = $2, file_hash = $3, next_at = NULL WHERE stage = $1")
                    .bind(from)
                    .bind(to)
                    .bind(paper.as_str())
                    .run(tx)
                    .await?;
            }
            Sql::new("UPDATE dossiers_slips SET file_hash = $1, next_at = NULL WHERE file_hash IS NULL")
                .bind(paper.as_str())
                .run(tx)
                .await
        })
        .await
        .map(drop)
        .map_err(told)
}
