use base::{Id, Now};
use store::testing::{OnDatabase, TestDatabase, remove};
use store::{Location, Store};
use worktime::ledger::{self, Calendars, Owner};
use worktime::{Budget, Counting, Terms};

use crate::{NATIONAL, at, calendar};

const DECLARED_OFF: &str = r#"
name = "Nghỉ do bão"

[[date]]
date = "2026-11-25"
kind = "holiday"
name = "Nghỉ tránh bão"
legal = { act = "Công điện mẫu", verified = true }
"#;

struct Ledger {
    store: Store,
    location: Location,
}

impl OnDatabase for Ledger {
    async fn on(database: TestDatabase) -> Self {
        let (store, location) = database.migrated(worktime::MIGRATIONS, Now::parse("2026-11-23T08:00:00+07:00")).await;
        Self { store, location }
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        remove(&self.location);
    }
}

#[store::test]
async fn a_day_declared_off_moves_every_running_deadline_behind_it_once(f: Ledger) {
    let before = Calendars::new(calendar(&[NATIONAL]), "before".to_owned());
    let after = Calendars::new(calendar(&[NATIONAL, DECLARED_OFF]), "after".to_owned());
    let now = Now::parse("2026-11-23T08:00:00+07:00");
    let terms = |days| Terms { budget: Budget::Days(days), counting: Counting::DaysExclFirst, cut_off: None };
    let (agency, crossed, ended) = (Id::new(now), Id::new(now), Id::new(now));
    let owner = |id| Owner { kind: "case", id };
    f.store
        .write(async |tx| {
            for id in [crossed, ended] {
                ledger::start(tx, &before, owner(id), agency, terms(3), at("2026-11-23 08:00")).await?;
            }
            ledger::stop(tx, &before, owner(ended), at("2026-11-23 10:00")).await?;
            ledger::counted_with(tx, &before).await
        })
        .await
        .unwrap();
    assert!(ledger::is_counted_with(f.store.read(), &before).await.unwrap());
    assert!(!ledger::is_counted_with(f.store.read(), &after).await.unwrap());
    let recount = async || f.store.write(async |tx| ledger::recount(tx, &after, "case", None).await).await.unwrap();
    let first = recount().await;
    // Monday, the 24th is off by law and the 25th by the storm: Thursday, Friday, Monday.
    assert_eq!(first.moved, [(owner(crossed), Some(at("2026-11-30 17:00")))]);
    assert_eq!(first.last, None);
    assert_eq!(recount().await.moved, []);
    let kept = ledger::find(f.store.read(), owner(ended)).await.unwrap().unwrap();
    assert_eq!(kept.due_at, Some(at("2026-11-27 17:00")));
}
