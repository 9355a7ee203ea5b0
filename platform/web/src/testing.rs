//! A program for tests: a database of its own, a demo province, a clock that stands still, and whoever the test lets in.
//!
//! A crate's tests say which systems and services they are about; what every program needs beside them stands here.

#![expect(clippy::expect_used, reason = "only tests call it")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::response::Response;
use base::{FixedClock, FixedRandom, Id, Now};
use contracts::Answer;
use files::{Files, Limits, Place};
use http::header::{CONTENT_TYPE, COOKIE, HeaderName, LOCATION};
use http::request::Builder;
use http::{Request, StatusCode};
use store::testing::TestDatabase;
use store::{Location, Migration, Store};
use system::{
    App, Authenticate, Caller, Citizen, Officer, Parts, PositionKind, Province, Session, Settings, System, Texts,
};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::{SESSION_COOKIE, Site};

/// What a test's program stands on.
pub struct Given {
    pub store: Store,
    pub clock: Arc<FixedClock>,
    /// Of a demo province, until a test wants it otherwise.
    pub settings: Settings,
    /// Of the shell and the systems; a test may add its own.
    pub texts: Vec<Texts>,
    systems: Vec<System>,
    location: Location,
    _folder: TempDir,
}

impl Given {
    /// Systems with their tables, and the tables of crates that show nothing here.
    ///
    /// # Panics
    /// When there is no room for it: the test that asked for it has failed then. So do all functions here.
    pub async fn on(database: &TestDatabase, now: Now, tables: &[&[Migration]], systems: Vec<System>) -> Self {
        let own = systems.iter().map(|system| system.migrations);
        let migrations: Vec<Migration> = tables.iter().copied().chain(own).flatten().copied().collect();
        let (store, location) = database.migrated(&migrations, now).await;
        let folder = tempfile::tempdir().expect("a folder for the test");
        let settings = Settings {
            data: folder.path().to_owned(),
            province: Province {
                key: "khanh-hoa".to_owned(),
                name: "Tỉnh Khánh Hòa".to_owned(),
                code: "H32".to_owned(),
                hotline: "1022".to_owned(),
            },
            demo: true,
            trusted_proxies: Vec::new(),
            public_url: "http://localhost".to_owned(),
        };
        let texts = crate::TEXTS.iter().chain(systems.iter().flat_map(|system| &system.texts)).copied().collect();
        Self { store, clock: Arc::new(FixedClock::new(now)), settings, texts, systems, location, _folder: folder }
    }

    /// The program, with these services beside the shell.
    pub fn app(&self, services: Parts) -> App {
        let texts = crate::Texts::load(self.texts.iter()).expect("the texts are sound");
        let menu = self.systems.iter().flat_map(|system| system.menu.iter().copied()).collect();
        let files = Files::open(&Place::Disk(self.settings.data.join("files")), Limits::default());
        App::new(
            self.store.clone(),
            self.clock.clone(),
            Arc::new(FixedRandom::new(1)),
            files.expect("a folder for files"),
            self.settings.clone(),
            services.with(Site::new(texts, menu, &[7; 64])),
        )
    }

    /// What the program answers.
    pub async fn ask(&self, app: &App, request: Request<Body>) -> Answered {
        let Ok(answer) = crate::router(app, &self.systems).oneshot(request).await;
        Answered::read(answer).await
    }

    /// Opens a page; `who` is the value of the session cookie, empty for none.
    pub async fn get(&self, app: &App, who: &str, address: &str) -> Answered {
        self.ask(app, request(Request::get(address), who, Body::empty())).await
    }

    /// Sends a form from a page of the session.
    pub async fn post(&self, app: &App, who: &str, address: &str, fields: &[(&str, &str)]) -> Answered {
        let fields: Vec<_> = [("_csrf", CSRF)].iter().chain(fields).collect();
        let form = serde_html_form::to_string(&fields).expect("a form");
        let head = Request::post(address).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(app, request(head, who, Body::from(form))).await
    }

    /// Sends a form with files, each by the name of its field and its own, as a browser without JavaScript does.
    pub async fn upload(
        &self,
        app: &App,
        who: &str,
        address: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answered {
        let fields: Vec<_> = [("_csrf", CSRF)].into_iter().chain(fields.iter().copied()).collect();
        let (kind, body) = multipart(&fields, files);
        let head = Request::post(address).header(CONTENT_TYPE, kind);
        self.ask(app, request(head, who, Body::from(body))).await
    }
}

/// A form with files as a browser sends it: its content type and its body. Each file goes by the name of its field and its own.
pub fn multipart(fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> (&'static str, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, file, content) in files {
        let head = format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n");
        body.extend(head.bytes().chain(content.iter().copied()).chain(*b"\r\n"));
    }
    body.extend(b"--part--\r\n");
    ("multipart/form-data; boundary=part", body)
}

/// A program that runs, with what it stands on: what fixtures of systems are made of.
pub struct Running {
    pub app: App,
    given: Given,
}

impl Running {
    pub const fn new(app: App, given: Given) -> Self {
        Self { app, given }
    }

    /// Sets the clock.
    pub fn on(&self, moment: &str) {
        self.given.clock.set(Now::parse(moment));
    }

    /// [`Given::ask`].
    pub async fn ask(&self, request: Request<Body>) -> Answered {
        self.given.ask(&self.app, request).await
    }

    /// [`Given::get`].
    pub async fn get(&self, who: &str, address: &str) -> Answered {
        self.given.get(&self.app, who, address).await
    }

    /// [`Given::post`].
    pub async fn post(&self, who: &str, address: &str, fields: &[(&str, &str)]) -> Answered {
        self.given.post(&self.app, who, address, fields).await
    }

    /// [`Given::upload`].
    pub async fn upload(
        &self,
        who: &str,
        address: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answered {
        self.given.upload(&self.app, who, address, fields, files).await
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        store::testing::remove(&self.location);
    }
}

fn request(head: Builder, who: &str, body: Body) -> Request<Body> {
    let head = if who.is_empty() { head } else { head.header(COOKIE, format!("{SESSION_COOKIE}={who}")) };
    head.body(body).expect("a request")
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answered {
    pub status: StatusCode,
    pub location: Option<String>,
    /// Its content type.
    pub kind: Option<String>,
    pub body: String,
}

impl Answered {
    async fn read(answer: Response) -> Self {
        let header = |name: HeaderName| {
            let value = answer.headers().get(name)?;
            Some(value.to_str().expect("a header of text").to_owned())
        };
        let (location, kind, status) = (header(LOCATION), header(CONTENT_TYPE), answer.status());
        let body = to_bytes(answer.into_body(), usize::MAX).await.expect("the whole answer");
        Self { status, location, kind, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// The page, which must be one.
    #[track_caller]
    pub fn page(self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.body
    }

    /// Where it leads, which must be somewhere.
    #[track_caller]
    pub fn to(self) -> String {
        assert!(self.location.is_some(), "{}: {}", self.status, self.body);
        self.location.unwrap_or_default()
    }
}

/// The token of forms, the same for every session.
const CSRF: &str = "token";

/// Lets in whom the test says, by the value of the session cookie.
pub struct Doorkeeper<F>(pub F);

impl<F: Fn(&App, &str) -> Caller + Send + Sync> Authenticate for Doorkeeper<F> {
    fn session<'a>(&'a self, app: &'a App, cookie: &'a str) -> Answer<'a, Option<Session>> {
        let session = Session { id: Id::new(app.now()), caller: self.0(app, cookie), csrf: CSRF.to_owned() };
        Box::pin(async move { Ok(Some(session)) })
    }

    fn token<'a>(&'a self, _: &'a App, _: &'a str) -> Answer<'a, Option<Caller>> {
        Box::pin(async { Ok(None) })
    }
}

/// Lets in those whom a test names, by the value of the session cookie.
pub struct Known {
    callers: BTreeMap<&'static str, Caller>,
    others: Caller,
}

impl Known {
    pub fn officers(officers: impl IntoIterator<Item = (&'static str, Officer)>) -> Self {
        let callers = officers.into_iter().map(|(name, officer)| (name, Caller::Officer(officer))).collect();
        Self { callers, others: Caller::Anonymous }
    }

    #[must_use]
    pub fn citizen(mut self, name: &'static str, citizen: Citizen) -> Self {
        self.callers.insert(name, Caller::Citizen(citizen));
        self
    }

    /// Whoever is not named.
    #[must_use]
    pub fn others(self, others: Citizen) -> Self {
        Self { others: Caller::Citizen(others), ..self }
    }

    pub fn doorkeeper(self) -> Arc<dyn Authenticate> {
        Arc::new(Doorkeeper(move |_: &App, cookie: &str| self.callers.get(cookie).unwrap_or(&self.others).clone()))
    }
}

/// A person on the portal, identified at level 2.
pub fn citizen(person: Id) -> Citizen {
    Citizen { account: person, person, name: "Trần Thị Demo".to_owned(), assurance: 2 }
}

/// Somebody in a position of an agency of their own.
pub fn officer(now: Now, kind: PositionKind, permissions: &[&str]) -> Officer {
    let id = Id::new(now);
    Officer {
        account: id,
        person: id,
        name: "Lê Thị Ví Dụ".to_owned(),
        position: id,
        kind,
        title: "Chuyên viên".to_owned(),
        agency: id,
        agency_name: "Sở Ví Dụ".to_owned(),
        unit: None,
        permissions: permissions.iter().map(|permission| (*permission).to_owned()).collect::<BTreeSet<_>>(),
        acting_for: None,
    }
}
