//! The reorganisation of the big province by the real plan, carried out by the program in a process of its own.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use store::Sql;
use tinhso::Place;

use crate::Bench;
use crate::ground::{self, Ground};
use crate::grow::eve;
use crate::report::Line;
use crate::told;

const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../province/khanh-hoa/reorganisations/2025-07-01.toml");
const AT_MOST: Duration = Duration::from_mins(10);

pub(super) async fn run(bench: &Bench, ground: &Ground, place: &Place) -> Result<Line> {
    let store = ground::bare(place).await?;
    let open = eve::put_back(&store, ground.kind).await?;
    store.close().await.map_err(told)?;
    ground::as_real(place).await?;
    println!("{}: {open} open dossiers lie at agencies that end", ground.kind);
    let took = carried_out(&bench.program, place).await?;
    let store = ground::bare(place).await?;
    let left = "SELECT count(*) FROM dossiers d JOIN directory_agencies a ON a.id = d.agency_id \
                WHERE d.closed_at IS NULL AND a.valid_to IS NOT NULL";
    let left: Option<i64> = Sql::new(left).one(store.read(), |row| row.get(0)).await.map_err(told)?;
    store.close().await.map_err(told)?;
    ensure!(left == Some(0), "{left:?} open dossiers were left behind");
    let line = Line::new(format!("reorganisation, {open} open dossiers"), format!("{:.0} s", took.as_secs_f64()));
    Ok(line.aims(format!("< {} s", AT_MOST.as_secs()), took < AT_MOST))
}

/// From the call until nothing is left that has to follow.
async fn carried_out(program: &Path, place: &Place) -> Result<Duration> {
    let mut call = Command::new(program);
    call.args(["reorganise", "--data"])
        .arg(&place.data)
        .args(place.database_url.iter().flat_map(|url| ["--database-url", url]));
    call.arg(PLAN).env_remove("TINHSO_DATABASE_URL").env("RUST_LOG", "warn").stdin(Stdio::null());
    let began = Instant::now();
    let ended = tokio::task::spawn_blocking(move || call.output()).await?.context("the program cannot be started")?;
    let said = format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    ensure!(ended.status.success(), "reorganise: {said}");
    Ok(began.elapsed())
}
