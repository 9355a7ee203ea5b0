//! Pages per second: those for everybody beside nginx, those for one person beside their bare statements.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result};
use store::Store;

use super::per_second;
use crate::Bench;
use crate::alternate::Compared;
use crate::ground::{self, Ground};
use crate::load::{self, Ask};
use crate::nginx::Nginx;
use crate::pages::{Inside, link};
use crate::program::Serving;
use crate::queries::Replay;
use crate::report::Line;
use crate::visits::visits;

const OF_NGINX: f64 = 0.4;
const OF_BARE: f64 = 0.5;

/// A page for one person, and what it runs.
struct Own {
    what: &'static str,
    ask: Ask,
    replay: Arc<Replay>,
}

pub(super) async fn run(bench: &Bench, ground: &Ground) -> Result<Vec<Line>> {
    let place = ground.copy("pages").await?;
    let own = own_pages(ground, &place).await?;
    let serving = Serving::start(&bench.program, "demo", &place, &bench.data.join("pages.log"))?;
    let mut lines = for_everybody(bench, &serving).await?;
    let store = ground::bare(&place).await?;
    let turn = Arc::new(AtomicU64::new(1));
    for page in &own {
        let compared = beside_bare(bench, &serving, &store, page, &turn).await?;
        let (writes, reads) = page.replay.counts();
        lines.push(line(&format!("{} ({reads} queries, {writes} writes)", page.what), compared, OF_BARE));
    }
    store.close().await.map_err(crate::told)?;
    serving.stop()?;
    Ok(lines)
}

async fn beside_bare(
    bench: &Bench,
    serving: &Serving,
    store: &Store,
    page: &Own,
    turn: &Arc<AtomicU64>,
) -> Result<Compared> {
    let length = bench.turns.length();
    bench
        .turns
        .compare(
            async || Ok(load::ask(&serving.address, std::slice::from_ref(&page.ask), length).await?.per_second),
            async || {
                let (replay, store, turn) = (page.replay.clone(), store.clone(), turn.clone());
                let bare = move |_| {
                    let (replay, store, turn) = (replay.clone(), store.clone(), turn.fetch_add(1, Ordering::Relaxed));
                    async move { replay.page(&store, turn).await }
                };
                Ok(visits(length, bare).await?.per_second)
            },
        )
        .await
}

/// An officer's inbox and a dossier in it, a person's own dossier.
async fn own_pages(ground: &Ground, place: &tinhso::Place) -> Result<Vec<Own>> {
    let inside = Inside::open(ground, place).await?;
    let mut inbox = None;
    for account in inside.officers(dossiers::access::READ) {
        let ask = Ask { path: "/viec".to_owned(), cookie: inside.sign_in(account).await? };
        let dossier = link(&inside.page(&ask).await?, "/mot-cua/ho-so/");
        if let Some(path) = dossier.filter(|_| account.permissions.iter().any(|held| held == dossiers::access::EXAMINE))
        {
            inbox = Some((Ask { path, cookie: ask.cookie.clone() }, ask));
            break;
        }
    }
    let (dossier, inbox) = inbox.context("no officer has work")?;
    let mut mine = None;
    for account in inside.demo.accounts.iter().filter(|account| account.permissions.is_empty()) {
        let cookie = inside.sign_in(account).await?;
        let list = inside.page(&Ask { path: "/ho-so".to_owned(), cookie: cookie.clone() }).await?;
        if let Some(path) = link(&list, "/ho-so/H") {
            mine = Some(Ask { path, cookie });
            break;
        }
    }
    let mut own = Vec::new();
    let asks = [
        ("inbox", inbox),
        ("a dossier at the desk", dossier),
        ("a person's own dossier", mine.context("nobody has filed")?),
    ];
    for (what, ask) in asks {
        let replay = Arc::new(inside.record(&ask).await?);
        own.push(Own { what, ask, replay });
    }
    inside.close().await?;
    Ok(own)
}

async fn for_everybody(bench: &Bench, serving: &Serving) -> Result<Vec<Line>> {
    let list = String::from_utf8(serving.get("/thu-tuc", "")?.body)?;
    let procedure = link(&list, "/thu-tuc/").context("no procedure is listed")?;
    let paths = [("home, signed out", "/".to_owned()), ("a procedure, signed out", procedure)];
    let bodies: Result<Vec<Vec<u8>>> = paths.iter().map(|(_, path)| Ok(serving.get(path, "")?.body)).collect();
    let bodies = bodies?;
    let nginx = Nginx::serve(&bench.data, &bodies)?;
    let mut lines = Vec::new();
    for (number, ((what, path), body)) in paths.iter().zip(&bodies).enumerate() {
        let (ours, files) = (Ask::anybody(path), Ask::anybody(&format!("/{}", number + 1)));
        let compared = bench
            .turns
            .compare(
                async || {
                    Ok(load::ask(&serving.address, std::slice::from_ref(&ours), bench.turns.length()).await?.per_second)
                },
                async || {
                    Ok(load::ask(&nginx.address, std::slice::from_ref(&files), bench.turns.length()).await?.per_second)
                },
            )
            .await?;
        lines.push(line(&format!("{what} ({} kB)", body.len() / 1000), compared, OF_NGINX));
    }
    Ok(lines)
}

fn line(what: &str, compared: Compared, aim: f64) -> Line {
    Line::new(what, per_second(compared.ours))
        .of(per_second(compared.ceiling), compared.ratio)
        .aims(format!("≥ {aim:.2}"), compared.ratio >= aim)
}
