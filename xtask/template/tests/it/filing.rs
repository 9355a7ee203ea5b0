use std::sync::Arc;

use base::{Error, Id, Now};
use samples::access::{FILE, READ};
use samples::{NewSample, actions, queries};
use store::testing::{OnDatabase, TestDatabase};
use system::{App, Caller, Officer, Parts, PositionKind};
use web::testing::{Doorkeeper, Given, officer};

struct Fixture {
    app: App,
    given: Given,
    now: Now,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let tables = [journal::MIGRATIONS, directory::MIGRATIONS];
        let given = Given::on(&database, now, &tables, vec![samples::system()]).await;
        Self { app: given.app(Parts::default()), given, now }
    }
}

fn specialist(now: Now, permissions: &[&str]) -> Officer {
    officer(now, PositionKind::Specialist, permissions)
}

#[store::test]
async fn the_same_form_sent_twice_files_one_sample(f: Fixture) {
    let (officer, id) = (specialist(f.now, &[READ, FILE]), Id::new(f.now));
    let new = NewSample::new("Mẫu thứ nhất").unwrap();
    for _ in 0..2 {
        f.app.store.write(async |tx| actions::file(tx, f.now, &officer, id, &new).await).await.unwrap();
    }
    assert_eq!(journal::history(&f.app.store, id).await.unwrap().len(), 1);
}

#[store::test]
async fn filing_needs_its_permission_and_other_agencies_see_nothing(f: Fixture) {
    let reader = specialist(f.now, &[READ]);
    let new = NewSample::new("Mẫu thứ nhất").unwrap();
    let refused = f.app.store.write(async |tx| actions::file(tx, f.now, &reader, Id::new(f.now), &new).await).await;
    assert!(matches!(refused, Err(Error::Forbidden(FILE))));
    let (one, stranger) = (specialist(f.now, &[READ, FILE]), specialist(f.now, &[READ]));
    f.app.store.write(async |tx| actions::file(tx, f.now, &one, Id::new(f.now), &new).await).await.unwrap();
    assert!(queries::visible_to(f.app.store.read(), &stranger, None, 50).await.unwrap().rows.is_empty());
}

#[store::test]
async fn what_is_wrong_is_said_beside_the_field_and_nothing_is_filed(f: Fixture) {
    let officer = specialist(f.now, &[READ, FILE]);
    let doorkeeper = Doorkeeper(move |_: &App, _: &str| Caller::Officer(officer.clone()));
    f.app.join(contracts::Questions::default(), Arc::new(doorkeeper));
    let (id, title) = (Id::new(f.now), "Mẫu thứ nhất");
    let send =
        async |title| f.given.post(&f.app, "x", "/samples/new", &[("id", &id.to_string()), ("title", title)]).await;
    let wrong = send(" ").await;
    assert!(wrong.status == 422 && wrong.body.contains("href=\"#title\""), "{wrong:?}");
    assert_eq!(journal::history(&f.app.store, id).await.unwrap(), vec![]);
    assert_eq!(send(title).await.to(), "/samples");
    assert_eq!(journal::history(&f.app.store, id).await.unwrap().len(), 1);
    f.given.get(&f.app, "x", "/samples").await.page();
}
