//! A working day of a whole province, compressed: officers at their desks and people on the portal, each over HTTP in a
//! session of their own, on the same cores as the program.

mod browser;
mod citizen;
mod log;
mod officer;
mod people;
mod proof;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use base::{FixedRandom, Random};
use futures_util::future::join_all;
use tokio::time::sleep_until;

use self::browser::{Browser, Net};
use self::log::{Log, What};
use self::people::People;
use self::proof::Kept;
use super::per_second;
use crate::Bench;
use crate::asked::percentiles;
use crate::ground::{self, Ground};
use crate::program::Serving;
use crate::report::Line;
use crate::told;
use crate::visits::count;

/// Milliseconds.
const AT_MOST: f64 = 200.0;
/// Offices and streets, each behind an address of its own.
const STREETS: u8 = 200;
/// How much longer than planned the day may take, as a share of it.
const OVERRUN: f64 = 1.02;

pub(super) async fn run(bench: &Bench, ground: &Ground) -> Result<Vec<Line>> {
    let place = ground.copy("day").await?;
    let people = People::prepared(bench, ground, &place).await?;
    let store = ground::bare(&place).await?;
    let before = Kept::in_store(&store, ground::now()).await?;
    let serving = Serving::start(&bench.program, "demo", &place, &bench.data.join("day.log"))?;
    let length = Duration::from_secs(60 * u64::from(bench.minutes));
    let log = Arc::new(Log::default());
    let took = live(&people, &serving.address, length, &log).await?;
    serving.stop()?;
    let wrong = before.compared(&Kept::in_store(&store, before.since).await?, &log);
    store.close().await.map_err(told)?;
    ground.discard("day").await?;
    let overrun = took.as_secs_f64() / length.as_secs_f64();
    let mut lines = vec![
        Line::new(
            format!("{} officers and {} people in {} min", people.officers.len(), people.citizens.len(), bench.minutes),
            format!("{} requests, {}", log.requests(), per_second(count(log.requests()) / took.as_secs_f64())),
        )
        .aims("no longer than planned", overrun < OVERRUN),
        Line::new("answers that were none", log.errors()).aims("none", log.is_clean()),
        Line::new(
            "afterwards",
            if wrong.is_empty() { "as much as was acknowledged".to_owned() } else { wrong.join("; ") },
        )
        .aims("nothing lost, nothing doubled", wrong.is_empty()),
    ];
    for what in What::ALL {
        let (requests, p50, p99) = log.spread(what);
        lines.push(
            Line::new(format!("{} ({requests})", what.as_str()), percentiles(p50, p99))
                .aims(format!("p99 < {AT_MOST:.0} ms"), p99 < AT_MOST),
        );
    }
    Ok(lines)
}

/// Everybody's day, beside each other.
async fn live(people: &People, address: &str, length: Duration, log: &Arc<Log>) -> Result<Duration> {
    let nets: Vec<Net> = (1..=STREETS).map(|street| Net::from(street, address)).collect::<Result<_>>()?;
    let browser = |number: usize| Browser::new(nets[number % nets.len()].clone(), log.clone());
    let began = Instant::now();
    let mut days = Vec::new();
    let plan = |number: usize| FixedRandom::new(u64::try_from(number).unwrap_or_default());
    for (number, login) in people.officers.iter().enumerate() {
        let (random, browser) = (plan(number), browser(number));
        // All come within the first tenth and stay until the end.
        let pace = Pace::between(began, length, share(&random, 0.0, 0.1), 1.0, officer::MOMENTS);
        let (login, log) = (login.clone(), log.clone());
        days.push(tokio::spawn(async move { log.day(officer::day(browser, &login, pace, &random).await) }));
    }
    for (number, login) in people.citizens.iter().enumerate() {
        let (random, browser) = (plan(people.officers.len() + number), browser(number));
        let comes = share(&random, 0.0, 0.85);
        let pace = Pace::between(began, length, comes, comes + 0.15, citizen::MOMENTS);
        let (login, log, filing) = (login.clone(), log.clone(), people.filing.clone());
        days.push(tokio::spawn(async move {
            log.day(citizen::day(browser, &login, number, pace, &random, &filing).await);
        }));
    }
    for day in join_all(days).await {
        day?;
    }
    Ok(began.elapsed())
}

/// Somewhere between two shares of the day.
fn share(random: &FixedRandom, from: f64, to: f64) -> f64 {
    let drawn = u32::try_from((random as &dyn Random).below(10_000)).unwrap_or_default();
    from + (to - from) * f64::from(drawn) / 10_000.0
}

/// The moments of somebody's day at which they do the next thing; who was kept waiting goes on at once.
struct Pace {
    next: Instant,
    step: Duration,
}

impl Pace {
    /// So many moments from one share of the day to another.
    fn between(began: Instant, length: Duration, from: f64, to: f64, moments: u32) -> Self {
        Self { next: began + length.mul_f64(from), step: length.mul_f64(to - from) / moments }
    }

    async fn next(&mut self) {
        sleep_until(self.next.into()).await;
        self.next += self.step;
    }
}
