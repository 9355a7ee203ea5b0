//! A province with its agencies and one procedure, and people before its pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use base::{FixedClock, FixedRandom, Id, Now};
use contracts::questions::{Competence, Deadline, Fee, Paper, Procedure, Procedures, ResultPaper};
use contracts::{Answer, Questions};
use directory::{Agency, NewPerson};
use exchange::{Connectors, Policy};
use files::{Files, Limits, Place};
use flow::Process;
use http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use http::{Request, StatusCode};
use store::testing::{OnDatabase, TestDatabase, remove};
use store::{Location, Migration};
use system::{App, Authenticate, Caller, Citizen, Officer, Parts, PositionKind, Session, Settings, System};
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::{SESSION_COOKIE, Site, Texts};
use worktime::Rules;
use worktime::ledger::Calendars;

use crate::actions::{self, Decision};

/// Session cookies of people.
pub(super) const OWNER: &str = "owner";
pub(super) const OTHER: &str = "other";
pub(super) const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

pub(super) struct Fixture {
    pub(super) app: App,
    pub(super) agency: Agency,
    clock: Arc<FixedClock>,
    location: Location,
    _folder: TempDir,
}

fn systems() -> Vec<System> {
    vec![crate::system(), directory::system(), flow::system(), exchange::system(), notify::system()]
}

fn own_and_used() -> impl Iterator<Item = Migration> {
    systems().into_iter().flat_map(|system| system.migrations.iter().copied())
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T09:00:00+07:00");
        let migrations: Vec<Migration> =
            [journal::MIGRATIONS, worktime::MIGRATIONS].into_iter().flatten().copied().chain(own_and_used()).collect();
        let (store, location) = database.migrated(&migrations, now).await;
        let province = province::Province::load("khanh-hoa").unwrap();
        let (process, person) = store
            .write(async |tx| {
                directory::actions::load(tx, now, &province).await?;
                let process: Process = serde_json::from_str(include_str!("../../../../tests/declared/process.json"))?;
                let new = NewPerson { name: "Trần Thị Demo".to_owned(), ..NewPerson::default() };
                let person = directory::actions::add_person(tx, now, &journal::Actor::PROGRAM, new).await?;
                Ok((flow::actions::publish(tx, now, &process).await?, person))
            })
            .await
            .unwrap();
        let committees =
            directory::queries::agencies_of_kind(store.read(), "commune-committee", now.today()).await.unwrap();
        let agency = committees.into_iter().next().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let systems = systems();
        let texts = systems.iter().flat_map(|system| &system.texts);
        let texts = Texts::load(web::TEXTS.iter().chain(form::TEXTS).chain(texts)).unwrap();
        let rules = Rules::from_toml(province::national().text("calendar.toml").unwrap()).unwrap();
        let parts = Parts::default()
            .with(Site::new(texts, Vec::new(), &[7; 64]))
            .with(Connectors::new(Policy::parse(Policy::STANDARD).unwrap()))
            .with(Calendars::new(worktime::Calendar::new(vec![rules]).unwrap(), String::new()));
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
        let clock = Arc::new(FixedClock::new(now));
        let app = App::new(store, clock.clone(), Arc::new(FixedRandom::new(1)), files, settings, parts);
        let mut questions = Questions::default();
        questions.answer::<dyn Procedures>(Arc::new(One(Arc::new(procedure(Id::new(now), process)))));
        app.join(questions, Arc::new(Doorkeeper { owner: person, other: Id::new(now) }));
        Self { app, agency, clock, location, _folder: folder }
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        remove(&self.location);
    }
}

fn procedure(id: Id, process: Id) -> Procedure {
    let paper = |code: &str, name: &str, required, condition: Option<&str>| Paper {
        code: code.to_owned(),
        name: name.to_owned(),
        originals: 1,
        copies: 0,
        required,
        condition: condition.map(str::to_owned),
        reuse: None,
    };
    Procedure {
        id,
        code: "9.000001".to_owned(),
        name: "Cấp phép mẫu".to_owned(),
        field: "Ví dụ".to_owned(),
        assurance: 2,
        channels: vec!["counter".to_owned(), "online".to_owned()],
        agencies: vec![Competence {
            kind: "commune-committee".to_owned(),
            receives: true,
            decides: true,
            notation: None,
        }],
        process,
        deadline: Deadline {
            unit: "days".to_owned(),
            amount: 15,
            counting: "hours".to_owned(),
            cut_off: None,
            written: "15 ngày làm việc".to_owned(),
        },
        papers: vec![
            paper("ban-ve", "Bản vẽ mặt bằng", true, None),
            paper("uy-quyen", "Văn bản ủy quyền", false, Some("Ủy quyền cho người khác")),
        ],
        fees: vec![Fee { name: "Lệ phí".to_owned(), channel: "online".to_owned(), amount: 75_000 }],
        results: vec![ResultPaper {
            code: "giay-phep".to_owned(),
            name: "Giấy phép mẫu".to_owned(),
            template: "permit".to_owned(),
            abbreviation: "GP".to_owned(),
            number: "{number}/GP-{agency}".to_owned(),
            by: None,
            prints: Vec::new(),
        }],
        form_schema: include_str!("../../../../tests/declared/form.schema.json").to_owned(),
        form_ui: include_str!("../../../../tests/declared/form.ui.toml").to_owned(),
    }
}

/// A catalogue of one procedure.
struct One(Arc<Procedure>);

impl Procedures for One {
    fn in_force<'a>(&'a self, code: &'a str, _: Now) -> Answer<'a, Option<Arc<Procedure>>> {
        Box::pin(async move { Ok((code == self.0.code).then(|| self.0.clone())) })
    }

    fn version(&self, id: Id) -> Answer<'_, Option<Arc<Procedure>>> {
        Box::pin(async move { Ok((id == self.0.id).then(|| self.0.clone())) })
    }

    fn offered(&self, _: Now) -> Answer<'_, Vec<Arc<Procedure>>> {
        Box::pin(async move { Ok(vec![self.0.clone()]) })
    }
}

/// The value of the session cookie says who comes.
struct Doorkeeper {
    owner: Id,
    other: Id,
}

impl Authenticate for Doorkeeper {
    fn session<'a>(&'a self, _: &'a App, cookie: &'a str) -> Answer<'a, Option<Session>> {
        let person = if cookie == OTHER { self.other } else { self.owner };
        let assurance = if cookie == "level-one" { 1 } else { 2 };
        let citizen = Citizen { account: person, person, name: "Trần Thị Demo".to_owned(), assurance };
        let session = Session { id: person, caller: Caller::Citizen(citizen), csrf: "token".to_owned() };
        Box::pin(async move { Ok(Some(session)) })
    }

    fn token<'a>(&'a self, _: &'a App, _: &'a str) -> Answer<'a, Option<Caller>> {
        Box::pin(async { Ok(None) })
    }
}

pub(super) struct Answered {
    pub(super) status: StatusCode,
    pub(super) location: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) body: String,
}

impl Answered {
    pub(super) fn page(self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.body
    }

    pub(super) fn to(self) -> String {
        self.location.unwrap_or_else(|| panic!("{}: {}", self.status, self.body))
    }
}

impl Fixture {
    pub(super) fn on(&self, moment: &str) {
        self.clock.set(Now::parse(moment));
    }

    async fn ask(&self, who: &str, request: http::request::Builder, body: Body) -> Answered {
        let request = if who.is_empty() { request } else { request.header(COOKIE, format!("{SESSION_COOKIE}={who}")) };
        let answer = web::router(&self.app, &systems()).oneshot(request.body(body).unwrap()).await.unwrap();
        let header = |name| answer.headers().get(&name).map(|value| value.to_str().unwrap().to_owned());
        let (location, kind, status) = (header(LOCATION), header(CONTENT_TYPE), answer.status());
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        Answered { status, location, kind, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub(super) async fn get(&self, who: &str, address: &str) -> Answered {
        self.ask(who, Request::get(address), Body::empty()).await
    }

    pub(super) async fn post(&self, who: &str, address: &str, fields: &[(&str, &str)]) -> Answered {
        let fields: Vec<_> = [("_csrf", "token")].iter().chain(fields).collect();
        let request = Request::post(address).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(who, request, Body::from(serde_html_form::to_string(&fields).unwrap())).await
    }

    pub(super) async fn upload(
        &self,
        who: &str,
        address: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answered {
        let mut body = Vec::new();
        for (name, value) in [("_csrf", "token")].iter().chain(fields) {
            body.extend(
                format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, file, content) in files {
            let head =
                format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n");
            body.extend(head.bytes().chain(content.iter().copied()).chain(*b"\r\n"));
        }
        body.extend(b"--part--\r\n");
        self.ask(
            who,
            Request::post(address).header(CONTENT_TYPE, "multipart/form-data; boundary=part"),
            Body::from(body),
        )
        .await
    }

    pub(super) fn officer(&self, kind: PositionKind) -> Caller {
        let id = Id::new(self.app.now());
        let permissions: BTreeSet<String> = crate::access::PERMISSIONS.iter().map(|held| held.key.to_owned()).collect();
        Caller::Officer(Officer {
            account: id,
            person: id,
            name: "Lê Thị Ví Dụ".to_owned(),
            position: id,
            kind,
            title: "Chuyên viên".to_owned(),
            agency: self.agency.id,
            agency_name: self.agency.name.clone(),
            unit: None,
            permissions,
            acting_for: None,
        })
    }

    /// Decides the open step of a dossier.
    pub(super) async fn decide(&self, officer: &Caller, dossier: Id, decision: Decision) {
        self.try_to_decide(officer, dossier, decision).await.unwrap();
    }

    pub(super) async fn try_to_decide(&self, officer: &Caller, dossier: Id, decision: Decision) -> base::Result<()> {
        let steps = flow::queries::steps_of(self.app.store.read(), dossier).await.unwrap();
        let open = steps.into_iter().find(|step| step.closed_at.is_none()).unwrap();
        actions::decide(&self.app, self.app.now(), officer, dossier, open.id, decision).await.map(|_| ())
    }
}
