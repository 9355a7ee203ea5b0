//! How soon `serve` answers on an existing province, and what memory it holds.

use std::time::Duration;

use anyhow::Result;

use crate::Bench;
use crate::alternate::median;
use crate::ground::{self, Ground, Kind};
use crate::load::{self, Ask};
use crate::program::Serving;
use crate::report::Line;

const STARTS: usize = 9;
/// After this time without a visitor it is idle.
const REST: Duration = Duration::from_secs(5);
const READY: f64 = 1.0;
const MEMORY: f64 = 120.0;

pub(super) async fn run(bench: &Bench, ground: &Ground) -> Result<Vec<Line>> {
    let place = ground.copy("start").await?;
    ground::as_real(&place).await?;
    let log = bench.data.join("serve.log");
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let serving = Serving::start(&bench.program, "serve", &place, &log)?;
        starts.push(serving.ready_after.as_secs_f64());
        serving.stop()?;
    }
    let slowest = starts.iter().copied().fold(0.0, f64::max);
    let serving = Serving::start(&bench.program, "serve", &place, &log)?;
    tokio::time::sleep(REST).await;
    let fresh = serving.memory()?;
    let asks: Vec<Ask> = ["/", "/thu-tuc", "/co-quan", "/tra-cuu?ma=H32.103-1", "/dang-nhap"]
        .map(|path| Ask { path: path.to_owned(), cookie: String::new() })
        .to_vec();
    load::ask(&serving.address, &asks, bench.turns.length()).await?;
    tokio::time::sleep(REST).await;
    let used = serving.memory()?;
    serving.stop()?;
    let with = if ground.kind == Kind::Sqlite { "serve, which does the work of `work` too" } else { "serve" };
    Ok(vec![
        Line::new(format!("ready, median of {STARTS} starts"), format!("{:.2} s", median(starts))),
        Line::new("ready, slowest", format!("{slowest:.2} s")).aims(format!("≤ {READY:.0} s"), slowest <= READY),
        memory(&format!("idle memory ({with})"), fresh),
        memory("idle memory after many visitors", used),
    ])
}

fn memory(what: &str, (own, share): (f64, f64)) -> Line {
    Line::new(what, format!("{own:.0} MB (PSS {share:.0} MB)")).aims(format!("< {MEMORY:.0} MB"), own < MEMORY)
}
