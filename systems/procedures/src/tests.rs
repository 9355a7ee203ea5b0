mod api;
mod drafts;
mod pages;
mod publishing;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base::{Id, Now};
use contracts::questions::{Dossiers, Figures, Next};
use contracts::{Answer, Questions};
use store::testing::{OnDatabase, TestDatabase};
use system::{App, Caller, Parts, PositionKind};
use web::testing::{self, Answered, Doorkeeper, Given};

use crate::actions::publish_all;
use crate::package::Package;

/// A program of the catalogue alone, with the national packages not yet published.
struct Fixture {
    app: App,
    given: Given,
    counted: Arc<Counted>,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let tables = [journal::MIGRATIONS, worktime::MIGRATIONS, flow::MIGRATIONS];
        let systems = vec![crate::system(), directory::system()];
        let given = Given::on(&database, now, &tables, systems.clone()).await;
        let app = given.app(Parts::default());
        let mut questions = Questions::default();
        for system in &systems {
            if let Some(answers) = system.answers {
                answers(&app, &mut questions);
            }
        }
        let counted = Arc::new(Counted::default());
        questions.answer::<dyn Dossiers>(counted.clone());
        app.join(questions, Arc::new(Doorkeeper(caller)));
        Self { app, given, counted }
    }
}

impl Fixture {
    async fn published(self) -> Self {
        publish_all(&self.app, self.app.now(), &Package::embedded().unwrap()).await.unwrap();
        self
    }

    async fn with_agencies(self) -> Self {
        directory::testing::populated(&self.app.store, self.app.now(), directory::NewPerson::default()).await;
        self
    }

    fn on(&self, day: &str) {
        self.given.clock.set(Now::parse(&format!("{day}T08:00:00+07:00")));
    }

    async fn answer(&self, address: &str, cookie: Option<&str>) -> Answered {
        self.given.get(&self.app, cookie.unwrap_or_default(), address).await
    }

    async fn page(&self, address: &str) -> String {
        self.answer(address, None).await.page()
    }
}

/// The value of the session cookie says who comes: `citizen`, or the permissions of an officer, joined by `+`.
fn caller(app: &App, cookie: &str) -> Caller {
    if cookie == "citizen" {
        Caller::Citizen(testing::citizen(Id::new(app.now())))
    } else {
        Caller::Officer(testing::officer(
            app.now(),
            PositionKind::Administrator,
            &cookie.split('+').collect::<Vec<_>>(),
        ))
    }
}

/// A province with figures worth telling, and a person who was asked for something.
#[derive(Default)]
struct Counted {
    /// How often the figures were asked for.
    asked: AtomicUsize,
}

impl Dossiers for Counted {
    fn figures(&self, _: Now) -> Answer<'_, Figures> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(Figures { received: 9412, online: 6438, in_time: 971, finished: 1000, late: 0 }) })
    }

    fn next_of(&self, _: Id) -> Answer<'_, Option<Next>> {
        let next = Next {
            name: "Cấp giấy phép xây dựng".to_owned(),
            path: "/ho-so/H32.101-261112-0001".to_owned(),
            state: "web-notice".to_owned(),
            tone: "wait".to_owned(),
            asked: true,
        };
        Box::pin(async move { Ok(Some(next)) })
    }
}
