//! A ward and its neighbour, applicants with a dossier, and a carrier that does what a test wants.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use base::{Id, Now};
use chrono::{DateTime, TimeDelta, Utc};
use contracts::crossing::{Comparison, Crossing, DossierContent, ExchangedDossier, ExchangedDossiers};
use contracts::events::DossierChanged;
use contracts::{Answer, Questions};
use directory::{Agency, NewPerson};
use exchange::{Connectors, Policy, Sealed};
use http::Request;
use http::StatusCode;
use journal::{Actor, Entry, Thing};
use store::Sql;
use store::testing::{OnDatabase, TestDatabase};
use system::{Officer, Parts, PositionKind};
use web::testing::{self, Given, Known, Running};

use crate::actions::{self, Handover};
use crate::carrier::{Parcel, Status, Trail, Word};
use crate::order::{Leg, Order};
use crate::{Carriers, queries};

/// Session cookies: whose dossier it is, somebody else, the desk of the ward, and that of another.
pub(super) const APPLICANT: &str = "applicant";
pub(super) const OTHER: &str = "other";
pub(super) const DESK: &str = "desk";
pub(super) const STRANGER: &str = "stranger";
/// Who looks after what goes outside, for the whole province.
pub(super) const ADMINISTRATOR: &str = "administrator";
pub(super) const SECRET: &str = "chỉ để thử, đủ dài cho một con dấu";

/// What the carrier knows and how it behaves.
#[derive(Default)]
pub(super) struct Mood {
    /// What it was told to carry, by the code of the order: how often, and what it says of it.
    pub(super) orders: BTreeMap<String, (usize, Vec<Word>)>,
    /// It answers nothing at all.
    pub(super) silent: bool,
    /// The number of the next request, and every how many one is lost before it is read, after it was read, or answered
    /// under a wrong seal; 0 never.
    pub(super) requests: usize,
    pub(super) lost_before: usize,
    pub(super) lost_after: usize,
    pub(super) forged: usize,
    /// Orders that it refuses.
    pub(super) refused: BTreeSet<String>,
}

pub(super) type Stand = Arc<Mutex<Mood>>;
type Shared = Arc<Mutex<BTreeMap<String, ExchangedDossier>>>;

pub(super) struct Fixture {
    running: Running,
    pub(super) ward: Agency,
    applicant: Id,
    dossiers: Shared,
    pub(super) carrier: Stand,
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
        let systems = vec![crate::system(), directory::system(), exchange::system(), notify::system()];
        let given = Given::on(&database, now, &[journal::MIGRATIONS], systems).await;
        let new = NewPerson {
            phone: "0950000001".parse().ok(),
            address: Some("1 đường Ví Dụ".to_owned()),
            ..NewPerson::default()
        };
        let applicant = directory::testing::populated(&given.store, now, new).await;
        let carrier = Stand::default();
        let at = stand_in(carrier.clone()).await;
        let connectors = Connectors::new(Policy::parse(Policy::STANDARD).unwrap());
        let parts = Parts::default()
            .with(connectors.with(Arc::new(Handover::new().unwrap())))
            .with(print::Printer::new())
            .with(Carriers::of(&at, SECRET));
        let app = given.app(parts);
        let agency = async |code: &str| directory::testing::agency(&app.store, now, code).await;
        let (ward, neighbour) = (agency("H32.103").await, agency("H32.101").await);
        let province = agency("H32").await;
        let administrator =
            directory::testing::officer(now, &province, PositionKind::Administrator, exchange::access::PERMISSIONS);
        let officers =
            [(DESK, officer(now, &ward)), (STRANGER, officer(now, &neighbour)), (ADMINISTRATOR, administrator)];
        let known = Known::officers(officers).citizen(APPLICANT, testing::citizen(applicant));
        let known = known.citizen(OTHER, testing::citizen(Id::new(now)));
        let dossiers = Shared::default();
        let mut questions = Questions::default();
        questions.answer::<dyn ExchangedDossiers>(Arc::new(Dossiers(dossiers.clone())));
        questions.answer_also::<dyn Crossing>(Arc::new(queries::carried(app.store.clone())));
        app.join(questions, known.doorkeeper());
        Self { running: Running::new(app, given), ward, applicant, dossiers, carrier }
    }
}

fn officer(now: Now, agency: &Agency) -> Officer {
    directory::testing::officer(now, agency, PositionKind::Reception, crate::access::PERMISSIONS)
}

/// Dossiers as another system tells of them.
struct Dossiers(Shared);

impl ExchangedDossiers for Dossiers {
    fn by_id(&self, id: Id) -> Answer<'_, Option<ExchangedDossier>> {
        let found = self.0.lock().unwrap().values().find(|dossier| dossier.id == id).cloned();
        Box::pin(async { Ok(found) })
    }

    fn by_code<'a>(&'a self, code: &'a str) -> Answer<'a, Option<ExchangedDossier>> {
        let found = self.0.lock().unwrap().get(code).cloned();
        Box::pin(async { Ok(found) })
    }

    fn content(&self, _: Id) -> Answer<'_, Option<DossierContent>> {
        Box::pin(async { Ok(None) })
    }
}

/// A carrier on a port of this machine; gives where it is reached.
async fn stand_in(mood: Stand) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/{ask}", post(answer)).with_state(mood);
    tokio::spawn(async move { axum::serve(listener, router).await });
    at
}

#[derive(serde::Deserialize)]
struct Which {
    order: String,
}

async fn answer(
    State(mood): State<Stand>,
    web::Path(ask): web::Path<String>,
    sent: Bytes,
) -> Result<Vec<u8>, StatusCode> {
    let mut mood = mood.lock().unwrap();
    mood.requests += 1;
    let hits = |every: usize| every > 0 && mood.requests.is_multiple_of(every);
    let (before, after, forged) = (hits(mood.lost_before), hits(mood.lost_after), hits(mood.forged));
    if mood.silent || before {
        return Err(StatusCode::GATEWAY_TIMEOUT);
    }
    let Which { order } = Sealed::open(&sent, SECRET).map_err(|_| StatusCode::FORBIDDEN)?;
    if mood.refused.contains(&order) {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    match ask.as_str() {
        "carry" => {
            let parcel: Parcel = Sealed::open(&sent, SECRET).map_err(|_| StatusCode::BAD_REQUEST)?;
            assert!(!parcel.receiver.address.is_empty() && !parcel.sender.name.is_empty());
            let known = mood.orders.entry(order.clone()).or_default();
            known.0 += 1;
            if known.1.is_empty() {
                known.1.push(said(&order, Status::Created, 0));
            }
        }
        "cancel" => {
            let (_, words) = mood.orders.get_mut(&order).ok_or(StatusCode::NOT_FOUND)?;
            if words.iter().all(|word| word.status == Status::Created) {
                words.push(said(&order, Status::Cancelled, 1));
            }
        }
        _ => {}
    }
    let (_, words) = mood.orders.get(&order).ok_or(StatusCode::NOT_FOUND)?;
    let trail = Trail { order, words: words.clone() };
    if after {
        return Err(StatusCode::BAD_GATEWAY);
    }
    Ok(trail.signed(if forged { "khác" } else { SECRET }).unwrap())
}

/// What the carrier says of an order, so many minutes after nine.
pub(super) fn said(order: &str, status: Status, minutes: i64) -> Word {
    let nine: DateTime<Utc> = "2026-11-20T02:00:00Z".parse().unwrap();
    Word {
        event: format!("{order}:{}", status.state().as_str()),
        status,
        tracking: if matches!(status, Status::Created | Status::Cancelled) {
            String::new()
        } else {
            format!("VD{order}")
        },
        station: "Bưu cục Ví Dụ".to_owned(),
        at: nine + TimeDelta::minutes(minutes),
    }
}

impl Fixture {
    /// A dossier of the applicant at the ward, in this state.
    pub(super) fn dossier(&self, number: usize, state: u8) -> ExchangedDossier {
        let at = self.app.now().utc();
        let dossier = ExchangedDossier {
            id: self.id(),
            code: format!("H32.103-261120-{number:04}"),
            procedure: self.id(),
            procedure_code: "9.000001".to_owned(),
            procedure_name: "Cấp phép mẫu".to_owned(),
            applicant: self.applicant,
            filed_by: None,
            receiving: self.ward.id,
            channel: "online".to_owned(),
            state,
            submitted_at: at,
            received_at: None,
            promised_at: None,
            finished_at: None,
            closed_at: None,
        };
        self.dossiers.lock().unwrap().insert(dossier.code.clone(), dossier.clone());
        dossier
    }

    /// The applicant chooses; gives the answer of the page.
    pub(super) async fn choose(&self, who: &str, code: &str, kind: &str, form: Id) -> testing::Answered {
        let form = form.to_string();
        let fields = [
            ("id", form.as_str()),
            ("kind", kind),
            ("name", "Trần Thị Demo"),
            ("phone", "0950 000 001"),
            ("address", "1 đường Ví Dụ"),
            ("commune", "H32.103"),
            ("service", "standard"),
        ];
        self.post(who, &format!("/buu-chinh/{code}"), &fields).await
    }

    /// A finished dossier whose result the applicant wishes for by post; gives the order.
    pub(super) async fn sent(&self, number: usize) -> Order {
        let dossier = self.dossier(number, 9);
        self.choose(APPLICANT, &dossier.code, "return", self.id()).await.to();
        self.orders(&dossier).await.remove(0)
    }

    pub(super) async fn orders(&self, dossier: &ExchangedDossier) -> Vec<Order> {
        queries::of_dossier(self.app.store.read(), dossier.id).await.unwrap()
    }

    pub(super) async fn order(&self, id: Id) -> Order {
        queries::by_id(self.app.store.read(), id).await.unwrap().unwrap()
    }

    /// The dossier goes into this state, and the post hears of it.
    pub(super) async fn tell(&self, dossier: &ExchangedDossier, verb: &'static str, state: u8) {
        if let Some(known) = self.dossiers.lock().unwrap().get_mut(&dossier.code) {
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
        self.hear_events().await;
    }

    pub(super) async fn hear_events(&self) {
        let (store, now) = (&self.app.store, self.app.now());
        journal::sequence(store, now).await.unwrap();
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

    /// What is due beside the pages: errands to the carrier, questions about silent orders.
    pub(super) async fn work(&self) {
        while actions::ask_about_silent(&self.app).await.unwrap() + exchange::run(&self.app).await.unwrap() > 0 {}
    }

    /// The carrier knows this of an order now, and has not said so yet.
    pub(super) fn happens(&self, code: &str, status: Status, minutes: i64) -> Word {
        let word = said(code, status, minutes);
        if let Some((_, words)) = self.carrier.lock().unwrap().orders.get_mut(code) {
            words.push(word.clone());
        }
        word
    }

    /// The carrier calls; gives the verdicts, or the status of a refusal.
    pub(super) async fn calls(&self, code: &str, words: &[Word], secret: &str) -> String {
        let trail = Trail { order: code.to_owned(), words: words.to_vec() };
        let body = trail.signed(secret).unwrap();
        let head = Request::post("/api/buu-chinh/thong-bao").header("content-type", "application/json");
        let answer = self.ask(head.body(body.into()).unwrap()).await;
        let verdicts: Option<serde_json::Value> = serde_json::from_str(&answer.body).ok();
        match verdicts.as_ref().and_then(|body| body["result"].as_array()) {
            Some(verdicts) => verdicts.iter().map(|one| one.as_str().unwrap()).collect::<Vec<_>>().join(" "),
            None => answer.status.as_u16().to_string(),
        }
    }

    /// Verbs of what happened to an order.
    pub(super) async fn story(&self, order: Id) -> Vec<String> {
        let lines = journal::history(&self.app.store, order).await.unwrap();
        lines.into_iter().map(|line| line.verb).filter(|verb| verb.starts_with("post.")).collect()
    }

    /// How many deliveries about a thing are in this state.
    pub(super) async fn deliveries(&self, about: Id, state: &str) -> i64 {
        Sql::new("SELECT count(*) FROM exchange_deliveries WHERE subject_id = $1 AND state = $2")
            .bind(about.uuid())
            .bind(state)
            .one(self.app.store.read(), |row| row.get(0))
            .await
            .unwrap()
            .unwrap()
    }

    /// How what was sent on a day compares with what the carrier has.
    pub(super) async fn compared(&self, day: &str) -> BTreeMap<Comparison, i64> {
        let carried = queries::carried(self.app.store.clone());
        carried.figures(None, day.parse().unwrap()).await.unwrap().into_iter().collect()
    }

    pub(super) fn id(&self) -> Id {
        Id::new(self.app.now())
    }

    /// The legs of a dossier's orders with their states.
    pub(super) async fn standing(&self, dossier: &ExchangedDossier) -> Vec<(Leg, crate::order::State)> {
        self.orders(dossier).await.into_iter().map(|order| (order.leg, order.state)).collect()
    }
}
