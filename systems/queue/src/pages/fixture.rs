//! Two wards: one whose head has given its desk counters, and a neighbour.

use std::ops::Deref;

use base::{Id, Now};
use contracts::Questions;
use directory::{Agency, NewPerson};
use store::testing::{OnDatabase, TestDatabase};
use system::{Caller, Officer, Parts, PositionKind};
use web::testing::{Given, Known, Running};
use worktime::Rules;
use worktime::ledger::Calendars;

use crate::actions::{self, Drawing};
use crate::desk::{Counter, Kind};
use crate::queries;
use crate::ticket::Ticket;

/// Session cookies: the ward's desk and its head, the desk and the head of the neighbour, and nobody in particular.
pub(super) const DESK: &str = "desk";
pub(super) const HEAD: &str = "head";
pub(super) const OTHER_DESK: &str = "other-desk";
pub(super) const OTHER_HEAD: &str = "other-head";
pub(super) const NOBODY: &str = "";

pub(super) struct Fixture {
    running: Running,
    pub(super) ward: Agency,
    pub(super) desk: Caller,
}

impl Deref for Fixture {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let systems = vec![crate::system(), directory::system(), identity::system()];
        let given = Given::on(&database, now, &[journal::MIGRATIONS], systems).await;
        directory::testing::populated(&given.store, now, NewPerson::default()).await;
        let rules = Rules::from_toml(province::national().text("calendar.toml").unwrap()).unwrap();
        let calendars = Calendars::new(worktime::Calendar::new(vec![rules]).unwrap(), String::new());
        let app = given.app(Parts::default().with(calendars));
        let agency = async |code: &str| directory::testing::agency(&app.store, now, code).await;
        let (ward, neighbour) = (agency("H32.103").await, agency("H32.101").await);
        let officers = [
            (DESK, officer(now, &ward, PositionKind::Reception)),
            (HEAD, officer(now, &ward, PositionKind::Head)),
            (OTHER_DESK, officer(now, &neighbour, PositionKind::Reception)),
            (OTHER_HEAD, officer(now, &neighbour, PositionKind::Head)),
        ];
        let [(_, desk), (_, head), ..] = officers.clone();
        app.join(Questions::default(), Known::officers(officers).doorkeeper());
        actions::begin(&app, now, &Caller::Officer(head)).await.unwrap();
        Self { running: Running::new(app, given), ward, desk: Caller::Officer(desk) }
    }
}

/// Somebody there, with the permissions of the position.
fn officer(now: Now, agency: &Agency, kind: PositionKind) -> Officer {
    directory::testing::officer(now, agency, kind, crate::access::PERMISSIONS)
}

impl Fixture {
    pub(super) async fn kind(&self, letter: &str) -> Kind {
        let kinds = queries::kinds(self.app.store.read(), self.ward.id).await.unwrap();
        kinds.into_iter().find(|kind| kind.letter == letter).unwrap()
    }

    pub(super) async fn counter(&self, number: i64) -> Counter {
        let counters = queries::counters(self.app.store.read(), self.ward.id).await.unwrap();
        counters.into_iter().find(|counter| counter.number == number).unwrap()
    }

    /// Draws a ticket.
    pub(super) async fn draw(&self, letter: &str, priority: &str) -> Ticket {
        let now = self.app.now();
        let (kind, priority) = (self.kind(letter).await.id, priority.to_owned());
        let drawing = Drawing { id: Id::new(now), agency: self.ward.id, kind, priority, sender: None };
        actions::draw(&self.app, now, drawing).await.unwrap()
    }

    /// What a counter calls, as people read it.
    pub(super) async fn call(&self, number: i64) -> Option<String> {
        let counter = self.counter(number).await.id;
        let called = actions::call_next(&self.app, self.app.now(), &self.desk, counter).await.unwrap();
        called.map(|ticket| ticket.label())
    }

    /// The ticket at a counter is done with.
    pub(super) async fn finish(&self, number: i64) {
        let ticket = self.at(number).await.unwrap();
        let counter = self.counter(number).await.id;
        let done = actions::act(&self.app, self.app.now(), &self.desk, counter, ticket.id, actions::At::Finish).await;
        done.unwrap();
    }

    /// Who is at a counter.
    pub(super) async fn at(&self, number: i64) -> Option<Ticket> {
        let counter = self.counter(number).await.id;
        queries::at_counter(self.app.store.read(), counter, self.app.now().today()).await.unwrap()
    }

    pub(super) async fn ticket(&self, id: Id) -> Ticket {
        queries::ticket_by_id(self.app.store.read(), id).await.unwrap().unwrap()
    }
}
