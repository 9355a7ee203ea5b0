mod fuzz;

use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use base::{Error, Id, Now, Result};
use chrono::TimeDelta;
use serde_json::json;
use store::testing::{OnDatabase, TestDatabase, remove};
use store::{Location, Sql, Store, Tx};

use crate::{
    Actor, Entry, Event, Finding, Listener, MIGRATIONS, Read, Thing, deliver, parked, record, record_read, retry,
    sequence, verify,
};

struct Fixture {
    store: Store,
    location: Location,
    now: Now,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let (store, location) = database.migrated(MIGRATIONS, now).await;
        Self { store, location, now }
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        remove(&self.location);
    }
}

impl Fixture {
    async fn happen(&self, verb: &'static str, id: Id) {
        let entry = Entry::new(verb, Thing { kind: "dossier", id }, &json!({"state": 2})).unwrap();
        self.store
            .write(async |tx| {
                record(tx, self.now, &Actor::PROGRAM, entry).await?;
                let read = Read { whose: id, thing: Thing { kind: "dossier", id }, reason: "processing" };
                record_read(tx, self.now, &Actor::PROGRAM, read).await
            })
            .await
            .unwrap();
    }
}

#[store::test]
async fn a_journal_nobody_touched_is_proved(f: Fixture) {
    for _ in 0..5 {
        f.happen("dossiers.received", Id::new(f.now)).await;
    }
    assert_eq!(sequence(&f.store, f.now).await.unwrap(), 10);
    f.happen("dossiers.closed", Id::new(f.now)).await;
    assert_eq!(sequence(&f.store, f.now).await.unwrap(), 2);
    assert_eq!(verify(&f.store).await.unwrap(), (vec![], 12));
}

#[store::test]
async fn an_altered_entry_is_named(f: Fixture) {
    for _ in 0..5 {
        f.happen("dossiers.received", Id::new(f.now)).await;
    }
    sequence(&f.store, f.now).await.unwrap();
    f.store
        .write(async |tx| {
            Sql::new("UPDATE journal_entries SET data = '{\"state\":9}' WHERE position = 3").run(tx).await
        })
        .await
        .unwrap();
    let (findings, _) = verify(&f.store).await.unwrap();
    assert!(matches!(findings[..], [Finding::Altered { chain: "entries", position: 3, .. }]), "{findings:?}");
}

#[store::test]
async fn removed_and_forged_rows_are_found(f: Fixture) {
    for _ in 0..5 {
        f.happen("dossiers.received", Id::new(f.now)).await;
    }
    sequence(&f.store, f.now).await.unwrap();
    f.store.write(async |tx| Sql::new("DELETE FROM journal_reads WHERE position = 5").run(tx).await).await.unwrap();
    let (findings, _) = verify(&f.store).await.unwrap();
    assert_eq!(findings, vec![Finding::Gap { chain: "reads", position: 5 }]);
    // Who alters a row and its digest still breaks the seal of the block.
    f.store
        .write(async |tx| {
            Sql::new("UPDATE journal_entries SET digest = (SELECT digest FROM journal_entries WHERE position = 2) WHERE position = 1")
                .run(tx)
                .await
        })
        .await
        .unwrap();
    let (findings, _) = verify(&f.store).await.unwrap();
    assert_eq!(findings.len(), 2);
}

/// Writes down what it heard; fails for one thing while told to.
struct Hearer {
    heard: Mutex<Vec<(Id, String)>>,
    failing_for: Id,
    failing: AtomicBool,
}

impl Listener for Hearer {
    fn name(&self) -> &'static str {
        "tests.hear"
    }

    fn verbs(&self) -> &[&'static str] {
        &["dossiers.received", "dossiers.closed"]
    }

    fn react<'a>(
        &'a self,
        _tx: &'a Tx,
        event: &'a Event,
        _now: Now,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            if event.thing_id == self.failing_for && self.failing.load(Ordering::SeqCst) {
                return Err(Error::inside("not now"));
            }
            self.heard.lock().unwrap().push((event.thing_id, event.verb.clone()));
            Ok(())
        })
    }
}

#[store::test]
async fn a_listener_that_fails_keeps_the_order_of_the_thing_and_does_not_hold_up_others(f: Fixture) {
    let (bad, good) = (Id::new(f.now), Id::new(f.now));
    for (verb, id) in [
        ("dossiers.received", bad),
        ("dossiers.received", good),
        ("dossiers.ignored", good),
        ("dossiers.closed", bad),
        ("dossiers.closed", good),
    ] {
        f.happen(verb, id).await;
    }
    sequence(&f.store, f.now).await.unwrap();
    let hearer = Hearer { heard: Mutex::default(), failing_for: bad, failing: AtomicBool::new(true) };
    deliver(&f.store, &hearer, f.now).await.unwrap();
    let others = vec![(good, "dossiers.received".to_owned()), (good, "dossiers.closed".to_owned())];
    assert_eq!(*hearer.heard.lock().unwrap(), others);
    // Eight failures and it is parked, shown, and taken up again when somebody says so.
    let mut now = f.now;
    for _ in 0..8 {
        now = Now::at(now.utc() + TimeDelta::hours(2));
        deliver(&f.store, &hearer, now).await.unwrap();
    }
    let given_up = parked(&f.store).await.unwrap();
    assert_eq!(given_up[0].listener, "tests.hear");
    hearer.failing.store(false, Ordering::SeqCst);
    hearer.heard.lock().unwrap().clear();
    for parked in given_up {
        retry(&f.store, &parked.listener, parked.position, now).await.unwrap();
    }
    for _ in 0..3 {
        now = Now::at(now.utc() + TimeDelta::hours(2));
        deliver(&f.store, &hearer, now).await.unwrap();
    }
    let own = vec![(bad, "dossiers.received".to_owned()), (bad, "dossiers.closed".to_owned())];
    assert_eq!(*hearer.heard.lock().unwrap(), own);
    assert_eq!(parked(&f.store).await.unwrap(), vec![]);
}

#[store::test]
async fn what_a_listener_does_not_wait_for_is_passed_over_once(f: Fixture) {
    let thing = Id::new(f.now);
    for _ in 0..600 {
        f.happen("dossiers.ignored", thing).await;
    }
    while sequence(&f.store, f.now).await.unwrap() > 0 {}
    let hearer = Hearer { heard: Mutex::default(), failing_for: Id::new(f.now), failing: AtomicBool::new(false) };
    deliver(&f.store, &hearer, f.now).await.unwrap();
    let cursor: Option<i64> =
        Sql::new("SELECT position FROM journal_cursors").one(f.store.read(), |row| row.get(0)).await.unwrap();
    assert_eq!(cursor, Some(600));
    f.happen("dossiers.received", thing).await;
    sequence(&f.store, f.now).await.unwrap();
    deliver(&f.store, &hearer, f.now).await.unwrap();
    assert_eq!(*hearer.heard.lock().unwrap(), vec![(thing, "dossiers.received".to_owned())]);
}

#[store::test]
async fn of_many_events_the_one_that_fails_keeps_back_its_thing_only(f: Fixture) {
    let bad = Id::new(f.now);
    let good: Vec<Id> = (0..50).map(|_| Id::new(f.now)).collect();
    for (number, id) in good.iter().enumerate() {
        f.happen("dossiers.received", *id).await;
        if number == 30 {
            f.happen("dossiers.received", bad).await;
        }
    }
    sequence(&f.store, f.now).await.unwrap();
    let hearer = Hearer { heard: Mutex::default(), failing_for: bad, failing: AtomicBool::new(true) };
    let round = deliver(&f.store, &hearer, f.now).await.unwrap();
    assert_eq!((round.done, round.held), (50, 1));
    let again = deliver(&f.store, &hearer, f.now).await.unwrap();
    assert_eq!((again.done, again.held), (0, 0), "each is done once");
}
