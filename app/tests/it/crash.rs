//! What was acknowledged is there after a power cut, once, under the number that was told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base::{FixedClock, Now, SystemClock};
use chrono::TimeDelta;
use http::StatusCode;
use serde_json::{Value, json};
use store::testing::{OnDatabase, TestDatabase};
use store::{Kind, Sql, Store};
use system::{Access, Method, Route, Routes};
use tinhso::{Plan, Worker};
use tokio::sync::Mutex;

use crate::binary::{Posted, Sender, Serving, run_at};
use crate::province::{Ground, Province};
use crate::things::{self, Owner};

/// People who file at the same time.
const AT_ONCE: usize = 6;
/// Acknowledged dossiers before the power goes.
const BEFORE_THE_CUT: usize = 25;

struct OnKind(Kind);

impl OnDatabase for OnKind {
    async fn on(database: TestDatabase) -> Self {
        Self(database.kind)
    }
}

/// The API's body of a filing, without its agency, and a token that may file it.
struct Filing {
    body: Value,
    token: String,
    /// Dossiers that the demo had before.
    before: usize,
}

/// A small demo province, and something to file in it.
async fn prepared(kind: Kind) -> (Ground, Filing) {
    let province = Province::open(Ground::new(kind).await, PLAN, Arc::new(SystemClock)).await;
    let route: Vec<Route> =
        Routes::new().post("/api/v1/dossiers", Access::Citizen, async || "only its name is asked for").into_vec();
    let thing = things::find(&province, "offered-procedure", &route[0]).await.unwrap();
    let part = |name| serde_json::from_str::<Value>(&thing.filled(name)).unwrap();
    let body =
        json!({ "procedure": thing.filled("{procedure}"), "answers": part("{answers}"), "papers": part("{papers}") });
    let Owner::Person(person) = thing.owner else { panic!("a person files") };
    assert_eq!(route[0].method, Method::Post);
    let before = codes(province.store()).await.len();
    (province.close().await, Filing { body, token: person.token, before })
}

/// What the people know: under which key they sent, and the code they were told.
#[derive(Default)]
struct Known {
    told: Mutex<BTreeMap<String, Option<String>>>,
    acknowledged: AtomicUsize,
}

impl Known {
    /// Files one dossier after another until nobody answers any more.
    async fn file(&self, sender: &Sender, filing: &Filing, agency: &str) {
        let mut body = filing.body.clone();
        body["agency"] = json!(agency);
        loop {
            let key = base::Id::new(base::Clock::now(&base::SystemClock)).to_string();
            self.told.lock().await.insert(key.clone(), None);
            let answer = sender.post("/api/v1/dossiers", &filing.token, &key, Posted::Json(body.clone())).await;
            let Ok((status, answer)) = answer else { return };
            assert_eq!(status, StatusCode::CREATED, "{answer}");
            self.told.lock().await.insert(key, Some(answer["code"].as_str().unwrap().to_owned()));
            self.acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[store::test]
async fn acknowledged_dossiers_survive_a_kill_once_and_their_codes_have_no_gaps(on: OnKind) {
    let rounds = std::env::var("TINHSO_CRASH_ROUNDS").map_or(2, |rounds| rounds.parse().unwrap());
    let (ground, filing) = prepared(on.0).await;
    let (filing, known) = (Arc::new(filing), Arc::new(Known::default()));
    for round in 1..=rounds {
        let before = known.acknowledged.load(Ordering::Relaxed);
        let mut serving = Serving::start(&["demo"], &ground.place);
        let people: Vec<_> = (0..AT_ONCE)
            .map(|number| {
                let (known, filing, sender) = (known.clone(), filing.clone(), serving.sender());
                let agency = if number % 2 == 0 { "H32.103" } else { "H32.101" };
                tokio::spawn(async move { known.file(&sender, &filing, agency).await })
            })
            .collect();
        // Each round the power goes at another moment of the work.
        while known.acknowledged.load(Ordering::Relaxed) < before + BEFORE_THE_CUT + round % 5 {
            assert!(!people.iter().any(tokio::task::JoinHandle::is_finished), "somebody could not file");
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        serving.kill();
        for person in people {
            person.await.unwrap();
        }
    }
    sent_again_gives_the_same(&ground, &filing, &known).await;
    let store = ground.store().await;
    let told: BTreeSet<String> = known.told.lock().await.values().flatten().cloned().collect();
    assert_eq!(told.len(), known.told.lock().await.len(), "two filings were told the same code");
    assert_eq!(codes(&store).await.len(), filing.before + told.len(), "a dossier was made that nobody sent");
    check_codes(&store, &told).await;
    store.close().await.unwrap();
    let verified = run_at(&["verify"], &ground.place);
    assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
    nothing_is_left_on_the_way(ground).await;
}

/// Workers died with deliveries in hand. An hour later, when their claims have run out, the national portal has every
/// dossier as it is, and the carrier every order.
async fn nothing_is_left_on_the_way(ground: Ground) {
    let later = Now::at(base::Clock::now(&SystemClock).utc() + TimeDelta::hours(1));
    let province = Province::open(ground, PLAN, Arc::new(FixedClock::new(later))).await;
    Worker::new(&province.demo.program).drain().await;
    let count = async |statement: &'static str| {
        let count: Option<i64> = Sql::new(statement).one(province.store().read(), |row| row.get(0)).await.unwrap();
        count.unwrap()
    };
    let behind = "SELECT count(*) FROM dossiers d WHERE NOT EXISTS (SELECT 1 FROM national_dossiers t \
                  WHERE t.dossier_id = d.id AND t.told_version = t.version)";
    assert_eq!(count(behind).await, 0, "a dossier that the portal does not have as it is");
    let untold = "SELECT count(*) FROM post_orders o WHERE o.state <> 'wanted' AND o.state <> 'cancelled' \
                  AND NOT EXISTS (SELECT 1 FROM post_words w WHERE w.order_id = o.id)";
    assert_eq!(count(untold).await, 0, "an order that the carrier does not have");
    assert_eq!(count("SELECT count(*) FROM exchange_deliveries WHERE due_at IS NOT NULL").await, 0);
}

/// A small demo province.
const PLAN: Plan = Plan { dossiers: 12, days: 2, seed: 5, papers: 1000 };

/// Everybody sends everything again under the same keys: who was told a code is told the same, who was not learns it now.
async fn sent_again_gives_the_same(ground: &Ground, filing: &Filing, known: &Known) {
    let serving = Serving::start(&["demo"], &ground.place);
    let sender = serving.sender();
    let mut told = known.told.lock().await;
    for (number, (key, code)) in told.iter_mut().enumerate() {
        let mut body = filing.body.clone();
        body["agency"] = json!(if number % 2 == 0 { "H32.103" } else { "H32.101" });
        let (status, answer) = sender.post("/api/v1/dossiers", &filing.token, key, Posted::Json(body)).await.unwrap();
        let again = answer["code"].as_str().unwrap_or_else(|| panic!("{status} {answer}")).to_owned();
        if let Some(code) = code {
            assert_eq!((status, &again), (StatusCode::OK, &*code), "a dossier that was acknowledged is gone");
        }
        *code = Some(again);
    }
    assert_eq!(serving.stop(), Some(0));
}

async fn codes(store: &Store) -> Vec<String> {
    Sql::new("SELECT code FROM dossiers").all(store.read(), |row| row.get(0)).await.unwrap()
}

async fn check_codes(store: &Store, told: &BTreeSet<String>) {
    let codes = codes(store).await;
    let there: BTreeSet<&String> = codes.iter().collect();
    assert_eq!(there.len(), codes.len(), "a code was given twice");
    let lost: Vec<&String> = told.iter().filter(|code| !there.contains(code)).collect();
    assert!(lost.is_empty(), "acknowledged and not there: {lost:?}");
    let mut days: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (day, number) in codes.iter().filter_map(|code| code.rsplit_once('-')) {
        days.entry(day).or_default().push(number.parse().unwrap());
    }
    for (day, mut numbers) in days {
        numbers.sort_unstable();
        assert!(numbers.iter().copied().eq(1..=u32::try_from(numbers.len()).unwrap()), "a gap on {day}: {numbers:?}");
    }
}
