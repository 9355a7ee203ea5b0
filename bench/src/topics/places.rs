//! A million reports: lists, maps and what is near, with several people asking at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use feedback::access;
use feedback::queries::{self, Filter};
use feedback::report::State;
use feedback::rules::rules;
use geo::{Place, Tile};
use store::{Sql, Store};
use system::{Caller, Officer};

use crate::Bench;
use crate::asked::{Asked, percentiles};
use crate::ground::{self, Ground, Kind};
use crate::grow::reports;
use crate::load::Ask;
use crate::pages::{Inside, link};
use crate::program::Serving;
use crate::report::Line;
use crate::told;
use crate::visits::visits;

/// Milliseconds.
const AT_MOST: f64 = 50.0;
/// Reports whose places are looked at: as likely anywhere as reports are.
const LOOKS: i64 = 128;
/// Shown by counts up to here, by the reports themselves below.
const COUNTED: u8 = 15;
const PAGE: usize = 50;

pub(super) async fn run(bench: &Bench, ground: &Ground) -> Result<Vec<Line>> {
    let place = ground.copy("places").await?;
    let store = ground::bare(&place).await?;
    let began = Instant::now();
    reports::grow(&store, ground.kind, ground::now(), bench.reports).await?;
    println!("{}: grown ({:.0} s)", ground.kind, began.elapsed().as_secs_f32());
    let on_map = reports::on_map(&store).await?;
    let mut lines = vec![adds_up(&store, on_map).await?];
    let looks = looks(&store).await?;
    store.close().await.map_err(told)?;

    let (pages, officers) = recorded(ground, &place, &looks).await?;
    let serving = Serving::start(&bench.program, "demo", &place, &bench.data.join("places.log"))?;
    let store = ground::bare(&place).await?;
    for asked in &pages {
        let measured = asked.measure(bench.turns, &serving.address, &store).await?;
        lines.push(aimed(measured.line(&asked.what), measured.p99));
    }
    serving.stop()?;
    lines.extend(near(bench, &store, &looks).await?);
    lines.extend(whole_province(bench, ground.kind, &store, &officers).await?);
    store.close().await.map_err(told)?;
    Ok(lines)
}

fn aimed(line: Line, p99: f64) -> Line {
    line.aims(format!("p99 < {AT_MOST:.0} ms"), p99 < AT_MOST)
}

/// Whether the tiles of every zoom show each public report once.
async fn adds_up(store: &Store, on_map: i64) -> Result<Line> {
    let mut wrong = Vec::new();
    for zoom in 0..=COUNTED {
        let below = 2 * (geo::DEEPEST - zoom);
        let tiles: Vec<i64> = Sql::composed(format!(
            "SELECT DISTINCT place_key >> {below} FROM feedback_reports WHERE place_key IS NOT NULL"
        ))
        .all(store.read(), |row| row.get(0))
        .await
        .map_err(told)?;
        let mut sum = 0;
        for tile in tiles {
            let cells = queries::cells(store.read(), Tile::of_cell(tile, zoom)?).await.map_err(told)?;
            sum += cells.iter().map(|cell| cell.count).sum::<i64>();
        }
        if sum != on_map {
            wrong.push(format!("{sum} at zoom {zoom}"));
        }
    }
    let told = if wrong.is_empty() { "the same at every zoom".to_owned() } else { wrong.join(", ") };
    Ok(Line::new(format!("{on_map} public reports, summed over all tiles"), told)
        .aims("each counted once", wrong.is_empty()))
}

/// A report that is looked at, with its neighbours.
#[derive(Clone)]
struct Look {
    place: Place,
    kind: String,
}

async fn looks(store: &Store) -> Result<Vec<Look>> {
    let last: Option<i64> =
        Sql::new("SELECT max(number) FROM bench_reports").one(store.read(), |row| row.get(0)).await.map_err(told)?;
    let apart = (last.context("nothing was grown")? / LOOKS).max(1);
    let rows: Vec<(i64, i64, String)> = Sql::composed(format!(
        "SELECT o.lat, o.lon, k.code FROM bench_reports o JOIN bench_kinds k ON k.kind = o.kind \
         WHERE o.number % {apart} = 0 ORDER BY o.number"
    ))
    .all(store.read(), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    .await
    .map_err(told)?;
    let look =
        |(lat, lon, kind)| Ok(Look { place: Place { lat: i32::try_from(lat)?, lon: i32::try_from(lon)? }, kind });
    rows.into_iter().map(look).collect()
}

async fn recorded(ground: &Ground, place: &tinhso::Place, looks: &[Look]) -> Result<(Vec<Asked>, Vec<Officer>)> {
    let inside = Inside::open(ground, place).await?;
    let mut pages = Vec::new();
    for (what, asks) in public(&inside).await?.into_iter().chain(tiles(&inside, looks).await?) {
        pages.push(Asked::record(&inside, &what, asks).await?);
    }
    let cookies = inside.cookies_of(access::READ).await?;
    for (what, query) in [
        ("desk list", vec![""]),
        (
            "desk list, one state",
            vec!["?trang-thai=working", "?trang-thai=new", "?trang-thai=closed", "?trang-thai=returned"],
        ),
        ("desk list, words", vec!["?tim=rac+thu+gom", "?tim=tram+bien+ap", "?tim=duong+vi+du"]),
        ("desk list, words and state", vec!["?tim=rac&trang-thai=working", "?tim=duong&trang-thai=closed"]),
    ] {
        let of = |cookie: &String, query: &str| Ask { path: format!("/phan-anh-xu-ly{query}"), cookie: cookie.clone() };
        let asks = cookies.iter().flat_map(|cookie| query.iter().map(|query| of(cookie, query))).collect();
        pages.push(Asked::record(&inside, what, asks).await?);
    }
    let officers = inside.demo.officers().await?;
    let officers = officers.iter().filter_map(|caller: &Caller| caller.officer().ok()).cloned().collect();
    inside.close().await?;
    Ok((pages, officers))
}

/// What everybody reads.
async fn public(inside: &Inside) -> Result<Vec<(String, Vec<Ask>)>> {
    let app = &inside.demo.program.app;
    let communes = directory::queries::agencies_of_kind(app.store.read(), "commune-committee", app.now().today()).await;
    let communes: Vec<String> = communes.map_err(told)?.into_iter().map(|agency| agency.code).collect();
    let kinds: Vec<&str> = rules().map_err(told)?.kinds.iter().map(|kind| kind.code.as_str()).collect();
    let asks = |queries: Vec<String>| queries.iter().map(|query| Ask::anybody(&format!("/phan-anh{query}"))).collect();
    let each = |of: &[&str], name: &str| of.iter().map(|value| format!("?{name}={value}")).collect::<Vec<String>>();
    let states = ["assigned", "working", "answer-proposed", "answered", "closed", "returned"];
    let mut narrow = Vec::new();
    for (number, commune) in communes.iter().step_by(8).enumerate() {
        let (kind, state) = (kinds[number % kinds.len()], states[number % states.len()]);
        narrow.push(format!("?xa={commune}&loai={kind}&trang-thai={state}"));
    }
    let mut next = String::new();
    let mut later = Vec::new();
    for _ in 0..20 {
        let html = inside.page(&Ask::anybody(&format!("/phan-anh{next}"))).await?;
        let address = link(&html, "/phan-anh?sau=").context("no next page")?;
        address.trim_start_matches("/phan-anh").clone_into(&mut next);
        later.push(next.clone());
    }
    let searches = ["rac+thu+gom", "tram+bien+ap", "duong+vi+du", "ngap", "gan+so+17", "khong+co+o+dau"];
    let hours = (1..9).map(|turn| {
        let from = app.now().utc() - TimeDelta::days(300 + 30 * turn);
        let [from, to] = [from, from + TimeDelta::hours(1)].map(|at| at.format("%Y-%m-%dT%H:%M:%SZ"));
        Ask::anybody(&format!("/api/open311/v2/requests.json?start_date={from}&end_date={to}"))
    });
    Ok(vec![
        ("public list".to_owned(), asks(vec![String::new()])),
        ("public list, later pages".to_owned(), asks(later)),
        ("public list, one kind".to_owned(), asks(each(&kinds, "loai"))),
        ("public list, one state".to_owned(), asks(each(&states, "trang-thai"))),
        ("public list, one commune".to_owned(), asks(communes.iter().map(|code| format!("?xa={code}")).collect())),
        ("public list, commune, kind and state".to_owned(), asks(narrow)),
        ("public list, words".to_owned(), asks(each(&searches, "tim"))),
        (
            "public list, words and commune".to_owned(),
            asks(communes.iter().step_by(4).map(|code| format!("?tim=thu+gom&xa={code}")).collect()),
        ),
        ("an hour of last year, for other programs".to_owned(), hours.collect()),
        ("how agencies answer".to_owned(), vec![Ask::anybody("/phan-anh/thong-ke")]),
    ])
}

/// The map, from the whole province to a street.
async fn tiles(inside: &Inside, looks: &[Look]) -> Result<Vec<(String, Vec<Ask>)>> {
    let ask = |tile: Tile| Ask::anybody(&format!("/phan-anh/o/{}/{}/{}", tile.z, tile.x, tile.y));
    let mut asks = Vec::new();
    for (what, zooms) in [
        ("tiles of the province, zoom 5 to 10", 5..=10),
        ("tiles of towns, zoom 11 to 15", 11..=COUNTED),
        ("tiles of quarters, zoom 16", 16..=16),
        ("tiles of streets, zoom 17 to 19", 17..=19),
    ] {
        let zooms: Vec<u8> = zooms.collect();
        let tiles = looks.iter().zip(zooms.iter().cycle()).map(|(look, zoom)| ask(Tile::of(look.place, *zoom)));
        asks.push((what.to_owned(), tiles.collect()));
    }
    let below = 2 * (geo::DEEPEST - COUNTED - 1);
    let (cell, count): (i64, i64) = Sql::composed(format!(
        "SELECT place_key >> {below}, count(*) FROM feedback_reports WHERE place_key IS NOT NULL AND public_at IS NOT NULL \
         GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    ))
    .one(inside.demo.program.app.store.read(), |row| Ok((row.get(0)?, row.get(1)?)))
    .await
    .map_err(told)?
    .context("no tile")?;
    asks.push((format!("the fullest tile of zoom 16, {count} reports"), vec![ask(Tile::of_cell(cell, COUNTED + 1)?)]));
    Ok(asks)
}

/// What is asked before somebody sends and at the desk: others of the kind close by.
async fn near(bench: &Bench, store: &Store, looks: &[Look]) -> Result<Vec<Line>> {
    let within = rules().map_err(told)?.near;
    let since = ground::now().utc() - TimeDelta::days(within.days);
    let mut lines = Vec::new();
    for (what, at_desk) in [("near a place, public", false), ("near a place, at the desk", true)] {
        let (store, looks, turn) = (store.clone(), Arc::new(looks.to_vec()), Arc::new(AtomicUsize::new(0)));
        let load = visits(bench.turns.length(), move |_| {
            let (store, looks) = (store.clone(), looks.clone());
            let turn = turn.fetch_add(1, Ordering::Relaxed);
            async move {
                let Look { place, kind } = &looks[turn % looks.len()];
                let found = queries::near(store.read(), kind, *place, within.metres.into(), since, at_desk).await;
                found.map(drop).map_err(told)
            }
        })
        .await?;
        let line = Line::new(format!("{what} ({:.0}/s)", load.per_second), percentiles(load.p50, load.p99));
        lines.push(aimed(line, load.p99));
    }
    Ok(lines)
}

/// The desk list of somebody who sees all agencies: nobody of the demo does, the province's committee would.
async fn whole_province(bench: &Bench, kind: Kind, store: &Store, officers: &[Officer]) -> Result<Vec<Line>> {
    let province = Sql::new("SELECT ancestor FROM directory_scopes GROUP BY ancestor ORDER BY count(*) DESC LIMIT 1");
    let province: Option<uuid::Uuid> = province.one(store.read(), |row| row.get(0)).await.map_err(told)?;
    ensure!(!officers.is_empty(), "no officers");
    let officer = Officer { agency: province.context("no scopes")?.into(), ..officers[0].clone() };
    let database = if kind == Kind::Sqlite { store::Kind::Sqlite } else { store::Kind::Postgres };
    let words = |words: &str| Filter { words: words.to_owned(), ..Filter::default() };
    let mut lines = Vec::new();
    for (what, filters) in [
        ("all agencies", vec![Filter::default()]),
        (
            "all agencies, one state",
            State::ALL.map(|state| Filter { state: Some(state), ..Filter::default() }).to_vec(),
        ),
        ("all agencies, words", vec![words("rác thu gom"), words("trạm biến áp"), words("đường ví dụ")]),
    ] {
        let (store, officer, filters) = (store.clone(), Arc::new(officer.clone()), Arc::new(filters));
        let turn = Arc::new(AtomicUsize::new(0));
        let load = visits(bench.turns.length(), move |_| {
            let (store, officer, filters) = (store.clone(), officer.clone(), filters.clone());
            let turn = turn.fetch_add(1, Ordering::Relaxed);
            async move {
                let filter = &filters[turn % filters.len()];
                let found = queries::for_desk(store.read(), database, &officer, filter, None, PAGE).await;
                found.map(drop).map_err(told)
            }
        })
        .await?;
        let line = Line::new(format!("desk list, {what} ({:.0}/s)", load.per_second), percentiles(load.p50, load.p99));
        lines.push(aimed(line, load.p99));
    }
    Ok(lines)
}
