mod holdings;
mod load;
mod organisations;
mod pages;
mod people;
mod plans;
mod scope;
mod stand_ins;

use base::{Id, Now};
use chrono::NaiveDate;
use journal::Actor;
use province::Province;
use store::testing::{OnDatabase, TestDatabase};
use store::{Sql, Store};
use web::testing::Given;

use crate::actions::{self, Loaded};
use crate::agency::Agency;
use crate::person::NewPerson;
use crate::queries;

struct Fixture {
    given: Given,
    store: Store,
    now: Now,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let given = Given::on(&database, now, &[journal::MIGRATIONS], vec![crate::system()]).await;
        Self { store: given.store.clone(), given, now }
    }
}

impl Fixture {
    async fn load(&self, province: &Province) -> Loaded {
        self.store.write(async |tx| actions::load(tx, self.now, province).await).await.unwrap()
    }

    async fn with_khanh_hoa(self) -> Self {
        self.load(&khanh_hoa()).await;
        self
    }

    async fn agency(&self, code: &str) -> Agency {
        queries::any_agency_by_code(self.store.read(), code).await.unwrap().unwrap()
    }

    async fn person(&self, name: &str) -> Id {
        let new = NewPerson { name: name.to_owned(), ..NewPerson::default() };
        self.store.write(async |tx| actions::add_person(tx, self.now, &Actor::PROGRAM, new).await).await.unwrap()
    }

    async fn count(&self, table: &'static str) -> i64 {
        let sql = Sql::composed(format!("SELECT count(*) FROM {table}"));
        sql.one(self.store.read(), |row| row.get(0)).await.unwrap().unwrap()
    }
}

fn khanh_hoa() -> Province {
    Province::load("khanh-hoa").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
