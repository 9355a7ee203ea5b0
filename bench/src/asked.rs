//! Pages that several people ask for at once, beside the statements behind them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Result;
use store::Store;

use crate::alternate::{Turns, median};
use crate::load::{self, Ask, Load};
use crate::pages::Inside;
use crate::queries::Replay;
use crate::report::Line;
use crate::visits::visits;

/// A kind of page, with what each asker asks for and the statements behind it.
pub(crate) struct Asked {
    pub(crate) what: String,
    pub(crate) asks: Vec<Ask>,
    replays: Arc<Vec<Replay>>,
}

/// Medians of all rounds, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    per_second: f64,
    pages: (f64, f64),
    bare: (f64, f64),
    pub(crate) p99: f64,
    /// Of the 99th percentiles: the page's to the bare statements'.
    pub(crate) ratio: f64,
}

impl Asked {
    pub(crate) async fn record(inside: &Inside, what: &str, asks: Vec<Ask>) -> Result<Self> {
        let mut replays = Vec::new();
        for ask in &asks {
            replays.push(inside.record(ask).await?);
        }
        Ok(Self { what: what.to_owned(), asks, replays: Arc::new(replays) })
    }

    pub(crate) async fn measure(&self, turns: Turns, address: &str, store: &Store) -> Result<Measured> {
        let (mut pages, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..turns.rounds {
            pages.push(load::ask(address, &self.asks, turns.length()).await?);
            let (store, replays, turn) = (store.clone(), self.replays.clone(), Arc::new(AtomicU64::new(1)));
            let one = move |_| {
                let (store, replays) = (store.clone(), replays.clone());
                let turn = turn.fetch_add(1, Ordering::Relaxed);
                async move {
                    let number = usize::try_from(turn)? % replays.len();
                    replays[number].page(&store, turn).await
                }
            };
            bare.push(visits(turns.length(), one).await?);
        }
        Ok(of(&pages, &bare))
    }
}

fn of(pages: &[Load], bare: &[Load]) -> Measured {
    let of = |loads: &[Load], figure: fn(&Load) -> f64| median(loads.iter().map(figure).collect());
    let both = |loads: &[Load]| (of(loads, |load| load.p50), of(loads, |load| load.p99));
    Measured {
        per_second: of(pages, |load| load.per_second),
        pages: both(pages),
        bare: both(bare),
        p99: of(pages, |load| load.p99),
        ratio: median(pages.iter().zip(bare).map(|(page, bare)| page.p99 / bare.p99).collect()),
    }
}

impl Measured {
    pub(crate) fn line(&self, what: &str) -> Line {
        let told = |(p50, p99): (f64, f64)| percentiles(p50, p99);
        Line::new(format!("{what} ({:.0}/s)", self.per_second), told(self.pages)).of(told(self.bare), self.ratio)
    }
}

/// In milliseconds.
pub(crate) fn percentiles(p50: f64, p99: f64) -> String {
    format!("p50 {p50:.1} ms, p99 {p99:.1} ms")
}
