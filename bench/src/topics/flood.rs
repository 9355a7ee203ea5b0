//! An hour of flood: ten thousand reports of two wards, while others look at map and lists.

mod filed;
mod senders;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use feedback::access;
use feedback::queries::{self, Near};
use feedback::rules::rules;
use geo::{Place, Tile};
use tinhso::Demo;

use self::filed::{Filed, Took};
use self::senders::{Senders, Sending};
use super::per_second;
use crate::alternate::{median, quantile};
use crate::asked::percentiles;
use crate::ground::{self, Ground};
use crate::load::{self, Ask, Load};
use crate::pages::Inside;
use crate::pages::host::Host;
use crate::report::Line;
use crate::told;
use crate::visits::{count, each};

const REPORTS: usize = 10_000;
/// Milliseconds.
const AT_MOST: f64 = 100.0;
/// Reports of which one is read at the desk as soon as it is sent: what three desks manage in an hour.
const READ_ONE_OF: usize = 20;
/// Those that are compared at the desk afterwards.
const COMPARED: usize = 2000;
/// Zooms of the tiles that are looked at, from a ward to a street.
const ZOOMS: std::ops::RangeInclusive<u8> = 12..=18;
/// Long enough for hundreds of answers, and several times within the flood.
const TURN: std::time::Duration = std::time::Duration::from_secs(1);

pub(super) async fn run(ground: &Ground) -> Result<Vec<Line>> {
    let place = ground.copy("flood").await?;
    let inside = Inside::open(ground, &place).await?;
    let cookies = inside.cookies_of(access::READ).await?;
    inside.close().await?;
    let demo = Arc::new(ground.open(&place).await?);
    let host = Host::of(&demo).await?;
    let senders = Arc::new(Senders::of(&demo, ground::now()).await?);
    let asks = asks(&senders, &cookies);
    let before = filed::Kept::in_store(&demo.program.app.store).await?;

    let sendings = senders.all(REPORTS)?;
    let filed = Arc::new(Filed::default());
    let began = Instant::now();
    let filing = tokio::spawn({
        let (demo, senders, filed) = (demo.clone(), senders.clone(), filed.clone());
        each(sendings, move |sending| {
            let (demo, senders, filed) = (demo.clone(), senders.clone(), filed.clone());
            async move { send(&demo, &senders, &filed, sending).await }
        })
    });
    let meanwhile = looked_at(&host.address, &asks, || !filing.is_finished()).await?;
    let took = filing.await??;
    println!("{}: {REPORTS} reports ({:.0} s)", ground.kind, began.elapsed().as_secs_f32());

    let rounds = AtomicUsize::new(0);
    let afterwards = looked_at(&host.address, &asks, || rounds.fetch_add(1, Ordering::Relaxed) < 3).await?;
    let mut lines = vec![filed.line(took), proven(&demo, &filed, before).await?];
    lines.extend(looks("while they are filed", &meanwhile)?);
    lines.extend(looks("afterwards", &afterwards)?);
    lines.push(filed.proposed("before sending, from what is public"));
    lines.push(compared(&demo, &senders).await?.proposed("at the desk, from everything"));
    host.stop().await;
    demo.program.app.store.clone().close().await.map_err(told)?;
    Ok(lines)
}

/// Somebody sends a report as the page does: first it is looked whether others reported the same.
async fn send(demo: &Demo, senders: &Senders, filed: &Filed, sending: Sending) -> Result<()> {
    let app = &demo.program.app;
    let began = Instant::now();
    let near = near(demo, &sending, false).await?;
    filed.compared(began.elapsed(), &sending, &near);
    let began = Instant::now();
    let file = async || {
        let report =
            feedback::actions::file(app, sending.now, &sending.caller, sending.new.clone()).await.map_err(told)?;
        filed.receipt(report.form_id, report.code.clone());
        Ok::<_, anyhow::Error>(report)
    };
    let report = if sending.at_once { futures_util::try_join!(file(), file())?.0 } else { file().await? };
    filed.took(Took::Filing, began.elapsed());
    if sending.number.is_multiple_of(READ_ONE_OF) && !sending.again {
        senders.read(app, sending.now, &report).await?;
    }
    Ok(())
}

async fn near(demo: &Demo, sending: &Sending, at_desk: bool) -> Result<Vec<Near>> {
    let within = rules().map_err(told)?.near;
    let since = sending.now.utc() - TimeDelta::days(within.days);
    let place = sending.new.place.context("a report without a place")?;
    let store = &demo.program.app.store;
    let found = queries::near(store.read(), &sending.new.kind, place, within.metres.into(), since, at_desk).await;
    // A report does not repeat itself.
    let form = sending.new.secret.form_id();
    Ok(found.map_err(told)?.into_iter().filter(|near| near.report.form_id != form).collect())
}

/// What the desk would be shown for those that were sent last.
async fn compared(demo: &Arc<Demo>, senders: &Senders) -> Result<Filed> {
    let sent = senders.all(REPORTS)?;
    let filed = Arc::new(Filed::after(sent.iter().filter(|one| one.number + COMPARED < REPORTS)));
    let last = sent.into_iter().filter(|one| !one.again && one.number + COMPARED >= REPORTS).collect();
    each(last, {
        let (demo, filed) = (demo.clone(), filed.clone());
        move |sending| {
            let (demo, filed) = (demo.clone(), filed.clone());
            async move {
                let began = Instant::now();
                let near = near(&demo, &sending, true).await?;
                filed.compared(began.elapsed(), &sending, &near);
                Ok(())
            }
        }
    })
    .await?;
    Arc::into_inner(filed).context("somebody still compares")
}

async fn proven(demo: &Demo, filed: &Filed, before: filed::Kept) -> Result<Line> {
    let after = filed::Kept::in_store(&demo.program.app.store).await?;
    let wrong = filed.wrong(REPORTS, &before, &after);
    let told = if wrong.is_empty() { "as many rows, cases, entries and codes".to_owned() } else { wrong.join("; ") };
    Ok(Line::new(format!("{REPORTS} forms, {} sendings", filed.sendings()), told)
        .aims("none lost, none doubled, no gap", wrong.is_empty()))
}

/// What is looked at: the map's tiles, the list, the desk's list.
fn asks(senders: &Senders, cookies: &[String]) -> Vec<(&'static str, Vec<Ask>)> {
    let tile = |place: Place, zoom: u8| {
        let Tile { z, x, y } = Tile::of(place, zoom);
        Ask::anybody(&format!("/phan-anh/o/{z}/{x}/{y}"))
    };
    let tiles = senders.spots().take(32).flat_map(|place| ZOOMS.map(move |zoom| tile(place, zoom))).collect();
    let list = ["", "?loai=ngap", "?tim=duong", "?trang-thai=assigned"];
    let list = list.iter().map(|narrowed| Ask::anybody(&format!("/phan-anh{narrowed}"))).collect();
    let desk =
        cookies.iter().map(|cookie| Ask { path: "/phan-anh-xu-ly".to_owned(), cookie: cookie.clone() }).collect();
    vec![("map tiles", tiles), ("public list", list), ("desk list", desk)]
}

/// One after another, again and again; only rounds that ended while it still `goes_on`.
async fn looked_at(
    address: &str,
    asks: &[(&'static str, Vec<Ask>)],
    goes_on: impl Fn() -> bool,
) -> Result<Vec<(&'static str, Vec<Load>)>> {
    let mut looks: Vec<(&str, Vec<Load>)> = asks.iter().map(|(what, _)| (*what, Vec::new())).collect();
    while goes_on() {
        for ((_, asks), (_, loads)) in asks.iter().zip(&mut looks) {
            loads.push(load::ask(address, asks, TURN).await?);
        }
    }
    Ok(looks)
}

fn looks(when: &str, looks: &[(&'static str, Vec<Load>)]) -> Result<Vec<Line>> {
    let line = |(what, loads): &(&str, Vec<Load>)| {
        ensure!(!loads.is_empty(), "nobody was quick enough to look at the {what}");
        let of = |figure: fn(&Load) -> f64| median(loads.iter().map(figure).collect());
        let p99 = of(|load| load.p99);
        Ok(Line::new(
            format!("{what} {when} ({})", per_second(of(|load| load.per_second))),
            percentiles(of(|load| load.p50), p99),
        )
        .aims(format!("p99 < {AT_MOST:.0} ms"), p99 < AT_MOST))
    };
    looks.iter().map(line).collect()
}

/// The middle and the 99th percentile of what was taken, in milliseconds.
fn spread(took: &[f64]) -> String {
    percentiles(quantile(took.to_vec(), 0.5), quantile(took.to_vec(), 0.99))
}

/// `12 of 40 (30 %)`.
fn share(part: usize, of: usize) -> String {
    format!("{part} of {of} ({:.0} %)", 100.0 * count(part) / count(of.max(1)))
}
