//! A reorganisation from the command line: bring the plan in, say what is undecided, carry it out.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use base::{Clock, Id, SystemClock};
use directory::PlanState;
use directory::queries::{self, Which};
use indicatif::ProgressBar;
use journal::Actor;
use province::Reorganisation;
use serde_json::json;
use store::Store;

use crate::assemble;
use crate::place::{Place, told};
use crate::serve;
use crate::work::Worker;

/// Lines that are told at once.
const LINES: usize = 1000;

pub(crate) async fn run(place: &Place, file: &Path, preview: bool, as_json: bool) -> Result<ExitCode> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let written = Reorganisation::parse(file, &text)?;
    let store = assemble::connect(&place.location()?).await?;
    let (plan, undecided) = bring_in(&store, &written).await?;
    if undecided.is_empty() && !preview {
        carry_out(place, plan).await?;
    }
    let count = queries::plan_count(store.read(), plan).await.map_err(told)?;
    store.close().await.map_err(told)?;
    if as_json {
        println!("{}", json!({ "plan": plan, "agencies": count.lines, "undecided": undecided, "done": count.done }));
    } else {
        for agency in &undecided {
            println!("undecided: {agency}");
        }
        println!("{} agencies, {} undecided, {} moved", count.lines, count.undecided, count.done);
    }
    let ready = count.undecided == 0 && (preview || count.done == count.lines);
    Ok(if ready { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The plan, and the agencies of which nobody knows who goes on with them.
async fn bring_in(store: &Store, written: &Reorganisation) -> Result<(Id, Vec<String>)> {
    let now = SystemClock.now();
    let added = store.write(async |tx| directory::actions::add_plan(tx, now, &Actor::PROGRAM, written).await).await;
    let id = added.map_err(told)?;
    let undecided = queries::plan_lines(store.read(), id, Which::Undecided, None, LINES).await.map_err(told)?.rows;
    Ok((id, undecided.into_iter().map(|line| format!("{} {}", line.code, line.name)).collect()))
}

/// Begins the plan, if it has not begun, and waits until all systems have followed.
async fn carry_out(place: &Place, plan: Id) -> Result<()> {
    let opened = serve::open(place, "http://localhost:8080".to_owned(), Vec::new()).await?;
    let app = &opened.program.app;
    let now = app.now();
    let known = queries::plan(app.store.read(), plan).await.map_err(told)?.context("the plan is gone")?;
    if known.state() == PlanState::Proposed {
        let begun = app.store.write(async |tx| directory::actions::begin(tx, now, &Actor::PROGRAM, plan).await).await;
        begun.map_err(told)?;
    }
    let bar = ProgressBar::new_spinner().with_message("Moving open work to the agencies that take over");
    bar.enable_steady_tick(Duration::from_millis(200));
    directory::actions::go_on(app).await.map_err(told)?;
    Worker::new(&opened.program).drain().await;
    bar.finish_and_clear();
    app.store.clone().close().await.map_err(told)
}
