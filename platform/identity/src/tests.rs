mod administer;
mod organisations;
mod pages;
mod register;
mod second_factor;
mod sessions;
mod sign_in;
mod tokens;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use base::{Id, Now, Result};
use chrono::{NaiveDate, TimeDelta};
use contracts::Questions;
use directory::{NewHolding, NewPerson};
use journal::Actor;
use store::testing::{OnDatabase, TestDatabase};
use store::{Sql, Tx};
use system::{App, Authenticate, Caller, Officer, Parts, Permission, PositionKind, Session};
use web::testing::Given;

use crate::access::PERMISSIONS;
use crate::actions::{self, Browser, NewOfficer, Opened, SignIn};
use crate::{Authenticator, Identity, Login, Policy, SessionSecret};

const PASSWORD: &str = "bảy con vịt xanh";
const EXAMINE: &str = "tests.examine";

/// A program with one department under a committee, a specialist, a leader and an administrator in it.
struct Fixture {
    app: App,
    given: Given,
    authenticator: Arc<Authenticator>,
    committee: Id,
    department: Id,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        Self::with(database, false).await
    }
}

/// The same in a demo province.
struct Demo(Fixture);

impl OnDatabase for Demo {
    async fn on(database: TestDatabase) -> Self {
        Self(Fixture::with(database, true).await)
    }
}

/// The standard policy with hashes that cost next to nothing.
fn policy() -> Policy {
    let mut policy = Policy::parse(Policy::STANDARD).unwrap();
    (policy.password.memory_kib, policy.password.passes) = (8, 1);
    policy
}

impl Fixture {
    async fn with(database: TestDatabase, demo: bool) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let mut given =
            Given::on(&database, now, &[journal::MIGRATIONS, directory::MIGRATIONS], vec![crate::system()]).await;
        given.settings.demo = demo;
        given.settings.province.code = "H99".to_owned();
        let app = given.app(Parts::default().with(Identity::new(policy()).unwrap()));
        let permissions = [&[Permission::new(EXAMINE, &[PositionKind::Specialist])], PERMISSIONS].concat();
        let authenticator = Arc::new(Authenticator::new(&permissions));
        app.join(Questions::default(), authenticator.clone());
        let (committee, department) = (Id::new(now), Id::new(now));
        let fixture = Self { app, given, authenticator, committee, department };
        fixture.found(committee, None, "H99", "Ủy ban nhân dân tỉnh Mẫu").await;
        fixture.found(department, Some(committee), "H99.1", "Sở Ví dụ").await;
        fixture
    }

    async fn run(&self, sql: Sql) {
        self.app.store.write(async |tx| sql.run(tx).await).await.unwrap();
    }

    async fn found(&self, id: Id, parent: Option<Id>, code: &str, name: &str) {
        let sql = "INSERT INTO directory_agencies (id, code, name, notation, kind, tier, parent, basis, valid_from) \
                   VALUES ($1, $2, $3, 'X', 'department', 'province', $4, 'X', $5)";
        let parent_id = parent.map(Id::uuid);
        self.run(Sql::new(sql).bind(id.uuid()).bind(code).bind(name).bind(parent_id).bind(day("2020-01-01"))).await;
        for (ancestor, depth) in [(Some(id), 0_i64), (parent, 1)] {
            let Some(ancestor) = ancestor else { continue };
            let sql = "INSERT INTO directory_scopes (ancestor, descendant, depth) VALUES ($1, $2, $3)";
            self.run(Sql::new(sql).bind(ancestor.uuid()).bind(id.uuid()).bind(depth)).await;
        }
    }

    async fn position(&self, agency: Id, kind: PositionKind) -> Id {
        let id = Id::new(self.app.now());
        let sql = "INSERT INTO directory_positions (id, agency_id, kind, title, seats, valid_from) \
                   VALUES ($1, $2, $3, 'Chuyên viên', 1, $4)";
        self.run(Sql::new(sql).bind(id.uuid()).bind(agency.uuid()).bind(kind.as_str()).bind(day("2020-01-01"))).await;
        id
    }

    async fn write<T>(&self, work: impl AsyncFnOnce(&Tx, Now) -> Result<T>) -> Result<T> {
        let now = self.app.now();
        self.app.store.write(async |tx| work(tx, now).await).await
    }

    async fn person(&self, name: &str) -> Id {
        let new = NewPerson { name: name.to_owned(), ..NewPerson::default() };
        self.write(async |tx, now| directory::actions::add_person(tx, now, &Actor::PROGRAM, new).await).await.unwrap()
    }

    async fn appoint(&self, person: Id, position: Id, acting_for: Option<Id>, to: Option<&str>) -> Id {
        let new = NewHolding { position, person, acting_for, from: day("2026-01-01"), to: to.map(day) };
        self.write(async |tx, now| directory::actions::appoint(tx, now, &Actor::PROGRAM, new).await).await.unwrap()
    }

    async fn account(&self, login: &str, person: Id, must_change: bool) -> Id {
        let identity = Identity::of(&self.app).unwrap();
        let password = identity.hashing.hash(&*self.app.random, PASSWORD).await.unwrap();
        let login = Login::parse(login).unwrap();
        let new = NewOfficer { login, person, agency: self.department, password, must_change };
        self.write(async |tx, now| actions::create_officer(tx, now, &Actor::PROGRAM, new).await).await.unwrap()
    }

    /// An officer of the department who can sign in by `login`: `(account, person, holding)`.
    async fn officer(&self, login: &str, kind: PositionKind) -> (Id, Id, Id) {
        let person = self.person("Trần Thị Demo").await;
        let position = self.position(self.department, kind).await;
        let holding = self.appoint(person, position, None, None).await;
        (self.account(login, person, false).await, person, holding)
    }

    fn pass(&self, time: TimeDelta) {
        self.given.clock.set(Now::at(self.app.now().utc() + time));
    }

    async fn try_sign_in(&self, login: &str, password: &str) -> SignIn {
        actions::sign_in(&self.app, &browser(), login, password).await.unwrap()
    }

    async fn sign_in(&self, login: &str) -> Opened {
        match self.try_sign_in(login, PASSWORD).await {
            SignIn::Opened(opened) => opened,
            SignIn::Refused(refusal) => panic!("{login} was refused: {refusal:?}"),
        }
    }

    async fn session(&self, secret: &SessionSecret) -> Option<Session> {
        self.authenticator.session(&self.app, secret.reveal()).await.unwrap()
    }

    async fn caller(&self, secret: &SessionSecret) -> Caller {
        self.session(secret).await.expect("the session is open").caller
    }

    async fn officer_of(&self, secret: &SessionSecret) -> Officer {
        self.caller(secret).await.officer().unwrap().clone()
    }

    /// The verbs of the journal about a thing, oldest first.
    async fn verbs(&self, thing: Id) -> Vec<String> {
        journal::history(&self.app.store, thing).await.unwrap().into_iter().map(|line| line.verb).collect()
    }
}

fn browser() -> Browser {
    Browser { device: "Mozilla/5.0".to_owned(), address: Some(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7))), secret: None }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
