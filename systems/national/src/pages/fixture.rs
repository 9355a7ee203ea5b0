//! A ward and its neighbour, dossiers as another system tells of them, and a portal that does what a test wants.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::{get, post};
use base::{Error, Id, Now};
use contracts::crossing::{
    DossierContent, DossierFiling, ExchangedDossier, ExchangedDossiers, ExchangedStep, FiledElsewhere,
};
use contracts::events::DossierChanged;
use contracts::questions::{Competence, Deadline, Paper, Procedure, Procedures};
use contracts::{Answer, Questions};
use directory::{Agency, NewPerson};
use exchange::{Connectors, Policy, Sealed};
use http::{Request, StatusCode};
use journal::{Actor, Entry, Thing};
use serde_json::{Value, json};
use store::testing::{OnDatabase, TestDatabase};
use system::{Officer, Parts, PositionKind};
use web::testing::{Given, Known, Running};

use crate::actions::{Fetch, Tell};
use crate::message::{DinhDanh, Filed, HoSo, Reply, TaiLieuNop};
use crate::queries::{self, Arrival, Told};
use crate::{Portals, demo};

/// Session cookies: the desk of the ward, and that of another.
pub(super) const DESK: &str = "desk";
pub(super) const STRANGER: &str = "stranger";
pub(super) const SECRET: &str = "chỉ để thử, đủ dài cho một con dấu";
/// Of the invented numbers.
pub(super) const NUMBER: &str = "056158000001";

/// What the portal was told and how it behaves.
#[derive(Default)]
pub(super) struct Mood {
    /// Of each dossier: what it was told last, and how often it was told anew and changed.
    pub(super) dossiers: BTreeMap<String, HoSo>,
    pub(super) made: BTreeMap<String, usize>,
    pub(super) calls: usize,
    pub(super) progress: BTreeMap<String, usize>,
    pub(super) silent: bool,
    /// Every how many calls one is lost before it is read, after it was read, or answered with nonsense; 0 never.
    pub(super) lost_before: usize,
    pub(super) lost_after: usize,
    pub(super) nonsense: usize,
    /// Sessions end after so many calls; 0 never.
    pub(super) session_ends: usize,
    session: usize,
    /// Dossiers that it refuses.
    pub(super) refused: BTreeSet<String>,
}

pub(super) type Stand = Arc<Mutex<Mood>>;

/// What the other system knows.
#[derive(Default)]
pub(super) struct World {
    dossiers: BTreeMap<String, ExchangedDossier>,
    pub(super) filed: Vec<FiledElsewhere>,
}

type Shared = Arc<Mutex<World>>;

pub(super) struct Fixture {
    running: Running,
    pub(super) ward: Agency,
    applicant: Id,
    pub(super) world: Shared,
    pub(super) portal: Stand,
    pub(super) at: String,
}

impl Deref for Fixture {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T09:00:00+07:00");
        let systems = vec![crate::system(), directory::system(), exchange::system()];
        let given = Given::on(&database, now, &[journal::MIGRATIONS], systems).await;
        let new = NewPerson { personal_number: NUMBER.parse().ok(), ..NewPerson::default() };
        let applicant = directory::testing::populated(&given.store, now, new).await;
        let portal = Stand::default();
        let at = stand_in(portal.clone()).await;
        let connectors = Connectors::new(Policy::parse(Policy::STANDARD).unwrap());
        let connectors = connectors.with(Arc::new(Tell::new().unwrap())).with(Arc::new(Fetch::new().unwrap()));
        let app = given.app(Parts::default().with(connectors).with(Portals::of(&at, "TINH", SECRET)));
        let agency = async |code: &str| directory::testing::agency(&app.store, now, code).await;
        let (ward, neighbour) = (agency("H32.103").await, agency("H32.101").await);
        let officers = [(DESK, officer(now, &ward)), (STRANGER, officer(now, &neighbour))];
        let world = Shared::default();
        let mut questions = Questions::default();
        questions.answer::<dyn ExchangedDossiers>(Arc::new(Others(world.clone())));
        questions.answer::<dyn DossierFiling>(Arc::new(Others(world.clone())));
        questions.answer::<dyn Procedures>(Arc::new(One(Arc::new(procedure(Id::new(now))))));
        app.join(questions, Known::officers(officers).doorkeeper());
        Self { running: Running::new(app, given), ward, applicant, world, portal, at }
    }
}

fn officer(now: Now, agency: &Agency) -> Officer {
    directory::testing::officer(now, agency, PositionKind::Reception, crate::access::PERMISSIONS)
}

/// The system whose dossiers they are.
struct Others(Shared);

impl ExchangedDossiers for Others {
    fn by_id(&self, id: Id) -> Answer<'_, Option<ExchangedDossier>> {
        let found = self.0.lock().unwrap().dossiers.values().find(|dossier| dossier.id == id).cloned();
        Box::pin(async { Ok(found) })
    }

    fn by_code<'a>(&'a self, code: &'a str) -> Answer<'a, Option<ExchangedDossier>> {
        let found = self.0.lock().unwrap().dossiers.get(code).cloned();
        Box::pin(async { Ok(found) })
    }

    fn content(&self, id: Id) -> Answer<'_, Option<DossierContent>> {
        let known = self.0.lock().unwrap();
        let found = known.dossiers.values().find(|dossier| dossier.id == id).map(|dossier| DossierContent {
            steps: vec![ExchangedStep {
                title: "Tiếp nhận hồ sơ".to_owned(),
                agency: dossier.receiving,
                person: Some(dossier.applicant),
                opened_at: dossier.submitted_at,
                closed_at: None,
                due_at: None,
            }],
            ..DossierContent::default()
        });
        Box::pin(async { Ok(found) })
    }
}

impl DossierFiling for Others {
    fn file(&self, now: Now, filed: FiledElsewhere) -> Answer<'_, ExchangedDossier> {
        let mut world = self.0.lock().unwrap();
        if world.filed.iter().all(|known| known.id != filed.id) {
            world.filed.push(filed.clone());
        }
        let number = world.filed.iter().position(|known| known.id == filed.id).unwrap_or_default() + 9001;
        let dossier = dossier(now, number, filed.agency, filed.applicant, 1);
        world.dossiers.insert(dossier.code.clone(), dossier.clone());
        Box::pin(async { Ok(dossier) })
    }
}

fn dossier(now: Now, number: usize, agency: Id, applicant: Id, state: u8) -> ExchangedDossier {
    ExchangedDossier {
        id: Id::new(now),
        code: format!("H32.103-261120-{number:04}"),
        procedure: Id::new(now),
        procedure_code: "9.000001".to_owned(),
        procedure_name: "Cấp phép mẫu".to_owned(),
        applicant,
        filed_by: None,
        receiving: agency,
        channel: "online".to_owned(),
        state,
        submitted_at: now.utc(),
        received_at: None,
        promised_at: None,
        finished_at: None,
        closed_at: None,
    }
}

fn procedure(id: Id) -> Procedure {
    Procedure {
        id,
        code: "9.000001".to_owned(),
        name: "Cấp phép mẫu".to_owned(),
        field: "Ví dụ".to_owned(),
        assurance: 2,
        subjects: contracts::questions::Subjects::PERSONS,
        consents: Vec::new(),
        channels: vec!["online".to_owned()],
        agencies: vec![Competence {
            kind: "commune-committee".to_owned(),
            receives: true,
            decides: true,
            notation: None,
        }],
        process: id,
        deadline: Deadline {
            unit: "days".to_owned(),
            amount: 15,
            counting: "days-excl-first".to_owned(),
            cut_off: None,
            written: "15 ngày làm việc".to_owned(),
        },
        papers: vec![Paper {
            code: "ban-ve".to_owned(),
            name: "Bản vẽ".to_owned(),
            originals: 1,
            copies: 0,
            required: true,
            condition: None,
            declared: false,
            reuse: None,
        }],
        fees: Vec::new(),
        results: Vec::new(),
        form_schema: String::new(),
        form_ui: String::new(),
    }
}

/// A catalogue of one procedure.
struct One(Arc<Procedure>);

impl Procedures for One {
    fn in_force<'a>(&'a self, code: &'a str, _: Now) -> Answer<'a, Option<Arc<Procedure>>> {
        Box::pin(async move { Ok((code == self.0.code).then(|| self.0.clone())) })
    }

    fn version(&self, _: Id) -> Answer<'_, Option<Arc<Procedure>>> {
        Box::pin(async move { Ok(Some(self.0.clone())) })
    }

    fn offered(&self, _: Now) -> Answer<'_, Vec<Arc<Procedure>>> {
        Box::pin(async move { Ok(vec![self.0.clone()]) })
    }
}

/// A portal on a port of this machine; gives where it is reached.
async fn stand_in(mood: Stand) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new()
        .route("/session", post(session))
        .route("/adapter", post(adapter))
        .route("/tep/ban-ve", get(async || demo::paper()))
        .route("/tep/la", get(async || "không phải giấy tờ"))
        .with_state(mood);
    tokio::spawn(async move { axum::serve(listener, router).await });
    at
}

async fn session(State(mood): State<Stand>, sent: Bytes) -> Result<String, StatusCode> {
    let asked: Value = Sealed::open(&sent, SECRET).map_err(|_| StatusCode::FORBIDDEN)?;
    assert_eq!(asked["client"], "TINH");
    let mut mood = mood.lock().unwrap();
    mood.session += 1;
    Ok(json!({ "session": format!("phiên-{}", mood.session) }).to_string())
}

async fn adapter(State(mood): State<Stand>, sent: Bytes) -> Result<String, StatusCode> {
    let mut mood = mood.lock().unwrap();
    mood.calls += 1;
    let hits = |every: usize| every > 0 && mood.calls.is_multiple_of(every);
    let (before, after) = (hits(mood.lost_before), hits(mood.lost_after));
    let (nonsense, ends) = (hits(mood.nonsense), hits(mood.session_ends));
    if mood.silent || before {
        return Err(StatusCode::GATEWAY_TIMEOUT);
    }
    let told: Value = serde_json::from_slice(&sent).unwrap();
    if ends {
        mood.session += 1;
    }
    if told["session"] != format!("phiên-{}", mood.session) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let reply = |code: &str, message: &str| {
        let reply = Reply { error_code: code.to_owned(), message: message.to_owned() };
        Ok(serde_json::to_string(&reply).unwrap())
    };
    for one in told["data"].as_array().unwrap() {
        let code = one["MaHoSo"].as_str().unwrap().to_owned();
        if mood.refused.contains(&code) {
            return reply("05", "Mã TTHC chưa công bố");
        }
        if told["service"] == "CapNhatTienDoHoSoMC" {
            *mood.progress.entry(code).or_default() += 1;
        } else {
            let known = mood.dossiers.contains_key(&code);
            // Whoever was not answered says "False" again: the portal knows it by its code.
            assert!(known || told["isUpdating"] == "False", "{told}");
            if !known {
                *mood.made.entry(code.clone()).or_default() += 1;
            }
            mood.dossiers.insert(code, serde_json::from_value(one.clone()).unwrap());
        }
    }
    if after {
        return Err(StatusCode::BAD_GATEWAY);
    }
    if nonsense { Ok("<html>bảo trì</html>".to_owned()) } else { reply("00", "Thành công") }
}

impl Fixture {
    /// A dossier of the applicant at the ward.
    pub(super) fn dossier(&self, number: usize) -> ExchangedDossier {
        let dossier = dossier(self.app.now(), number, self.ward.id, self.applicant, 1);
        self.world.lock().unwrap().dossiers.insert(dossier.code.clone(), dossier.clone());
        dossier
    }

    /// The dossier goes into this state, and the listeners hear of it.
    pub(super) async fn change(&self, dossier: &ExchangedDossier, verb: &'static str, state: u8) {
        self.happens(dossier, verb, state).await;
        self.hear_events().await;
    }

    pub(super) async fn happens(&self, dossier: &ExchangedDossier, verb: &'static str, state: u8) {
        if let Some(known) = self.world.lock().unwrap().dossiers.get_mut(&dossier.code) {
            known.state = state;
        }
        let told = DossierChanged {
            code: dossier.code.clone(),
            procedure: dossier.procedure_code.clone(),
            agency: self.ward.id,
            state,
            promised_at: None,
            result_number: None,
        };
        let entry = Entry::new(verb, Thing { kind: "dossier", id: dossier.id }, &told).unwrap();
        let (store, now) = (&self.app.store, self.app.now());
        store.write(async |tx| journal::record(tx, now, &Actor::PROGRAM, entry.clone()).await).await.unwrap();
    }

    pub(super) async fn hear_events(&self) {
        let (store, now) = (&self.app.store, self.app.now());
        while journal::sequence(store, now).await.unwrap() > 0 {}
        for reaction in crate::system().listeners {
            let listening = reaction.within(self.app.clone());
            loop {
                let round = journal::deliver(store, &listening, now).await.unwrap();
                assert_eq!(round.held, 0);
                if round.done == 0 {
                    break;
                }
            }
        }
    }

    /// What is due beside the pages.
    pub(super) async fn work(&self) {
        while exchange::run(&self.app).await.unwrap() > 0 {}
    }

    pub(super) async fn told(&self, dossier: &ExchangedDossier) -> Told {
        queries::of_dossier(self.app.store.read(), dossier.id).await.unwrap().unwrap()
    }

    /// The state that the portal has.
    pub(super) fn theirs(&self, code: &str) -> Option<String> {
        self.portal.lock().unwrap().dossiers.get(code).map(|dossier| dossier.state.clone())
    }

    /// What is filed at the portal, with these components by their addresses, there or elsewhere.
    pub(super) fn filed(&self, code: &str, procedure: &str, papers: &[(&str, &str)]) -> Filed {
        let paper = |(component, address): &(&str, &str)| TaiLieuNop {
            id: format!("{code}-{component}"),
            name: format!("{component}.pdf"),
            component: (*component).to_owned(),
            address: if address.starts_with('/') { format!("{}{address}", self.at) } else { (*address).to_owned() },
            ..TaiLieuNop::default()
        };
        let dossier = HoSo {
            code: code.to_owned(),
            procedure_code: procedure.to_owned(),
            applicant: "Trần Thị Demo".to_owned(),
            identities: vec![DinhDanh { kind: "1".to_owned(), number: NUMBER.to_owned() }],
            papers: papers.iter().map(paper).collect(),
            ..HoSo::default()
        };
        Filed { agency: "H32.103".to_owned(), dossier }
    }

    /// The portal calls; gives its answer, or the status of a refusal.
    pub(super) async fn calls(&self, filed: &Filed, secret: &str) -> Result<Reply, StatusCode> {
        let body = serde_json::to_vec(&Sealed::new(filed, secret).unwrap()).unwrap();
        let head = Request::post("/api/cong-quoc-gia/ho-so").header("content-type", "application/json");
        let answer = self.ask(head.body(body.into()).unwrap()).await;
        if answer.status.is_success() { Ok(serde_json::from_str(&answer.body).unwrap()) } else { Err(answer.status) }
    }

    pub(super) async fn arrival(&self, code: &str) -> Result<Arrival, Error> {
        queries::arrival_by_code(self.app.store.read(), code).await?.ok_or(Error::NotFound)
    }
}
