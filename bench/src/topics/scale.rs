//! A province of a million dossiers and thousands of officers, with several people asking at once.

mod asks;
mod reorganised;

use std::time::Instant;

use anyhow::Result;
use tinhso::Place;

use crate::Bench;
use crate::asked::Asked;
use crate::ground::{self, Ground};
use crate::grow;
use crate::pages::Inside;
use crate::program::Serving;
use crate::report::Line;
use crate::told;

const NAME: &str = "scale";
const DOSSIERS: u32 = 1_000_000;
/// Milliseconds.
const AT_MOST: f64 = 50.0;

pub(super) async fn run(bench: &Bench, ground: &Ground) -> Result<Vec<Line>> {
    let place = ground.copy(NAME).await?;
    let mut lines = grown(bench, ground, &place).await?;
    lines.extend(asked(bench, ground, &place).await?);
    // What was measured before it is told, whatever becomes of the reorganisation.
    lines.push(reorganised::run(bench, ground, &place).await.unwrap_or_else(|error| {
        Line::new("reorganisation", format!("{error:#}")).aims("nothing is left behind", false)
    }));
    ground.discard(NAME).await?;
    Ok(lines)
}

/// Makes the province, and compares the sums with what they are sums of.
async fn grown(bench: &Bench, ground: &Ground, place: &Place) -> Result<Vec<Line>> {
    let store = ground::bare(place).await?;
    let began = Instant::now();
    grow::officers::grow(&store, ground.kind, bench.officers, grow::officers::Among::All).await?;
    grow::dossiers::grow(&store, ground.kind, bench.dossiers.unwrap_or(DOSSIERS), grow::dossiers::YEAR).await?;
    let seconds = began.elapsed().as_secs_f32();
    let count = grow::dossiers::count(&store).await?;
    let (wrong, facts) = grow::figures::differences(&store).await?;
    store.close().await.map_err(told)?;
    println!("{}: grown ({seconds:.0} s)", ground.kind);
    Ok(vec![
        Line::new(format!("{count} dossiers, {} officers more", bench.officers), format!("grown in {seconds:.0} s")),
        Line::new(format!("{facts} facts, summed"), format!("{wrong} sums differ")).aims("none", wrong == 0),
    ])
}

async fn asked(bench: &Bench, ground: &Ground, place: &Place) -> Result<Vec<Line>> {
    let inside = Inside::open(ground, place).await?;
    let mut pages = Vec::new();
    for (what, asks) in asks::all(&inside).await? {
        let began = Instant::now();
        pages.push(Asked::record(&inside, &what, asks).await?);
        println!("{}: recorded {what} ({:.1} s)", ground.kind, began.elapsed().as_secs_f32());
    }
    inside.close().await?;
    let serving = Serving::start(&bench.program, "demo", place, &bench.data.join("scale.log"))?;
    let store = ground::bare(place).await?;
    let mut lines = Vec::new();
    for asked in &pages {
        let measured = asked.measure(bench.turns, &serving.address, &store).await?;
        lines.push(measured.line(&asked.what).aims(format!("p99 < {AT_MOST:.0} ms"), measured.p99 < AT_MOST));
    }
    store.close().await.map_err(told)?;
    serving.stop()?;
    Ok(lines)
}
