use std::collections::BTreeSet;

use base::Id;
use http::StatusCode;

use crate::actions::{self, At, Drawing};
use crate::pages::fixture::{DESK, Fixture, NOBODY};
use crate::queries;
use crate::ticket::State;

#[store::test]
async fn numbers_have_no_gap_and_begin_anew_with_each_kind_and_day(f: Fixture) {
    let mut labels = Vec::new();
    for letter in ["A", "B", "A", "T"] {
        labels.push(f.draw(letter, "").await.label());
    }
    assert_eq!(labels, ["A001", "B001", "A002", "T001"]);
    let strange = Drawing {
        id: Id::new(f.app.now()),
        agency: f.ward.id,
        kind: Id::new(f.app.now()),
        priority: String::new(),
        sender: None,
    };
    assert!(actions::draw(&f.app, f.app.now(), strange).await.is_err());
    let last = f.draw("A", "").await;
    assert_eq!((last.label().as_str(), last.turn), ("A003", 5), "what failed took no number");
    f.on("2026-11-23T08:00:00+07:00");
    assert_eq!(f.draw("A", "").await.label(), "A001");
}

#[store::test]
async fn priority_goes_first_and_whoever_was_passed_on_before_all(f: Fixture) {
    for (letter, priority) in [("A", ""), ("A", ""), ("A", "pregnant"), ("T", "")] {
        f.draw(letter, priority).await;
    }
    assert_eq!(f.call(1).await.as_deref(), Some("A003"));
    let (first, third) = (f.counter(1).await.id, f.counter(3).await.id);
    let ticket = f.at(1).await.unwrap();
    let done = actions::act(&f.app, f.app.now(), &f.desk, first, ticket.id, At::PassOn(third)).await.unwrap();
    assert_eq!(done.state, State::Waiting);
    assert_eq!(f.call(1).await.as_deref(), Some("A001"), "it waits for the other counter now");
    assert_eq!(f.call(3).await.as_deref(), Some("A003"));
    f.finish(3).await;
    assert_eq!(f.call(3).await.as_deref(), Some("A002"), "the third serves two kinds, in turn");
    assert_eq!(f.call(2).await, None, "nobody came for what the second serves");
}

#[store::test]
async fn a_counter_has_one_at_a_time_and_calls_who_was_absent_again(f: Fixture) {
    f.draw("A", "").await;
    f.draw("A", "").await;
    let counter = format!("/quay/{}", f.counter(1).await.id);
    f.post(DESK, &format!("{counter}/goi"), &[]).await.to();
    let first = f.at(1).await.unwrap();
    assert_eq!(f.post(DESK, &format!("{counter}/goi"), &[]).await.status, StatusCode::CONFLICT);
    let act = format!("{counter}/so/{}", first.id);
    f.post(DESK, &act, &[("viec", "goi-lai")]).await.to();
    assert_eq!(f.ticket(first.id).await.calls, 2);
    f.post(DESK, &act, &[("viec", "vang")]).await.to();
    assert!(f.get(NOBODY, &format!("/so/{}", first.id)).await.page().contains("không thấy Ông/Bà"));
    f.post(DESK, &format!("{counter}/goi"), &[]).await.to();
    assert_eq!(f.post(DESK, &act, &[("viec", "goi-lai")]).await.status, StatusCode::CONFLICT, "another one is there");
    f.finish(1).await;
    f.post(DESK, &act, &[("viec", "goi-lai")]).await.to();
    assert_eq!(f.at(1).await.unwrap().id, first.id);
    let nowhere = f.post(DESK, &act, &[("viec", "chuyen"), ("to", "")]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nowhere.body.contains("Chọn một quầy khác"), "{}", nowhere.body);
    f.post(DESK, &act, &[("viec", "xong")]).await.to();
    assert_eq!(f.post(DESK, &act, &[("viec", "xong")]).await.status, StatusCode::CONFLICT);
}

#[store::test]
async fn counters_that_call_at_once_call_different_people(f: Fixture) {
    for _ in 0..10 {
        f.draw("A", "").await;
    }
    let (first, third) = (f.counter(1).await.id, f.counter(3).await.id);
    let mut called = BTreeSet::new();
    for _ in 0..5 {
        let call = |counter| actions::call_next(&f.app, f.app.now(), &f.desk, counter);
        let (one, other) = tokio::join!(call(first), call(third));
        for ticket in [one.unwrap().unwrap(), other.unwrap().unwrap()] {
            assert!(called.insert(ticket.label()), "{} was called twice", ticket.label());
        }
        f.finish(1).await;
        f.finish(3).await;
    }
    assert_eq!(called.len(), 10);
}

#[store::test]
async fn how_many_are_before_and_how_long_follows_from_the_rows_of_the_day(f: Fixture) {
    let mut tickets = Vec::new();
    for _ in 0..8 {
        tickets.push(f.draw("B", "").await);
    }
    let last = tickets.pop().unwrap();
    assert_eq!(queries::before(f.app.store.read(), &last).await.unwrap(), 7);
    let page = f.get(NOBODY, &format!("/so/{}", last.id)).await.page();
    assert!(page.contains("chưa ước được"), "nobody was called yet: {page}");
    for minute in [5, 10, 15, 20] {
        f.on(&format!("2026-11-20T08:{minute:02}:00+07:00"));
        f.call(2).await;
        f.finish(2).await;
    }
    assert_eq!(queries::before(f.app.store.read(), &last).await.unwrap(), 3);
    let page = f.get(NOBODY, &format!("/so/{}", last.id)).await.page();
    assert!(page.contains("<b>3</b>") && page.contains("<b>20</b>"), "four more calls, five minutes each: {page}");
    let figures = f.get(DESK, "/quay/so-lieu").await.page();
    assert!(
        figures.contains("<b>4</b>") && figures.contains("<b>10</b>") && figures.contains("<b>20</b>"),
        "{figures}"
    );
    assert!(f.get(DESK, "/quay/so-lieu?ngay=2026-11-19").await.page().contains("không gọi số nào"));
}
