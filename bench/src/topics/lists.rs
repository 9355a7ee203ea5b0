//! Look-up, inbox and desk list over many dossiers, with several people asking at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Result, ensure};
use store::Sql;
use tinhso::Listed;

use crate::Bench;
use crate::alternate::median;
use crate::ground::{self, Ground};
use crate::grow;
use crate::load::{self, Ask, Load, PEOPLE};
use crate::pages::Inside;
use crate::program::Serving;
use crate::queries::Replay;
use crate::report::Line;
use crate::told;
use crate::visits::visits;

/// Milliseconds.
const AT_MOST: f64 = 50.0;
/// On a noisy machine, this many times the bare queries' own.
const OF_BARE: f64 = 4.0;
/// Different codes that are looked up.
const CODES: i64 = 64;

/// A kind of page, with what each asker asks for and the statements behind it.
struct List {
    what: &'static str,
    asks: Vec<Ask>,
    replays: Arc<Vec<Replay>>,
}

pub(super) async fn run(bench: &Bench, ground: &Ground) -> Result<Vec<Line>> {
    let place = ground.copy("lists").await?;
    let store = ground::bare(&place).await?;
    grow::grow(&store, ground.kind, bench.dossiers).await?;
    let dossiers = grow::count(&store).await?;
    store.close().await.map_err(told)?;
    let lists = recorded(ground, &place).await?;
    let serving = Serving::start(&bench.program, "demo", &place, &bench.data.join("lists.log"))?;
    let store = ground::bare(&place).await?;
    let mut lines = Vec::new();
    for list in &lists {
        let (mut pages, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..bench.turns.rounds {
            pages.push(load::ask(&serving.address, &list.asks, bench.turns.length()).await?);
            let (store, replays, turn) = (store.clone(), list.replays.clone(), Arc::new(AtomicU64::new(1)));
            let one = move |_| {
                let (store, replays) = (store.clone(), replays.clone());
                let turn = turn.fetch_add(1, Ordering::Relaxed);
                async move {
                    let number = usize::try_from(turn)? % replays.len();
                    replays[number].page(&store, turn).await
                }
            };
            bare.push(visits(bench.turns.length(), one).await?);
        }
        lines.push(line(list.what, dossiers, &pages, &bare));
    }
    store.close().await.map_err(told)?;
    serving.stop()?;
    Ok(lines)
}

fn line(what: &str, dossiers: i64, pages: &[Load], bare: &[Load]) -> Line {
    let of = |loads: &[Load], figure: fn(&Load) -> f64| median(loads.iter().map(figure).collect());
    let ratio = median(pages.iter().zip(bare).map(|(page, bare)| page.p99 / bare.p99).collect());
    let (p50, p99) = (of(pages, |load| load.p50), of(pages, |load| load.p99));
    let told = |p50: f64, p99: f64| format!("p50 {p50:.1} ms, p99 {p99:.1} ms");
    Line::new(format!("{what}, {dossiers} dossiers ({:.0}/s)", of(pages, |load| load.per_second)), told(p50, p99))
        .of(told(of(bare, |load| load.p50), of(bare, |load| load.p99)), ratio)
        .aims(format!("p99 < {AT_MOST:.0} ms or < {OF_BARE:.0} × bare"), p99 < AT_MOST || ratio < OF_BARE)
}

async fn recorded(ground: &Ground, place: &tinhso::Place) -> Result<Vec<List>> {
    let inside = Inside::open(ground, place).await?;
    // From all agencies: what a commune sees is little, what an agency of the province sees is much.
    let officers: Vec<&Listed> = inside.officers().collect();
    let mut cookies = Vec::new();
    for account in officers.iter().step_by((officers.len() / PEOPLE).max(1)).take(PEOPLE) {
        cookies.push(inside.sign_in(account).await?);
    }
    ensure!(cookies.len() == PEOPLE, "too few officers");
    let codes: Vec<String> = Sql::composed(format!(
        "SELECT code FROM (SELECT code, row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS all_of_them \
         FROM dossiers) numbered WHERE place % (all_of_them / {CODES}) = 0 ORDER BY place LIMIT {CODES}"
    ))
    .all(inside.demo.program.app.store.read(), |row| row.get(0))
    .await
    .map_err(told)?;
    let look_ups = codes.iter().map(|code| Ask { path: format!("/tra-cuu?ma={code}"), cookie: String::new() });
    let by_all = |path: &str| -> Vec<Ask> {
        cookies.iter().map(|cookie| Ask { path: path.to_owned(), cookie: cookie.clone() }).collect()
    };
    let mut lists = Vec::new();
    for (what, asks) in [
        ("look-up", look_ups.collect()),
        ("inbox", by_all("/viec")),
        ("desk list", by_all("/mot-cua/ho-so")),
        ("desk list, one state", by_all("/mot-cua/ho-so?trang-thai=2")),
        ("desk list, words", by_all("/mot-cua/ho-so?tim=nguyen+khai+sinh")),
    ] {
        let mut replays = Vec::new();
        for ask in &asks {
            replays.push(inside.record(ask).await?);
        }
        lists.push(List { what, asks, replays: Arc::new(replays) });
    }
    inside.close().await?;
    Ok(lists)
}
