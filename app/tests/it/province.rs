//! A small demo province, prepared once for a test and held open in this process.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use base::{Clock, FixedClock, Now};
use identity::SessionSecret;
use identity::actions::{Browser, SignIn};
use store::testing::{OnDatabase, TestDatabase};
use store::{Durability, Kind, Location, Store};
use system::{App, Caller, Officer};
use tempfile::TempDir;
use tinhso::{Demo, Place, Plan};
use tokio::sync::Mutex;

/// A working Thursday, so that the days before it hold all kinds of work.
const MOMENT: &str = "2026-11-19T10:15:00+07:00";

pub(crate) struct Province {
    pub(crate) demo: Demo,
    pub(crate) router: Router,
    ground: Ground,
    signed_in: Mutex<HashMap<String, Person>>,
}

/// Where a province of a test lies: a folder that goes with the test, and a database of its own.
pub(crate) struct Ground {
    pub(crate) place: Place,
    _folder: TempDir,
}

/// Somebody with an account, signed in by browser and by token.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) login: String,
    pub(crate) caller: Caller,
    pub(crate) secret: SessionSecret,
    pub(crate) token: String,
}

impl Person {
    pub(crate) fn officer(&self) -> Option<&Officer> {
        self.caller.officer().ok()
    }
}

impl Ground {
    pub(crate) async fn new(kind: Kind) -> Self {
        let folder = TempDir::new().unwrap();
        let mut place = Place { data: folder.path().join("tinh"), database_url: None };
        if kind == Kind::Postgres {
            let (store, location) = TestDatabase { kind }.migrated(&[], Now::parse(MOMENT)).await;
            store.close().await.unwrap();
            let Location::Postgres(url) = location else { panic!("a PostgreSQL database was asked for") };
            place.database_url = Some(url);
        }
        Self { place, _folder: folder }
    }

    /// The database, beside whatever else works on it.
    pub(crate) async fn store(&self) -> Store {
        let location = match &self.place.database_url {
            Some(url) => url.parse().unwrap(),
            None => Location::Sqlite(self.place.data.join("tinhso.db")),
        };
        Store::connect(&location, Durability::PowerCut).await.unwrap()
    }
}

impl OnDatabase for Province {
    async fn on(database: TestDatabase) -> Self {
        let place = Ground::new(database.kind).await;
        let clock = Arc::new(FixedClock::new(Now::parse(MOMENT)));
        Self::open(place, Plan { dossiers: 80, days: 6, seed: 1, papers: 1000 }, clock).await
    }
}

impl Province {
    pub(crate) async fn open(ground: Ground, plan: Plan, clock: Arc<dyn Clock>) -> Self {
        let demo = Demo::open(&ground.place, plan, clock).await.unwrap();
        let router = web::router(&demo.program.app, &demo.program.systems);
        Self { demo, router, ground, signed_in: Mutex::default() }
    }

    /// Leaves the province to other processes.
    pub(crate) async fn close(self) -> Ground {
        let Self { demo, router, ground, .. } = self;
        drop(router);
        demo.program.app.store.clone().close().await.unwrap();
        ground
    }

    pub(crate) fn app(&self) -> &App {
        &self.demo.program.app
    }

    pub(crate) fn store(&self) -> &Store {
        &self.app().store
    }

    /// The password of an account of the demo.
    pub(crate) fn password(&self, login: &str) -> String {
        let account = self.demo.accounts.iter().find(|account| account.login == login);
        account.and_then(|account| account.password.clone()).unwrap_or_default()
    }

    /// Signs somebody of the demo in, the first time they are asked for.
    pub(crate) async fn person(&self, login: &str) -> Person {
        let mut known = self.signed_in.lock().await;
        if let Some(person) = known.get(login) {
            return person.clone();
        }
        let person = self.sign_in(login, &self.password(login)).await;
        known.insert(login.to_owned(), person.clone());
        person
    }

    /// A new session and a new token.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> Person {
        let secret = self.begin_sign_in(login, password).await;
        let session = self.app().authenticator().unwrap().session(self.app(), secret.reveal()).await.unwrap();
        let session = session.unwrap_or_else(|| panic!("{login} is signed in"));
        let token = identity::actions::create_token_for(self.app(), login, 30).await.unwrap();
        Person { login: login.to_owned(), caller: session.caller, secret, token }
    }

    /// The session after the password; it may wait for a further step.
    pub(crate) async fn begin_sign_in(&self, login: &str, password: &str) -> SessionSecret {
        match identity::actions::sign_in(self.app(), &Browser::default(), login, password).await.unwrap() {
            SignIn::Opened(opened) => opened.secret,
            SignIn::Refused(refusal) => panic!("{login} is refused: {refusal:?}"),
        }
    }

    /// Everybody of one kind, in the order of the demo's list; those whose second factor is asked for are left out.
    async fn all(&self, officers: bool, most: usize) -> Vec<Person> {
        let wanted = |login: &str| login.contains('@') == officers;
        let ready = self.demo.accounts.iter().filter(|account| account.second_factor.is_none());
        let mut people = Vec::new();
        for account in ready.filter(|account| wanted(&account.login)).take(most) {
            people.push(self.person(&account.login).await);
        }
        people
    }

    pub(crate) async fn officers(&self) -> Vec<Person> {
        self.all(true, usize::MAX).await
    }

    /// A few people without an office.
    pub(crate) async fn citizens(&self) -> Vec<Person> {
        self.all(false, 4).await
    }
}
