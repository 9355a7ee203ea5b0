//! What the system promises, on both databases.

use std::collections::BTreeSet;

use base::{Error, Id, Now};
use samples::access::{FILE, READ};
use samples::{NewSample, actions, queries};
use store::testing::{OnDatabase, TestDatabase, remove};
use store::{Location, Store};
use system::{Officer, PositionKind};

struct Fixture {
    store: Store,
    location: Location,
    now: Now,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let all = [journal::MIGRATIONS, directory::MIGRATIONS, samples::MIGRATIONS].concat();
        let (store, location) = database.migrated(&all, now).await;
        Self { store, location, now }
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        remove(&self.location);
    }
}

fn officer(now: Now, permissions: &[&str]) -> Officer {
    Officer {
        account: Id::new(now),
        person: Id::new(now),
        name: "Lê Thị Ví Dụ".to_owned(),
        position: Id::new(now),
        kind: PositionKind::Specialist,
        title: "Chuyên viên".to_owned(),
        agency: Id::new(now),
        agency_name: "Sở Ví Dụ".to_owned(),
        unit: None,
        permissions: permissions.iter().map(|permission| (*permission).to_owned()).collect::<BTreeSet<_>>(),
        acting_for: None,
    }
}

#[store::test]
async fn the_same_form_sent_twice_files_one_sample(f: Fixture) {
    let (officer, id) = (officer(f.now, &[READ, FILE]), Id::new(f.now));
    let new = NewSample::new("Mẫu thứ nhất").unwrap();
    for _ in 0..2 {
        f.store.write(async |tx| actions::file(tx, f.now, &officer, id, &new).await).await.unwrap();
    }
    assert_eq!(journal::history(&f.store, id).await.unwrap().len(), 1);
}

#[store::test]
async fn filing_needs_its_permission_and_other_agencies_see_nothing(f: Fixture) {
    let reader = officer(f.now, &[READ]);
    let new = NewSample::new("Mẫu thứ nhất").unwrap();
    let refused = f.store.write(async |tx| actions::file(tx, f.now, &reader, Id::new(f.now), &new).await).await;
    assert!(matches!(refused, Err(Error::Forbidden(FILE))));
    let (one, stranger) = (officer(f.now, &[READ, FILE]), officer(f.now, &[READ]));
    f.store.write(async |tx| actions::file(tx, f.now, &one, Id::new(f.now), &new).await).await.unwrap();
    assert!(queries::visible_to(f.store.read(), &stranger, None, 50).await.unwrap().rows.is_empty());
}
