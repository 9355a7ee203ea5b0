//! Look-up, inbox and desk list over many dossiers, with several people asking at once.

use anyhow::Result;
use store::Sql;

use crate::Bench;
use crate::asked::Asked;
use crate::ground::{self, Ground};
use crate::grow;
use crate::load::Ask;
use crate::pages::Inside;
use crate::program::Serving;
use crate::report::Line;
use crate::told;

/// Milliseconds.
const AT_MOST: f64 = 50.0;
/// On a noisy machine, this many times the bare queries' own.
const OF_BARE: f64 = 4.0;
/// Different codes that are looked up.
const CODES: i64 = 64;
const DOSSIERS: u32 = 100_000;

pub(super) async fn run(bench: &Bench, ground: &Ground) -> Result<Vec<Line>> {
    let place = ground.copy("lists").await?;
    let store = ground::bare(&place).await?;
    grow::dossiers::grow(&store, ground.kind, bench.dossiers.unwrap_or(DOSSIERS), grow::dossiers::YEAR).await?;
    let count = grow::dossiers::count(&store).await?;
    store.close().await.map_err(told)?;
    let lists = recorded(ground, &place).await?;
    let serving = Serving::start(&bench.program, "demo", &place, &bench.data.join("lists.log"))?;
    let store = ground::bare(&place).await?;
    let mut lines = Vec::new();
    for list in &lists {
        let measured = list.measure(bench.turns, &serving.address, &store).await?;
        lines.push(measured.line(&format!("{}, {count} dossiers", list.what)).aims(
            format!("p99 < {AT_MOST:.0} ms or < {OF_BARE:.0} × bare"),
            measured.p99 < AT_MOST || measured.ratio < OF_BARE,
        ));
    }
    store.close().await.map_err(told)?;
    serving.stop()?;
    Ok(lines)
}

async fn recorded(ground: &Ground, place: &tinhso::Place) -> Result<Vec<Asked>> {
    let inside = Inside::open(ground, place).await?;
    let codes: Vec<String> = Sql::composed(format!(
        "SELECT code FROM (SELECT code, row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS all_of_them \
         FROM dossiers) numbered WHERE place % (all_of_them / {CODES}) = 0 ORDER BY place LIMIT {CODES}"
    ))
    .all(inside.demo.program.app.store.read(), |row| row.get(0))
    .await
    .map_err(told)?;
    let look_ups = codes.iter().map(|code| Ask::anybody(&format!("/tra-cuu?ma={code}"))).collect();
    let mut lists = vec![Asked::record(&inside, "look-up", look_ups).await?];
    let cookies = inside.cookies_of(dossiers::access::READ).await?;
    for (what, path) in [
        ("inbox", "/viec"),
        ("desk list", "/mot-cua/ho-so"),
        ("desk list, one state", "/mot-cua/ho-so?trang-thai=2"),
        ("desk list, words", "/mot-cua/ho-so?tim=nguyen+khai+sinh"),
    ] {
        let asks = cookies.iter().map(|cookie| Ask { path: path.to_owned(), cookie: cookie.clone() }).collect();
        lists.push(Asked::record(&inside, what, asks).await?);
    }
    inside.close().await?;
    Ok(lists)
}
