mod ledger;
mod pages;

use std::sync::{Arc, Mutex};

use base::{Error, Id, Now, Result};
use chrono::TimeDelta;
use contracts::Answer;
use journal::{Actor, Thing};
use province::Province;
use store::Sql;
use store::testing::{OnDatabase, TestDatabase};
use system::{App, Officer, Parts, PositionKind};
use web::testing::{Given, officer};

use crate::access::{RECONCILE, Sight};
use crate::{Connector, Connectors, Delivery, NewDelivery, Outcome, Policy, State, enqueue, queries};

/// The other side: a post office that does as its mood is, and remembers every key that reached it.
#[derive(Default)]
struct PostOffice {
    mood: Mutex<Mood>,
    arrived: Mutex<Vec<String>>,
}

#[derive(Clone, Copy, Default)]
enum Mood {
    #[default]
    Takes,
    Busy,
    BusyFor(TimeDelta),
    Refuses,
    /// The connection ends before the receipt is back.
    TakesAndBreaksOff,
    Silent,
}

impl PostOffice {
    fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    fn arrived(&self) -> Vec<String> {
        self.arrived.lock().unwrap().clone()
    }

    fn takes(&self, delivery: &Delivery) -> Outcome {
        self.arrived.lock().unwrap().push(delivery.key.clone());
        Outcome::Delivered { receipt: format!("250 {}", delivery.key) }
    }
}

impl Connector for PostOffice {
    fn name(&self) -> &'static str {
        "post"
    }

    fn deliver<'a>(&'a self, _: &'a App, delivery: &'a Delivery) -> Answer<'a, Outcome> {
        let mood = *self.mood.lock().unwrap();
        Box::pin(async move {
            Ok(match mood {
                Mood::Takes => self.takes(delivery),
                Mood::Busy => Outcome::Retry { reason: "busy".to_owned(), after: None },
                Mood::BusyFor(wait) => Outcome::Retry { reason: "busy".to_owned(), after: Some(wait) },
                Mood::Refuses => Outcome::Reject { reason: "no such street".to_owned() },
                Mood::TakesAndBreaksOff => {
                    self.takes(delivery);
                    panic!("the connection broke off");
                }
                Mood::Silent => std::future::pending().await,
            })
        })
    }
}

struct Fixture {
    app: App,
    given: Given,
    post: Arc<PostOffice>,
    policy: Policy,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let post = Arc::new(PostOffice::default());
        let policy = Policy { answer_seconds: 1, ..Policy::parse(Policy::STANDARD).unwrap() };
        let given =
            Given::on(&database, now, &[journal::MIGRATIONS, directory::MIGRATIONS], vec![crate::system()]).await;
        let app = given.app(Parts::default().with(Connectors::new(policy.clone()).with(post.clone())));
        Self { app, given, post, policy }
    }
}

impl Fixture {
    fn pass(&self, time: TimeDelta) {
        self.given.clock.set(Now::at(self.app.now().utc() + time));
    }

    fn letter(&self, key: &str) -> NewDelivery {
        NewDelivery {
            connector: "post",
            key: key.to_owned(),
            destination: "H32.101".to_owned(),
            payload: "{}".to_owned(),
            subject: Thing { kind: "dossier", id: Id::new(self.app.now()) },
            agency: None,
        }
    }

    async fn send(&self, letter: NewDelivery) -> Id {
        let now = self.app.now();
        self.app.store.write(async |tx| enqueue(tx, now, &Actor::PROGRAM, letter).await).await.unwrap()
    }

    async fn run(&self) -> usize {
        crate::run(&self.app).await.unwrap()
    }

    async fn delivery(&self, id: Id) -> Delivery {
        queries::one(self.app.store.read(), id, Sight::Whole).await.unwrap().unwrap()
    }

    async fn state(&self, id: Id) -> State {
        self.delivery(id).await.state
    }

    async fn verbs(&self, id: Id) -> Vec<String> {
        journal::history(&self.app.store, id).await.unwrap().into_iter().map(|line| line.verb).collect()
    }

    async fn count(&self, table: &str) -> i64 {
        let sql = Sql::composed(format!("SELECT COUNT(*) FROM {table}"));
        sql.one(self.app.store.read(), |row| row.get(0)).await.unwrap().unwrap()
    }

    /// The province's committee and two wards under it.
    async fn load_agencies(&self) {
        let mut province = Province::load("khanh-hoa").unwrap();
        province.agencies.retain(|code, _| ["H32", "H32.101", "H32.102"].contains(&code.as_str()));
        for agency in province.agencies.values_mut() {
            agency.predecessors.clear();
            agency.partly_from.clear();
        }
        let now = self.app.now();
        self.app.store.write(async |tx| directory::actions::load(tx, now, &province).await).await.unwrap();
    }

    async fn agency(&self, code: &str) -> Id {
        let today = self.app.now().today();
        directory::queries::agency_by_code(self.app.store.read(), code, today).await.unwrap().unwrap().id
    }

    async fn administrator(&self, agency: &str) -> Officer {
        let agency_name = agency.to_owned();
        let agency = self.agency(agency).await;
        Officer { agency, agency_name, ..officer(self.app.now(), PositionKind::Administrator, &[RECONCILE]) }
    }
}

fn refused<T: std::fmt::Debug>(answer: Result<T>) -> Error {
    answer.unwrap_err()
}
