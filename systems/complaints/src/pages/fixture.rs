//! A province with its inspectorate and a ward, somebody who writes to them, and their officers.

use std::collections::BTreeSet;
use std::ops::Deref;

use base::{Id, Now};
use contracts::Questions;
use directory::{NewHolding, NewPerson};
use exchange::{Connectors, Policy};
use flow::OpenStep;
use journal::Actor;
use store::testing::{OnDatabase, TestDatabase};
use system::{App, Officer, Parts, PositionKind};
use web::testing::{self, Answered, Given, Known, Running};
use worktime::Rules;
use worktime::ledger::Calendars;

use crate::letter::Letter;
use crate::queries;

/// Session cookies.
pub(crate) const NOBODY: &str = "";
pub(crate) const CITIZEN: &str = "citizen";
/// Of the inspectorate.
pub(crate) const DESK: &str = "desk";
pub(crate) const INSPECTOR: &str = "inspector";
pub(crate) const COLLEAGUE: &str = "colleague";
pub(crate) const LEADER: &str = "leader";
pub(crate) const DEPUTY: &str = "deputy";
pub(crate) const HEAD: &str = "head";
/// Of a ward.
pub(crate) const WARD_DESK: &str = "ward-desk";
pub(crate) const WARD_INSPECTOR: &str = "ward-inspector";
pub(crate) const WARD_LEADER: &str = "ward-leader";

const OFFICERS: [(&str, &str, PositionKind); 9] = [
    (DESK, "H32.19", PositionKind::Reception),
    (INSPECTOR, "H32.19", PositionKind::Specialist),
    (COLLEAGUE, "H32.19", PositionKind::Specialist),
    (LEADER, "H32.19", PositionKind::Leader),
    (DEPUTY, "H32.19", PositionKind::Leader),
    (HEAD, "H32.19", PositionKind::Head),
    (WARD_DESK, "H32.103", PositionKind::Reception),
    (WARD_INSPECTOR, "H32.103", PositionKind::Specialist),
    (WARD_LEADER, "H32.103", PositionKind::Leader),
];

pub(crate) struct Fixture {
    running: Running,
    pub(crate) person: Id,
    officers: Vec<(&'static str, Officer)>,
}

impl Deref for Fixture {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-19T09:00:00+07:00");
        let tables = [journal::MIGRATIONS, worktime::MIGRATIONS];
        let systems = vec![
            crate::system(),
            directory::system(),
            identity::system(),
            flow::system(),
            exchange::system(),
            notify::system(),
        ];
        let given = Given::on(&database, now, &tables, systems).await;
        directory::testing::populated(&given.store, now, NewPerson::default()).await;
        let rules = Rules::from_toml(province::national().text("calendar.toml").unwrap()).unwrap();
        let parts = Parts::default()
            .with(print::Printer::new())
            .with(Connectors::new(Policy::parse(Policy::STANDARD).unwrap()))
            .with(Calendars::new(worktime::Calendar::new(vec![rules]).unwrap(), String::new()));
        let app = given.app(parts);
        let mut officers = Vec::new();
        let mut taken = BTreeSet::new();
        for (name, code, kind) in OFFICERS {
            officers.push((name, employ(&app, now, code, kind, &mut taken).await));
        }
        let person = Id::new(now);
        let known = Known::officers(officers.clone()).others(testing::citizen(person));
        app.join(Questions::default(), known.doorkeeper());
        Self { running: Running::new(app, given), person, officers }
    }
}

/// Somebody in a free position of an agency, with the permissions of the position.
async fn employ(app: &App, now: Now, code: &str, kind: PositionKind, taken: &mut BTreeSet<Id>) -> Officer {
    let c = app.store.read();
    let agency = directory::testing::agency(&app.store, now, code).await;
    let positions = directory::queries::positions(c, agency.id, now.today()).await.unwrap();
    let position = positions.into_iter().find(|one| one.kind == kind && !taken.contains(&one.id)).unwrap();
    taken.insert(position.id);
    let person = app
        .store
        .write(async |tx| {
            let new = NewPerson { name: format!("Lê Thị Ví Dụ {}", taken.len()), ..NewPerson::default() };
            let person = directory::actions::add_person(tx, now, &Actor::PROGRAM, new).await?;
            let from = now.today();
            let holding = NewHolding { position: position.id, person, acting_for: None, from, to: None };
            directory::actions::appoint(tx, now, &Actor::PROGRAM, holding).await?;
            Ok(person)
        })
        .await
        .unwrap();
    Officer {
        person,
        position: position.id,
        ..directory::testing::officer(now, &agency, kind, crate::access::PERMISSIONS)
    }
}

/// A passphrase of somebody, long enough and their own.
pub(crate) fn passphrase(who: &str) -> String {
    format!("{who} gặt lúa sớm mai")
}

impl Fixture {
    pub(crate) fn person_of(&self, who: &str) -> String {
        self.officers.iter().find(|(name, _)| *name == who).unwrap().1.person.to_string()
    }

    pub(crate) async fn letter(&self, code: &str) -> Letter {
        queries::by_code(self.app.store.read(), code).await.unwrap().unwrap()
    }

    pub(crate) async fn step(&self, code: &str) -> OpenStep {
        let letter = self.letter(code).await;
        let steps = flow::queries::steps_of(self.app.store.read(), letter.id).await.unwrap();
        steps.into_iter().find(|step| step.closed_at.is_none()).unwrap()
    }

    /// Does something at the open step of a letter.
    pub(crate) async fn at_step(&self, who: &str, code: &str, verb: &str, fields: &[(&str, &str)]) -> Answered {
        let address = format!("/don-thu-xu-ly/{code}/buoc/{}/{verb}", self.step(code).await.id);
        self.post(who, &address, fields).await
    }

    /// What the page of a form holds.
    pub(crate) async fn secret(&self, who: &str, address: &str) -> String {
        let page = self.get(who, address).await.page();
        let rest = page.split("name=\"khoa\" value=\"").nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    /// Fills a form in and sends it; gives where it leads.
    pub(crate) async fn sent(
        &self,
        who: &str,
        address: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> String {
        let secret = self.secret(who, address).await;
        let fields: Vec<(&str, &str)> = [("khoa", secret.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.upload(who, address, &fields, files).await.to()
    }

    pub(crate) async fn make_key(&self, who: &str) -> Answered {
        let passphrase = passphrase(who);
        let fields = [("passphrase", passphrase.as_str()), ("again", passphrase.as_str())];
        self.post(who, "/don-thu-xu-ly/niem-phong/khoa", &fields).await
    }

    /// Three holders with keys, and the inspector appointed.
    pub(crate) async fn appointed(&self) {
        let holders = [LEADER, DEPUTY, HEAD].map(|who| self.person_of(who));
        let fields =
            [("holder-1", holders[0].as_str()), ("holder-2", holders[1].as_str()), ("holder-3", holders[2].as_str())];
        self.post(LEADER, "/don-thu-xu-ly/niem-phong/nguoi-giu", &fields).await.to();
        for who in [LEADER, DEPUTY, HEAD, INSPECTOR] {
            self.make_key(who).await.to();
        }
        let person = self.person_of(INSPECTOR);
        self.post(LEADER, "/don-thu-xu-ly/niem-phong/chi-dinh", &[("person", &person)]).await.to();
    }

    pub(crate) async fn open(&self, who: &str, code: &str, passphrase: &str) -> Answered {
        let fields = [("passphrase", passphrase), ("reason", "Xử lý ban đầu theo Điều 24")];
        self.post(who, &format!("/don-thu-xu-ly/{code}/mo-niem-phong"), &fields).await
    }
}

/// The code in an address.
pub(crate) fn code_of(address: &str) -> String {
    let from = address.find("DT-").unwrap();
    address[from..].split('?').next().unwrap().to_owned()
}
