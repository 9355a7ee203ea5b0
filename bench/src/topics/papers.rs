//! What `work` makes of papers: slips printed, results printed, signed and sealed, one after another as it does.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, ensure};
use contracts::Answer;
use system::App;

use super::per_second;
use crate::ground::Ground;
use crate::office::{Due, Office};
use crate::report::Line;
use crate::told;
use crate::visits::count;

/// Dossiers whose papers are made.
const DOSSIERS: u64 = 40;

pub(super) async fn run(ground: &Ground) -> Result<Vec<Line>> {
    let place = ground.copy("papers").await?;
    let demo = ground.open(&place).await?;
    let app = &demo.program.app;
    let office = Arc::new(Office::of(&demo).await?);
    // What the demo left over is not measured.
    made(app, dossiers::actions::make_papers).await?;
    made(app, dossiers::actions::make_results).await?;
    let mut filed = Vec::new();
    for number in 0..DOSSIERS {
        filed.push(office.file(app, office.new_dossier(app, number)?).await?.id);
    }
    let mut slips = (0, 0.0);
    let mut results = Vec::new();
    loop {
        let mut steps: Vec<Due> = Vec::new();
        for dossier in &filed {
            steps.extend(office.next_step(app, *dossier).await?);
        }
        if steps.is_empty() {
            break;
        }
        for step in steps {
            office.take(app, step).await?;
        }
        let (count, took) = made(app, dossiers::actions::make_papers).await?;
        slips = (slips.0 + count, slips.1 + took);
        let stage = made(app, dossiers::actions::make_results).await?;
        if stage.0 > 0 {
            results.push(stage);
        }
    }
    app.store.clone().close().await.map_err(told)?;
    ensure!(results.len() == 3, "a result is printed, signed and sealed, each once");
    let names = [
        "results printed",
        "results printed with the signer's name and signed by a person",
        "results numbered, dated and sealed by the agency",
    ];
    let line = |what: &str, (pieces, took): (usize, f64)| Line::new(what, per_second(count(pieces) / took));
    let mut lines = vec![line("slips printed", slips)];
    lines.extend(names.into_iter().zip(results).map(|(what, stage)| line(what, stage)));
    Ok(lines)
}

/// Rounds of one job until nothing is left: how many pieces, in how many seconds.
async fn made(app: &App, job: for<'a> fn(&'a App) -> Answer<'a, usize>) -> Result<(usize, f64)> {
    let began = Instant::now();
    let mut pieces = 0;
    loop {
        let some = job(app).await.map_err(told)?;
        if some == 0 {
            return Ok((pieces, began.elapsed().as_secs_f64()));
        }
        pieces += some;
    }
}
