mod mails;
mod pages;
mod peer;

use std::sync::Arc;

use base::{Id, Now};
use chrono::TimeDelta;
use directory::NewPerson;
use exchange::{Connectors, Policy};
use journal::{Actor, Thing};
use store::testing::{OnDatabase, TestDatabase};
use system::{App, Parts};
use web::testing::Given;

use crate::{Message, Smtp, To, tell};

/// What another crate would bring along.
const TEXTS: &[system::Texts] = &[
    ("vi", "tests-received = Hồ sơ { $code } đã được tiếp nhận."),
    ("en", "tests-received = Dossier { $code } has been received."),
];

struct Fixture {
    given: Given,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let tables = [journal::MIGRATIONS, directory::MIGRATIONS, exchange::MIGRATIONS];
        let mut given = Given::on(&database, now, &tables, vec![crate::system()]).await;
        given.texts.extend(TEXTS);
        given.settings.public_url = "https://dichvucong.tinh.example".to_owned();
        Self { given }
    }
}

impl Fixture {
    /// The program with these ways to the outside.
    fn app(&self, connectors: Connectors) -> App {
        self.given.app(Parts::default().with(connectors))
    }

    fn without_mail(&self) -> App {
        self.app(Connectors::new(policy()))
    }

    fn with_mail(&self, address: &str) -> App {
        let smtp = Smtp::new(&format!("smtp://{address}"), "Cổng dịch vụ công <khong-tra-loi@tinh.example>").unwrap();
        self.app(Connectors::new(policy()).with(Arc::new(smtp)))
    }

    fn pass(&self, time: TimeDelta) {
        self.given.clock.set(Now::at(self.now().utc() + time));
    }

    fn now(&self) -> Now {
        base::Clock::now(&*self.given.clock)
    }

    async fn person(&self, mailbox: Option<&str>) -> Id {
        let new =
            NewPerson {
                name: "Lê Thị Ví Dụ".to_owned(), email: mailbox.map(str::to_owned), ..NewPerson::default()
            };
        let now = self.now();
        let add = async |tx: &store::Tx| directory::actions::add_person(tx, now, &Actor::PROGRAM, new).await;
        self.given.store.write(add).await.unwrap()
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
