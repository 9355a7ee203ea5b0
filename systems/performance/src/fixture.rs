//! A province of three agencies whose dossiers do what a test wants, told of in the journal as `dossiers` and `payments`
//! tell of theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use base::{Id, Now, Result};
use chrono::{DateTime, TimeDelta, Utc};
use contracts::events::{ChargePaid, DossierChanged, DossierRated, DossierSubmitted, DossierTold};
use contracts::figures::{DossierFact, DossierFacts, NationallyKnown, PaidOnline, PublishedVersions, ReportFacts};
use contracts::questions::{Deadline, Fee, Paper, Procedure, Procedures, ResultPaper};
use contracts::{Answer, Questions};
use directory::{Agency, NewPerson};
use journal::{Actor, Entry, Thing};
use proptest::prelude::*;
use store::testing::{OnDatabase, TestDatabase};
use system::{Parts, PositionKind};
use web::testing::{Given, Known, Running};
use worktime::ledger::Calendars;
use worktime::{Calendar, Rules};

use crate::access::PERMISSIONS;

pub(crate) mod reports;
pub(crate) mod versions;

/// Session cookies: an officer of the province, one of the first ward, somebody without the permission.
pub(crate) const PROVINCE: &str = "province";
pub(crate) const WARD: &str = "ward";
pub(crate) const STRANGER: &str = "stranger";
/// When the history of every test begins.
pub(crate) const BEGINNING: &str = "2025-11-20T08:00:00+07:00";

pub(crate) struct Fixture {
    running: Running,
    pub(crate) world: Arc<World>,
    pub(crate) reports: Arc<reports::Reports>,
    pub(crate) versions: Arc<versions::Versions>,
    /// The committee of the province, and two wards under it.
    pub(crate) agencies: [Agency; 3],
}

impl Deref for Fixture {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse(BEGINNING);
        let systems = vec![crate::system(), directory::system()];
        let given = Given::on(&database, now, &[journal::MIGRATIONS], systems).await;
        directory::testing::populated(&given.store, now, NewPerson::default()).await;
        let app = given.app(Parts::default().with(calendars()));
        let agency = async |code: &str| directory::testing::agency(&app.store, now, code).await;
        let agencies = [agency("H32").await, agency("H32.101").await, agency("H32.103").await];
        let world = Arc::new(World::new(now));
        let officer =
            |agency: &Agency, permissions| directory::testing::officer(now, agency, PositionKind::Head, permissions);
        let officers = [
            (PROVINCE, officer(&agencies[0], PERMISSIONS)),
            (WARD, officer(&agencies[1], PERMISSIONS)),
            (STRANGER, officer(&agencies[1], &[])),
        ];
        let mut questions = Questions::default();
        questions.answer::<dyn DossierFacts>(world.clone());
        questions.answer::<dyn PaidOnline>(world.clone());
        questions.answer::<dyn Procedures>(world.clone());
        questions.answer::<dyn NationallyKnown>(world.clone());
        let versions = Arc::new(versions::Versions::default());
        questions.answer::<dyn PublishedVersions>(versions.clone());
        let reports = Arc::new(reports::Reports::default());
        questions.answer::<dyn ReportFacts>(reports.clone());
        app.join(questions, Known::officers(officers).doorkeeper());
        Self { running: Running::new(app, given), world, reports, versions, agencies }
    }
}

/// The days of the nation, for every agency.
pub(crate) fn calendars() -> Calendars {
    let rules = Rules::from_toml(province::national().text("calendar.toml").unwrap()).unwrap();
    Calendars::new(Calendar::new(vec![rules]).unwrap(), String::new())
}

/// What one can do to a dossier; what its state does not allow is not done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    /// Of this procedure, at this agency, through this channel.
    Submit(usize, usize, usize),
    /// Promised for so many days later.
    Receive(i64),
    Refuse,
    Ask,
    Answer(i64),
    Pay(&'static str),
    AskToWithdraw,
    RefuseWithdrawal,
    Withdraw,
    Stop,
    /// With or without a numbered result.
    Finish(bool),
    Return,
    /// Says whether it satisfies.
    Rate(bool),
    /// The national portal acknowledges it.
    Tell,
}

/// An act of one of the dossiers there are, some minutes after the one before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    whose: usize,
    act: Act,
    minutes: i64,
}

/// Histories, with steps up to so many minutes apart.
pub(crate) fn steps(many: std::ops::Range<usize>, apart: i64) -> impl Strategy<Value = Vec<Step>> {
    let act = prop_oneof![
        4 => (0..3usize, 0..3usize, 0..3usize).prop_map(|(what, at, how)| Act::Submit(what, at, how)),
        6 => (0..12i64).prop_map(Act::Receive),
        1 => Just(Act::Refuse),
        2 => Just(Act::Ask),
        2 => (0..6i64).prop_map(Act::Answer),
        2 => prop_oneof![Just("gateway"), Just("cash")].prop_map(Act::Pay),
        1 => Just(Act::AskToWithdraw),
        1 => Just(Act::RefuseWithdrawal),
        1 => Just(Act::Withdraw),
        1 => Just(Act::Stop),
        4 => any::<bool>().prop_map(Act::Finish),
        3 => Just(Act::Return),
        6 => any::<bool>().prop_map(Act::Rate),
        2 => Just(Act::Tell),
    ];
    let step = (any::<prop::sample::Index>(), act, 0..apart);
    let step = step.prop_map(|(whose, act, minutes)| Step { whose: whose.index(1 << 20), act, minutes });
    prop::collection::vec(step, many)
}

impl Fixture {
    /// Lives through a history, telling listeners after each `round` steps and at the end; gives the dossiers made.
    pub(crate) async fn live(&self, steps: &[Step], round: usize) -> Vec<Id> {
        let mut made = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            let later = self.app.now().utc() + TimeDelta::minutes(step.minutes);
            self.on(&later.to_rfc3339());
            let now = self.app.now();
            let whose = match step.act {
                Act::Submit(..) => {
                    made.push(Id::new(now));
                    made.last().copied()
                }
                _ if made.is_empty() => None,
                // Mostly the newest: old ones have ended.
                _ => made.iter().rev().nth(step.whose % made.len().min(12)).copied(),
            };
            if let Some(whose) = whose {
                self.act(whose, step.act).await;
            }
            if place % round == round - 1 {
                self.listen().await;
            }
        }
        self.listen().await;
        made
    }

    /// Does it, if the state allows, and tells of it.
    pub(crate) async fn act(&self, dossier: Id, act: Act) {
        let now = self.app.now();
        let agencies = self.agencies.each_ref().map(|agency| agency.id);
        let Some(entry) = self.world.act(now, dossier, act, agencies) else { return };
        let record = async |tx: &store::Tx| journal::record(tx, now, &Actor::PROGRAM, entry.clone()).await;
        self.app.store.write(record).await.unwrap();
    }

    /// How charges for a dossier were paid, as the journal tells.
    pub(crate) async fn payments(&self, dossier: Id) -> Vec<String> {
        let charges: Vec<Id> = self.world.charges.lock().unwrap().clone();
        let mut ways = Vec::new();
        for charge in charges {
            for line in journal::history(&self.app.store, charge).await.unwrap() {
                let paid: ChargePaid = serde_json::from_value(line.data).unwrap();
                if paid.subject == dossier {
                    ways.push(paid.way);
                }
            }
        }
        ways
    }

    pub(crate) async fn listen(&self) {
        let (store, now) = (&self.app.store, self.app.now());
        while journal::sequence(store, now).await.unwrap() > 0 {}
        for reaction in crate::system().listeners {
            let listener = reaction.within(self.app.clone());
            loop {
                let round = journal::deliver(store, &listener, now).await.unwrap();
                assert_eq!(round.held, 0);
                if round.done == 0 {
                    break;
                }
            }
        }
    }
}

/// Dossiers, what was paid for them, and the procedures that there are.
pub(crate) struct World {
    dossiers: Mutex<BTreeMap<Id, DossierFact>>,
    paid_online: Mutex<BTreeSet<Id>>,
    charges: Mutex<Vec<Id>>,
    known_nationally: Mutex<BTreeSet<Id>>,
    has_gateway: AtomicBool,
    procedures: Vec<Arc<Procedure>>,
}

const CHANNELS: [&str; 3] = ["counter", "online", "post"];
/// What the procedures charge.
const FEES: [i64; 3] = [0, 20_000, 150_000];

impl World {
    fn new(now: Now) -> Self {
        let procedures = ["1.000001", "1.000002", "1.000003"];
        let fields = ["Hộ tịch", "Hộ tịch", "Xây dựng"];
        let each = procedures.into_iter().zip(fields).enumerate();
        let procedures = each.map(|(place, (code, field))| Arc::new(procedure(now, code, field, place))).collect();
        Self {
            dossiers: Mutex::default(),
            paid_online: Mutex::default(),
            charges: Mutex::default(),
            known_nationally: Mutex::default(),
            has_gateway: AtomicBool::new(true),
            procedures,
        }
    }

    pub(crate) fn has_no_gateway(&self) {
        self.has_gateway.store(false, Ordering::Relaxed);
    }

    pub(crate) fn dossier(&self, id: Id) -> DossierFact {
        self.dossiers.lock().unwrap()[&id].clone()
    }

    fn act(&self, now: Now, id: Id, act: Act, agencies: [Id; 3]) -> Option<Entry> {
        let mut dossiers = self.dossiers.lock().unwrap();
        if let Act::Submit(what, at, how) = act {
            let dossier = self.filed(now, id, what, agencies[at], CHANNELS[how], dossiers.len());
            dossiers.insert(id, dossier);
        }
        let dossier = dossiers.get_mut(&id)?;
        if let Act::Pay(way) = act {
            return self.pay(now, dossier, way);
        }
        if let Act::Tell = act {
            self.known_nationally.lock().unwrap().insert(id);
            let told = DossierTold { dossier: id, state: dossier.state.into(), agency: dossier.agency };
            return Some(
                Entry::new("national.told", Thing { kind: "national-dossier", id: Id::new(now) }, &told).unwrap(),
            );
        }
        let verb = change(now, dossier, act)?;
        let changed = DossierChanged {
            code: dossier.code.clone(),
            procedure: dossier.procedure.clone(),
            agency: dossier.agency,
            state: dossier.state,
            promised_at: dossier.promised_at.map(|at| at.to_rfc3339()),
            result_number: dossier.electronic.then(|| "1/QĐ".to_owned()),
        };
        let thing = Thing { kind: "dossier", id };
        Some(match act {
            Act::Submit(..) => {
                Entry::new(verb, thing, &DossierSubmitted { changed, identified: Some(dossier.identified) }).unwrap()
            }
            Act::Rate(satisfied) => Entry::new(verb, thing, &DossierRated { changed, satisfied }).unwrap(),
            _ => Entry::new(verb, thing, &changed).unwrap(),
        })
    }

    fn filed(&self, now: Now, id: Id, what: usize, agency: Id, channel: &str, many: usize) -> DossierFact {
        let procedure = &self.procedures[what];
        DossierFact {
            id,
            code: format!("H32.101-{}-{many:04}", now.today().format("%y%m%d")),
            version: procedure.id,
            procedure: procedure.code.clone(),
            agency,
            receiving: agency,
            channel: channel.to_owned(),
            state: 1,
            submitted_at: now.utc(),
            received_at: None,
            promised_at: None,
            asked_at: Vec::new(),
            finished_at: None,
            closed_at: None,
            withdrawal_asked_at: None,
            fee: FEES[what],
            electronic: false,
            components: if many.is_multiple_of(3) { Vec::new() } else { vec!["to-khai".to_owned()] },
            reused: if many % 3 == 1 { vec!["to-khai".to_owned()] } else { Vec::new() },
            identified: many % 5 < 3,
            satisfied: None,
        }
    }

    fn pay(&self, now: Now, dossier: &DossierFact, way: &'static str) -> Option<Entry> {
        if dossier.fee == 0 || dossier.received_at.is_none() || dossier.closed_at.is_some() {
            return None;
        }
        if way == "gateway" {
            self.paid_online.lock().unwrap().insert(dossier.id);
        }
        let paid = ChargePaid {
            subject_kind: "dossier".to_owned(),
            subject: dossier.id,
            amount: dossier.fee,
            way: way.to_owned(),
        };
        let charge = Id::new(now);
        self.charges.lock().unwrap().push(charge);
        Some(Entry::new("payments.paid", Thing { kind: "charge", id: charge }, &paid).unwrap())
    }
}

/// The verb, if its state allows the act.
fn change(now: Now, dossier: &mut DossierFact, act: Act) -> Option<&'static str> {
    let later = |days: i64| -> Option<DateTime<Utc>> { Some(now.utc() + TimeDelta::days(days)) };
    let (state, verb) = match (act, dossier.state) {
        (Act::Submit(..), _) => (1, "dossiers.submitted"),
        (Act::Receive(days), 1) => {
            dossier.received_at = Some(now.utc());
            dossier.promised_at = later(days);
            (2, "dossiers.received")
        }
        (Act::Refuse, 1) => (3, "dossiers.not-received"),
        (Act::Ask, 2 | 4) => {
            dossier.asked_at.push(now.utc());
            (5, "dossiers.supplement-asked")
        }
        (Act::Answer(days), 5) => {
            dossier.promised_at = later(days);
            (4, "dossiers.supplement-answered")
        }
        (Act::AskToWithdraw, 1 | 2 | 4) => {
            dossier.withdrawal_asked_at = Some(now.utc());
            (7, "dossiers.withdrawal-asked")
        }
        (Act::RefuseWithdrawal, 7) if dossier.received_at.is_some() => (4, "dossiers.withdrawal-refused"),
        (Act::Withdraw, 7) => (8, "dossiers.withdrawn"),
        (Act::Stop, 2 | 4) => (8, "dossiers.stopped"),
        (Act::Finish(electronic), 2 | 4) => {
            dossier.electronic = electronic;
            dossier.finished_at = Some(now.utc());
            (9, "dossiers.finished")
        }
        (Act::Return, 9) => (10, "dossiers.returned"),
        (Act::Rate(satisfied), 8..=10) if dossier.satisfied.is_none() => {
            dossier.satisfied = Some(satisfied);
            return Some("dossiers.rated");
        }
        _ => return None,
    };
    dossier.state = state;
    dossier.closed_at = matches!(state, 3 | 8 | 10).then(|| now.utc());
    dossier.withdrawal_asked_at = dossier.withdrawal_asked_at.filter(|_| state == 7);
    Some(verb)
}

fn procedure(now: Now, code: &str, field: &str, place: usize) -> Procedure {
    let paper = |code: &str, reuse: Option<&str>| Paper {
        code: code.to_owned(),
        name: code.to_owned(),
        originals: 1,
        copies: 0,
        required: true,
        condition: None,
        declared: false,
        reuse: reuse.map(str::to_owned),
    };
    let result = ResultPaper {
        code: "ket-qua".to_owned(),
        name: "Kết quả".to_owned(),
        template: String::new(),
        abbreviation: "QĐ".to_owned(),
        number: "{number}/QĐ".to_owned(),
        reuse: None,
        valid_months: None,
        by: None,
        prints: Vec::new(),
    };
    Procedure {
        id: Id::new(now),
        code: code.to_owned(),
        name: format!("Thủ tục thử {}", place + 1),
        field: field.to_owned(),
        assurance: 1,
        subjects: contracts::questions::Subjects::PERSONS,
        consents: Vec::new(),
        channels: CHANNELS.iter().take(place + 1).map(|channel| (*channel).to_owned()).collect(),
        agencies: Vec::new(),
        process: Id::new(now),
        deadline: Deadline {
            unit: "days".to_owned(),
            amount: 3,
            counting: "hours".to_owned(),
            cut_off: None,
            written: String::new(),
        },
        papers: vec![paper("to-khai", None), paper("can-cuoc", (place == 1).then_some("can-cuoc"))],
        fees: if place == 1 { vec![fee()] } else { Vec::new() },
        results: if place == 2 { Vec::new() } else { vec![result] },
        form_schema: String::new(),
        form_ui: String::new(),
    }
}

fn fee() -> Fee {
    let (code, name) = ("le-phi".to_owned(), "Lệ phí".to_owned());
    Fee { kind: code.clone(), code, name, channel: "online".to_owned(), amount: FEES[1] }
}

impl DossierFacts for World {
    fn fact(&self, id: Id) -> Answer<'_, Option<DossierFact>> {
        Box::pin(async move { Ok(self.dossiers.lock().unwrap().get(&id).cloned()) })
    }

    fn after(&self, id: Option<Id>, size: usize) -> Answer<'_, Vec<Id>> {
        Box::pin(async move {
            let dossiers = self.dossiers.lock().unwrap();
            Ok(dossiers.keys().copied().filter(|one| Some(*one) > id).take(size).collect())
        })
    }

    fn desk(&self, code: &str) -> String {
        format!("/ho-so-thu/{code}")
    }
}

impl PaidOnline for World {
    fn paid_online(&self, subject: Id) -> Answer<'_, bool> {
        Box::pin(async move { Ok(self.paid_online.lock().unwrap().contains(&subject)) })
    }

    fn is_offered(&self) -> Result<bool> {
        Ok(self.has_gateway.load(Ordering::Relaxed))
    }
}

impl Procedures for World {
    fn in_force<'a>(&'a self, code: &'a str, _: Now) -> Answer<'a, Option<Arc<Procedure>>> {
        Box::pin(async move { Ok(self.procedures.iter().find(|one| one.code == code).cloned()) })
    }

    fn version(&self, id: Id) -> Answer<'_, Option<Arc<Procedure>>> {
        Box::pin(async move { Ok(self.procedures.iter().find(|one| one.id == id).cloned()) })
    }

    fn offered(&self, _: Now) -> Answer<'_, Vec<Arc<Procedure>>> {
        Box::pin(async { Ok(self.procedures.clone()) })
    }
}
