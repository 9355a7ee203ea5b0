mod api;
mod pages;
mod publishing;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, to_bytes};
use base::{FixedClock, FixedRandom, Id, Now};
use contracts::questions::{Dossiers, Figures, Next};
use contracts::{Answer, Questions};
use files::{Files, Limits, Place};
use http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use http::{Request, StatusCode};
use store::testing::{OnDatabase, TestDatabase, remove};
use store::{Location, Migration};
use system::{App, Authenticate, Caller, Citizen, Officer, Parts, PositionKind, Session, Settings, System};
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::{SESSION_COOKIE, Site, Texts};

use crate::actions::publish_all;
use crate::package::Package;

/// A program of the catalogue alone, with the national packages not yet published.
struct Fixture {
    app: App,
    clock: Arc<FixedClock>,
    counted: Arc<Counted>,
    location: Location,
    _folder: TempDir,
}

fn systems() -> Vec<System> {
    vec![crate::system(), directory::system()]
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let migrations: Vec<Migration> =
            [journal::MIGRATIONS, worktime::MIGRATIONS, directory::MIGRATIONS, flow::MIGRATIONS, crate::MIGRATIONS]
                .concat();
        let (store, location) = database.migrated(&migrations, now).await;
        let systems = systems();
        let texts = Texts::load(web::TEXTS.iter().chain(systems.iter().flat_map(|system| &system.texts))).unwrap();
        let menu = systems.iter().flat_map(|system| system.menu.clone()).collect();
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            data: folder.path().to_owned(),
            province: system::Province {
                key: "khanh-hoa".to_owned(),
                name: "Tỉnh Khánh Hòa".to_owned(),
                code: "H32".to_owned(),
                hotline: "1022".to_owned(),
            },
            demo: true,
            trusted_proxies: Vec::new(),
            public_url: "http://localhost".to_owned(),
        };
        let files = Files::open(&Place::Disk(folder.path().to_owned()), Limits::default()).unwrap();
        let parts = Parts::default().with(Site::new(texts, menu, &[7; 64]));
        let clock = Arc::new(FixedClock::new(now));
        let app = App::new(store, clock.clone(), Arc::new(FixedRandom::new(1)), files, settings, parts);
        let mut questions = Questions::default();
        for system in &systems {
            if let Some(answers) = system.answers {
                answers(&app, &mut questions);
            }
        }
        let counted = Arc::new(Counted::default());
        questions.answer::<dyn Dossiers>(counted.clone());
        app.join(questions, Arc::new(Doorkeeper));
        Self { app, clock, counted, location, _folder: folder }
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        remove(&self.location);
    }
}

impl Fixture {
    async fn published(self) -> Self {
        publish_all(&self.app, self.app.now(), &Package::embedded().unwrap()).await.unwrap();
        self
    }

    async fn with_agencies(self) -> Self {
        let province = province::Province::load("khanh-hoa").unwrap();
        let now = self.app.now();
        self.app.store.write(async |tx| directory::actions::load(tx, now, &province).await).await.unwrap();
        self
    }

    fn on(&self, day: &str) {
        self.clock.set(Now::parse(&format!("{day}T08:00:00+07:00")));
    }

    async fn answer(&self, address: &str, cookie: Option<&str>) -> Answered {
        let mut request = Request::get(address);
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, format!("{SESSION_COOKIE}={cookie}"));
        }
        let router = web::router(&self.app, &systems());
        let answer = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let header = |name| answer.headers().get(&name).map(|value| value.to_str().unwrap().to_owned());
        let (location, kind) = (header(LOCATION), header(CONTENT_TYPE));
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        Answered { status, location, kind, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    async fn page(&self, address: &str) -> String {
        let answered = self.answer(address, None).await;
        assert_eq!(answered.status, StatusCode::OK, "{address}: {}", answered.body);
        answered.body
    }
}

struct Answered {
    status: StatusCode,
    location: Option<String>,
    kind: Option<String>,
    body: String,
}

/// The value of the session cookie says who comes: `citizen`, or the one permission of an officer.
struct Doorkeeper;

impl Authenticate for Doorkeeper {
    fn session<'a>(&'a self, app: &'a App, cookie: &'a str) -> Answer<'a, Option<Session>> {
        let id = Id::new(app.now());
        let caller = if cookie == "citizen" {
            Caller::Citizen(Citizen { account: id, person: id, name: "Trần Thị Demo".to_owned(), assurance: 2 })
        } else {
            Caller::Officer(Officer {
                account: id,
                person: id,
                name: "Lê Thị Ví Dụ".to_owned(),
                position: id,
                kind: PositionKind::Administrator,
                title: "Quản trị hệ thống".to_owned(),
                agency: id,
                agency_name: "Sở Ví Dụ".to_owned(),
                unit: None,
                permissions: BTreeSet::from([cookie.to_owned()]),
                acting_for: None,
            })
        };
        Box::pin(async move { Ok(Some(Session { id, caller, csrf: String::new() })) })
    }

    fn token<'a>(&'a self, _: &'a App, _: &'a str) -> Answer<'a, Option<Caller>> {
        Box::pin(async { Ok(None) })
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
