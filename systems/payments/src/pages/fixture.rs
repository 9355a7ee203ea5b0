//! A ward and its neighbour, people who pay, and a gateway that does what a test wants.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::routing::get;
use base::{Id, Now};
use contracts::events::{DossierChanged, ItemDue, PaymentDue};
use contracts::questions::{Procedure, Procedures};
use contracts::{Answer, Questions};
use directory::{Agency, NewPerson};
use exchange::{Connectors, Policy};
use http::Request;
use http::header::CONTENT_TYPE;
use journal::{Actor, Entry, Thing};
use store::testing::{OnDatabase, TestDatabase};
use system::{Citizen, Officer, Parts, PositionKind};
use web::testing::{self, Answered, Given, Known, Running};

use crate::actions::{self, Inquiry};
use crate::charge::{Attempt, Charge};
use crate::gateway::{Message, Notice, Status};
use crate::{GatewayAt, Ways, queries};

/// Session cookies: who has to pay, who filed it, somebody else.
pub(super) const PAYER: &str = "payer";
pub(super) const FILED_IT: &str = "filed-it";
pub(super) const OTHER: &str = "other";
/// Of the ward.
pub(super) const DESK: &str = "desk";
pub(super) const HEAD: &str = "head";
/// Of another ward.
pub(super) const STRANGER: &str = "stranger";
pub(super) const SECRET: &str = "chỉ để thử";

/// What the stand-in says when it is asked of an order.
#[derive(Clone, Debug)]
pub(super) enum Says {
    Notice(Notice),
    /// After a while.
    Slowly(Notice),
    WronglySigned(Notice),
    /// Server error.
    Nothing,
}

type Orders = Arc<Mutex<BTreeMap<String, Says>>>;

pub(super) struct Fixture {
    running: Running,
    pub(super) ward: Agency,
    payer: Id,
    filed_by: Id,
    orders: Orders,
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
        let payer = directory::testing::populated(&given.store, now, NewPerson::default()).await;
        let orders = Orders::default();
        let at = stand_in(orders.clone()).await;
        let gateway = GatewayAt::new("THU", &format!("{at}/pay"), &format!("{at}/query"), SECRET);
        let connectors = Connectors::new(Policy::parse(Policy::STANDARD).unwrap());
        let parts = Parts::default()
            .with(connectors.with(Arc::new(Inquiry::new().unwrap())))
            .with(print::Printer::new())
            .with(Ways::through(gateway));
        let app = given.app(parts);
        let agency = async |code: &str| directory::testing::agency(&app.store, now, code).await;
        let (ward, neighbour) = (agency("H32.103").await, agency("H32.101").await);
        let (filed_by, other) = (Id::new(now), Id::new(now));
        let officers = [
            (DESK, officer(now, &ward, PositionKind::Reception)),
            (HEAD, officer(now, &ward, PositionKind::Head)),
            (STRANGER, officer(now, &neighbour, PositionKind::Reception)),
        ];
        let filer = Citizen { account: filed_by, ..testing::citizen(other) };
        let known = Known::officers(officers).citizen(PAYER, testing::citizen(payer)).citizen(FILED_IT, filer);
        let known = known.citizen(OTHER, testing::citizen(other));
        let mut questions = Questions::default();
        questions.answer::<dyn Procedures>(Arc::new(NoProcedures));
        app.join(questions, known.doorkeeper());
        Self { running: Running::new(app, given), ward, payer, filed_by, orders }
    }
}

/// Somebody there, with the permissions of the position.
fn officer(now: Now, agency: &Agency, kind: PositionKind) -> Officer {
    directory::testing::officer(now, agency, kind, crate::access::PERMISSIONS)
}

struct NoProcedures;

impl Procedures for NoProcedures {
    fn in_force<'a>(&'a self, _: &'a str, _: Now) -> Answer<'a, Option<Arc<Procedure>>> {
        Box::pin(async { Ok(None) })
    }

    fn version(&self, _: Id) -> Answer<'_, Option<Arc<Procedure>>> {
        Box::pin(async { Ok(None) })
    }

    fn offered(&self, _: Now) -> Answer<'_, Vec<Arc<Procedure>>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// A gateway on a port of this machine; gives where it is reached.
async fn stand_in(orders: Orders) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/query", get(query)).with_state(orders);
    tokio::spawn(async move { axum::serve(listener, router).await });
    at
}

async fn query(State(orders): State<Orders>, RawQuery(asked): RawQuery) -> Result<String, http::StatusCode> {
    let asked = Message::read(asked.unwrap_or_default().as_bytes(), SECRET).map_err(|_| http::StatusCode::FORBIDDEN)?;
    let order = asked.value("order").to_owned();
    let says = orders.lock().unwrap().get(&order).cloned();
    let unknown = Notice { order, transaction: String::new(), amount: 0, status: Status::Unknown };
    match says.unwrap_or(Says::Notice(unknown)) {
        Says::Notice(notice) => Ok(notice.message().signed(SECRET).unwrap()),
        Says::Slowly(notice) => {
            tokio::time::sleep(Duration::from_millis(30)).await;
            Ok(notice.message().signed(SECRET).unwrap())
        }
        Says::WronglySigned(notice) => Ok(notice.message().signed("khác").unwrap()),
        Says::Nothing => Err(http::StatusCode::BAD_GATEWAY),
    }
}

pub(super) fn paid(attempt: &Attempt) -> Notice {
    Notice {
        order: attempt.order.clone(),
        transaction: format!("GD-{}", attempt.order),
        amount: attempt.amount,
        status: Status::Paid,
    }
}

impl Fixture {
    /// A dossier has somebody pay; gives the charge.
    pub(super) async fn due(&self, code: &str, amount: i64) -> Id {
        let (charge, dossier) = (self.id(), self.id());
        self.due_for(dossier, charge, code, amount).await;
        charge
    }

    pub(super) async fn due_for(&self, dossier: Id, charge: Id, code: &str, amount: i64) {
        let due = PaymentDue {
            charge,
            code: code.to_owned(),
            procedure: self.id(),
            payer: self.payer,
            filed_by: Some(self.filed_by),
            agency: self.ward.id,
            items: vec![ItemDue { code: "duty".to_owned(), kind: "duty".to_owned(), amount }],
        };
        self.tell(Entry::new("dossiers.payment-due", Thing { kind: "dossier", id: dossier }, &due).unwrap()).await;
    }

    /// The dossier ends without a result.
    pub(super) async fn stopped(&self, dossier: Id) {
        let told = DossierChanged {
            code: "H32.103-261120-0001".to_owned(),
            procedure: "9.000001".to_owned(),
            agency: self.ward.id,
            state: 8,
            promised_at: None,
            result_number: None,
        };
        self.tell(Entry::new("dossiers.stopped", Thing { kind: "dossier", id: dossier }, &told).unwrap()).await;
    }

    async fn tell(&self, entry: Entry) {
        let (store, now) = (&self.app.store, self.app.now());
        store.write(async |tx| journal::record(tx, now, &Actor::PROGRAM, entry.clone()).await).await.unwrap();
        journal::sequence(store, now).await.unwrap();
        for reaction in crate::system().listeners {
            let round = journal::deliver(store, &reaction.within(self.app.clone()), now).await.unwrap();
            assert_eq!(round.held, 0);
        }
    }

    /// What is due beside the pages: questions to the gateway, receipts.
    pub(super) async fn work(&self) {
        while actions::ask_about_silent(&self.app).await.unwrap() + exchange::run(&self.app).await.unwrap() > 0 {}
        while actions::make_receipts(&self.app).await.unwrap() > 0 {}
    }

    /// What the gateway answers when it is asked of an order.
    pub(super) fn says(&self, order: &str, says: Says) {
        self.orders.lock().unwrap().insert(order.to_owned(), says);
    }

    /// The gateway calls; gives the verdict, or the status of a refusal.
    pub(super) async fn calls(&self, notice: &Notice, secret: &str) -> String {
        let head = Request::post("/api/thanh-toan/thong-bao").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = notice.message().signed(secret).unwrap();
        let answer = self.ask(head.body(body.into()).unwrap()).await;
        let verdict: Option<serde_json::Value> = serde_json::from_str(&answer.body).ok();
        match verdict.as_ref().and_then(|body| body["result"].as_str()) {
            Some(verdict) => verdict.to_owned(),
            None => answer.status.as_u16().to_string(),
        }
    }

    /// The payer sets out to pay; gives the attempt.
    pub(super) async fn begin(&self, charge: Id, way: &str) -> Attempt {
        let id = self.id();
        self.post(PAYER, &format!("/thanh-toan/{charge}/{way}"), &[("id", &id.to_string())]).await.to();
        queries::attempt_by_id(self.app.store.read(), id).await.unwrap().unwrap()
    }

    pub(super) async fn charge(&self, id: Id) -> Charge {
        queries::by_id(self.app.store.read(), id).await.unwrap().unwrap()
    }

    /// Verbs of what happened to a charge, without the messages.
    pub(super) async fn story(&self, charge: Id) -> Vec<String> {
        let lines = journal::history(&self.app.store, charge).await.unwrap();
        lines.into_iter().map(|line| line.verb).collect()
    }

    pub(super) async fn cash(&self, who: &str, charge: Id, form: Id) -> Answered {
        self.post(who, &format!("/thanh-toan-xu-ly/{charge}/tien-mat"), &[("id", &form.to_string())]).await
    }

    pub(super) fn id(&self) -> Id {
        Id::new(self.app.now())
    }
}
