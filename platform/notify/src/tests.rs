mod mails;
mod pages;
mod peer;

use std::sync::Arc;

use base::{FixedClock, FixedRandom, Id, Now};
use chrono::TimeDelta;
use directory::NewPerson;
use exchange::{Connectors, Policy};
use files::{Files, Limits, Place};
use journal::{Actor, Thing};
use store::testing::{OnDatabase, TestDatabase, remove};
use store::{Location, Store};
use system::{App, Parts, Settings};
use tempfile::TempDir;
use web::{Site, Texts};

use crate::{MIGRATIONS, Message, Smtp, To, tell};

/// What another crate would bring along.
const TEXTS: &[system::Texts] = &[
    ("vi", "tests-received = Hồ sơ { $code } đã được tiếp nhận."),
    ("en", "tests-received = Dossier { $code } has been received."),
];

struct Fixture {
    store: Store,
    clock: Arc<FixedClock>,
    location: Location,
    folder: TempDir,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let migrations = [journal::MIGRATIONS, directory::MIGRATIONS, exchange::MIGRATIONS, MIGRATIONS].concat();
        let (store, location) = database.migrated(&migrations, now).await;
        Self { store, clock: Arc::new(FixedClock::new(now)), location, folder: tempfile::tempdir().unwrap() }
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        remove(&self.location);
    }
}

impl Fixture {
    /// The program with these ways to the outside.
    fn app(&self, connectors: Connectors, demo: bool) -> App {
        let system = crate::system();
        let texts = Texts::load(web::TEXTS.iter().chain(&system.texts).chain(TEXTS)).unwrap();
        let settings = Settings {
            data: self.folder.path().to_owned(),
            province: system::Province {
                key: "khanh-hoa".to_owned(),
                name: "Tỉnh Khánh Hòa".to_owned(),
                code: "H32".to_owned(),
                hotline: "1022".to_owned(),
            },
            demo,
            trusted_proxies: Vec::new(),
            public_url: "https://dichvucong.tinh.example".to_owned(),
        };
        let files = Files::open(&Place::Disk(self.folder.path().to_owned()), Limits::default()).unwrap();
        let parts = Parts::default().with(Site::new(texts, system.menu, &[7; 64])).with(connectors);
        App::new(self.store.clone(), self.clock.clone(), Arc::new(FixedRandom::new(1)), files, settings, parts)
    }

    fn without_mail(&self) -> App {
        self.app(Connectors::new(policy()), true)
    }

    fn with_mail(&self, address: &str, demo: bool) -> App {
        let smtp = Smtp::new(&format!("smtp://{address}"), "Cổng dịch vụ công <khong-tra-loi@tinh.example>").unwrap();
        self.app(Connectors::new(policy()).with(Arc::new(smtp)), demo)
    }

    fn pass(&self, time: TimeDelta) {
        self.clock.set(Now::at(base::Clock::now(&*self.clock).utc() + time));
    }

    async fn person(&self, mailbox: Option<&str>) -> Id {
        let new =
            NewPerson {
                name: "Lê Thị Ví Dụ".to_owned(), email: mailbox.map(str::to_owned), ..NewPerson::default()
            };
        let now = base::Clock::now(&*self.clock);
        let add = async |tx: &store::Tx| directory::actions::add_person(tx, now, &Actor::PROGRAM, new).await;
        self.store.write(add).await.unwrap()
    }
}

fn policy() -> Policy {
    Policy::parse(Policy::STANDARD).unwrap()
}

async fn told(app: &App, person: Id, code: &str) -> Id {
    let now = app.now();
    let parameters = [("code", code.to_owned())];
    let about = Thing { kind: "dossier", id: Id::new(now) };
    let link = format!("/ho-so/{code}");
    let message = Message { text: "tests-received", parameters: &parameters, link: &link, about };
    app.store.write(async |tx| tell(tx, app, now, &Actor::PROGRAM, To { person }, message).await).await.unwrap()
}
