use std::pin::Pin;
use std::sync::Arc;

use base::{Error, Id, Now, Result};
use chrono::TimeDelta;
use contracts::Questions;
use http::StatusCode;
use journal::{Actor, Entry, Event, Listener, Thing};
use serde_json::json;
use store::Tx;
use system::{App, Caller};
use web::testing::Doorkeeper;

use super::{Fixture, Mood};
use crate::{NewDelivery, State};

async fn sign_in(f: &Fixture, agency: &str) {
    f.load_agencies().await;
    let officer = f.administrator(agency).await;
    f.app.join(Questions::default(), Arc::new(Doorkeeper(move |_: &App, _: &str| Caller::Officer(officer.clone()))));
}

async fn get(f: &Fixture, address: &str) -> (StatusCode, String) {
    let answered = f.given.get(&f.app, "x", address).await;
    (answered.status, answered.body)
}

async fn post(f: &Fixture, address: &str, fields: &[(&str, &str)]) -> StatusCode {
    f.given.post(&f.app, "x", address, fields).await.status
}

#[store::test]
async fn the_page_shows_what_is_stuck_and_sends_it_again(f: Fixture) {
    sign_in(&f, "H32").await;
    f.post.set(Mood::Refuses);
    let id = f.send(f.letter("k1")).await;
    f.run().await;
    let (status, list) = get(&f, "/quan-tri/chuyen-giao").await;
    assert_eq!(status, StatusCode::OK);
    assert!(list.contains("Bên nhận từ chối 1"), "{list}");
    assert!(list.contains("no such street") && list.contains(&id.to_string()));
    let (_, one) = get(&f, &format!("/quan-tri/chuyen-giao/{id}")).await;
    assert!(one.contains("k1") && one.contains("Các lần thử") && one.contains("Gửi lại"));
    f.post.set(Mood::Takes);
    assert_eq!(post(&f, &format!("/quan-tri/chuyen-giao/{id}/gui-lai"), &[]).await, StatusCode::SEE_OTHER);
    f.run().await;
    let (_, done) = get(&f, &format!("/quan-tri/chuyen-giao/{id}")).await;
    assert!(done.contains("Đã chuyển") && done.contains("250 k1") && !done.contains("/gui-lai"));
}

#[store::test]
async fn a_delivery_without_its_connector_waits_and_the_page_says_so(f: Fixture) {
    sign_in(&f, "H32").await;
    let id = f.send(NewDelivery { connector: "smtp", ..f.letter("k1") }).await;
    assert_eq!(f.run().await, 0);
    assert_eq!(f.state(id).await, State::Queued);
    let (_, list) = get(&f, "/quan-tri/chuyen-giao").await;
    assert!(list.contains("“smtp” chưa được cấu hình"), "{list}");
}

#[store::test]
async fn a_ward_sees_its_own_deliveries_only(f: Fixture) {
    sign_in(&f, "H32.101").await;
    let (own, other) = (f.agency("H32.101").await, f.agency("H32.102").await);
    let mine = f.send(NewDelivery { agency: Some(own), ..f.letter("k1") }).await;
    let theirs = f.send(NewDelivery { agency: Some(other), ..f.letter("k2") }).await;
    let nobodys = f.send(f.letter("k3")).await;
    let (_, list) = get(&f, "/quan-tri/chuyen-giao?trang-thai=queued").await;
    assert!(list.contains("Đang chờ 1") && list.contains(&mine.to_string()));
    for hidden in [theirs, nobodys] {
        assert!(!list.contains(&hidden.to_string()));
        let address = format!("/quan-tri/chuyen-giao/{hidden}");
        assert_eq!(get(&f, &address).await.0, StatusCode::NOT_FOUND);
        assert_eq!(post(&f, &format!("{address}/huy"), &[]).await, StatusCode::NOT_FOUND);
    }
}

#[store::test]
async fn a_long_list_goes_on_where_it_stopped(f: Fixture) {
    sign_in(&f, "H32").await;
    let first = f.send(f.letter("k0")).await;
    for number in 1..=50 {
        f.send(f.letter(&format!("k{number}"))).await;
    }
    let (_, page) = get(&f, "/quan-tri/chuyen-giao").await;
    assert!(!page.contains(&first.to_string()));
    let (_, rest) = page.split_once("?trang-thai=queued&#38;sau=").expect("a next page");
    let (cursor, _) = rest.split_once('"').unwrap();
    let (_, next) = get(&f, &format!("/quan-tri/chuyen-giao?trang-thai=queued&sau={cursor}")).await;
    assert!(next.contains(&first.to_string()) && !next.contains("rel=\"next\""));
}

/// A reaction that never succeeds.
struct Stubborn;

impl Listener for Stubborn {
    fn name(&self) -> &'static str {
        "tests.stubborn"
    }

    fn verbs(&self) -> &[&'static str] {
        &["dossiers.received"]
    }

    fn react<'a>(&'a self, _: &'a Tx, _: &'a Event, _: Now) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async { Err(Error::inside("the register is missing")) })
    }
}

async fn park_an_event(f: &Fixture) {
    let now = f.app.now();
    let thing = Thing { kind: "dossier", id: Id::new(now) };
    let entry = Entry::new("dossiers.received", thing, &json!({})).unwrap();
    f.app.store.write(async |tx| journal::record(tx, now, &Actor::PROGRAM, entry).await).await.unwrap();
    journal::sequence(&f.app.store, now).await.unwrap();
    for _ in 0..8 {
        journal::deliver(&f.app.store, &Stubborn, f.app.now()).await.unwrap();
        f.pass(TimeDelta::hours(2));
    }
}

#[store::test]
async fn events_that_listeners_gave_up_on_are_taken_up_again(f: Fixture) {
    sign_in(&f, "H32").await;
    park_an_event(&f).await;
    let position = journal::parked(&f.app.store).await.unwrap()[0].position;
    let (_, list) = get(&f, "/quan-tri/chuyen-giao").await;
    assert!(list.contains("tests.stubborn") && list.contains("the register is missing"), "{list}");
    let fields = [("listener", "tests.stubborn"), ("position", &position.to_string())];
    assert_eq!(post(&f, "/quan-tri/chuyen-giao/su-kien/gui-lai", &fields).await, StatusCode::SEE_OTHER);
    assert_eq!(journal::parked(&f.app.store).await.unwrap(), vec![]);
}

#[store::test]
async fn the_programs_own_trouble_is_not_a_wards_business(f: Fixture) {
    sign_in(&f, "H32.101").await;
    park_an_event(&f).await;
    let position = journal::parked(&f.app.store).await.unwrap()[0].position;
    let (_, list) = get(&f, "/quan-tri/chuyen-giao").await;
    assert!(!list.contains("tests.stubborn"));
    let fields = [("listener", "tests.stubborn"), ("position", &position.to_string())];
    assert_eq!(post(&f, "/quan-tri/chuyen-giao/su-kien/gui-lai", &fields).await, StatusCode::NOT_FOUND);
}
