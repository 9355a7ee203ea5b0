use base::{Error, Id, Result};
use chrono::TimeDelta;
use journal::{Actor, Thing};
use tokio::time::{Duration, timeout};

use super::{Fixture, Mood, refused};
use crate::actions::{cancel, claim, retry, settle};
use crate::{Ended, NewDelivery, Outcome, State, enqueue, queries};

#[store::test]
async fn what_is_delivered_has_a_receipt_and_goes_out_once(f: Fixture) {
    let id = f.send(f.letter("k1")).await;
    assert_eq!(f.run().await, 1);
    assert_eq!(f.run().await, 0);
    let delivery = f.delivery(id).await;
    assert_eq!((delivery.state, delivery.receipt.as_deref(), delivery.tries), (State::Delivered, Some("250 k1"), 1));
    assert_eq!((delivery.delivered_at, delivery.due_at), (Some(f.app.now().utc()), None));
    assert_eq!(f.post.arrived(), ["k1"]);
    assert_eq!(f.verbs(id).await, ["exchange.queued", "exchange.delivered"]);
}

#[store::test]
async fn what_was_not_committed_never_goes_out(f: Fixture) {
    let (letter, now) = (f.letter("k1"), f.app.now());
    let undone: Result<()> = f
        .app
        .store
        .write(async |tx| {
            enqueue(tx, now, &Actor::PROGRAM, letter).await?;
            Err(Error::Conflict("web-error-conflict"))
        })
        .await;
    refused(undone);
    assert_eq!(f.run().await, 0);
    assert_eq!(f.post.arrived(), Vec::<String>::new());
}

#[store::test]
async fn one_key_is_one_delivery_however_often_it_is_asked_for(f: Fixture) {
    let first = f.send(f.letter("k1")).await;
    assert_eq!(f.send(f.letter("k1")).await, first);
    f.run().await;
    assert_eq!(f.send(f.letter("k1")).await, first);
    f.run().await;
    assert_eq!(f.post.arrived(), ["k1"]);
    assert_eq!(f.verbs(first).await, ["exchange.queued", "exchange.delivered"]);
}

#[store::test]
async fn a_busy_other_side_is_asked_again_later(f: Fixture) {
    f.post.set(Mood::Busy);
    let id = f.send(f.letter("k1")).await;
    f.run().await;
    let waiting = f.delivery(id).await;
    assert_eq!((waiting.state, waiting.error.as_deref()), (State::Queued, Some("busy")));
    assert!(waiting.due_at.unwrap() > f.app.now().utc());
    f.post.set(Mood::Takes);
    assert_eq!(f.run().await, 0, "its time has not come");
    f.pass(TimeDelta::seconds(f.policy.first_wait_seconds));
    assert_eq!(f.run().await, 1);
    let done = f.delivery(id).await;
    assert_eq!((done.state, done.error), (State::Delivered, None));
    let attempts = queries::attempts(f.app.store.read(), id).await.unwrap();
    let ended: Vec<Option<Ended>> = attempts.iter().map(|attempt| attempt.ended).collect();
    assert_eq!(ended, [Some(Ended::Retry), Some(Ended::Delivered)]);
}

#[store::test]
async fn a_wait_that_the_other_side_names_is_kept(f: Fixture) {
    f.post.set(Mood::BusyFor(TimeDelta::hours(3)));
    let id = f.send(f.letter("k1")).await;
    f.run().await;
    assert_eq!(f.delivery(id).await.due_at, Some(f.app.now().utc() + TimeDelta::hours(3)));
}

#[store::test]
async fn after_so_many_tries_it_is_given_up_and_a_person_takes_it_up_again(f: Fixture) {
    f.load_agencies().await;
    f.post.set(Mood::Busy);
    let id = f.send(f.letter("k1")).await;
    for _ in 0..f.policy.tries {
        assert_eq!(f.state(id).await, State::Queued);
        f.run().await;
        f.pass(TimeDelta::seconds(f.policy.longest_wait_seconds));
    }
    assert_eq!(f.state(id).await, State::GivenUp);
    assert_eq!(f.run().await, 0);
    f.post.set(Mood::Takes);
    retry(&f.app, f.app.now(), &f.administrator("H32").await, id).await.unwrap();
    f.run().await;
    assert_eq!(f.state(id).await, State::Delivered);
    let verbs = ["exchange.queued", "exchange.given-up", "exchange.requeued", "exchange.delivered"];
    assert_eq!(f.verbs(id).await, verbs);
    assert_eq!(f.count("exchange_attempts").await, f.policy.tries + 1);
}

#[store::test]
async fn what_is_refused_is_not_tried_again(f: Fixture) {
    f.post.set(Mood::Refuses);
    let id = f.send(f.letter("k1")).await;
    f.run().await;
    f.pass(TimeDelta::days(1));
    assert_eq!(f.run().await, 0);
    let delivery = f.delivery(id).await;
    assert_eq!((delivery.state, delivery.error.as_deref()), (State::Failed, Some("no such street")));
    assert_eq!(f.verbs(id).await, ["exchange.queued", "exchange.failed"]);
}

#[store::test]
async fn what_a_lost_worker_had_in_hand_goes_out_again_with_the_same_key(f: Fixture) {
    f.post.set(Mood::TakesAndBreaksOff);
    let id = f.send(f.letter("k1")).await;
    assert_eq!(f.run().await, 0);
    f.post.set(Mood::Takes);
    assert_eq!(f.state(id).await, State::Sending);
    assert_eq!(f.run().await, 0, "the claim still holds");
    f.pass(f.policy.claim());
    assert_eq!(f.run().await, 1);
    assert_eq!(f.state(id).await, State::Delivered);
    assert_eq!(f.post.arrived(), ["k1", "k1"]);
    let attempts = queries::attempts(f.app.store.read(), id).await.unwrap();
    assert_eq!((attempts[0].ended, attempts[1].ended), (None, Some(Ended::Delivered)));
}

#[store::test]
async fn a_worker_killed_in_the_middle_loses_nothing(f: Fixture) {
    f.post.set(Mood::Silent);
    let id = f.send(f.letter("k1")).await;
    assert!(timeout(Duration::from_millis(400), f.run()).await.is_err(), "killed while it waits for the answer");
    f.post.set(Mood::Takes);
    f.pass(f.policy.claim());
    assert_eq!(f.run().await, 1);
    assert_eq!(f.state(id).await, State::Delivered);
}

#[store::test]
async fn a_delivery_that_kills_its_workers_is_given_up(f: Fixture) {
    f.post.set(Mood::TakesAndBreaksOff);
    let id = f.send(f.letter("k1")).await;
    for _ in 0..=f.policy.tries {
        f.run().await;
        f.pass(f.policy.claim());
    }
    let delivery = f.delivery(id).await;
    assert_eq!((delivery.state, delivery.error.as_deref()), (State::GivenUp, Some("exchange-error-worker-lost")));
}

#[store::test]
async fn no_answer_in_time_counts_as_not_delivered(f: Fixture) {
    f.post.set(Mood::Silent);
    let id = f.send(f.letter("k1")).await;
    assert_eq!(f.run().await, 1);
    let delivery = f.delivery(id).await;
    assert_eq!((delivery.state, delivery.error.as_deref()), (State::Queued, Some("exchange-error-no-answer")));
}

#[store::test]
async fn a_worker_that_comes_back_late_changes_nothing(f: Fixture) {
    let id = f.send(f.letter("k1")).await;
    let (kind, now, policy) = (f.app.store.kind(), f.app.now(), &f.policy);
    let late = f.app.store.write(async |tx| claim(tx, kind, "post", now, policy).await).await.unwrap().remove(0);
    f.pass(f.policy.claim());
    f.run().await;
    let outcome = Outcome::Retry { reason: "slow".to_owned(), after: None };
    let (now, random) = (f.app.now(), &*f.app.random);
    let state = f.app.store.write(async |tx| settle(tx, now, &late, outcome, policy, random).await).await.unwrap();
    assert_eq!((state, f.state(id).await), (None, State::Delivered));
}

#[store::test]
async fn deliveries_about_one_thing_to_one_place_keep_their_order(f: Fixture) {
    let about = Thing { kind: "dossier", id: Id::new(f.app.now()) };
    let first = f.send(NewDelivery { subject: about, ..f.letter("received") }).await;
    f.post.set(Mood::Busy);
    f.run().await;
    f.post.set(Mood::Takes);
    f.send(NewDelivery { subject: about, ..f.letter("closed") }).await;
    f.send(NewDelivery { subject: about, destination: "H32.102".to_owned(), ..f.letter("elsewhere") }).await;
    f.send(f.letter("other")).await;
    f.run().await;
    assert_eq!(sorted(f.post.arrived()), ["elsewhere", "other"], "only the second about the same thing waits");
    f.pass(TimeDelta::seconds(f.policy.first_wait_seconds));
    f.run().await;
    f.run().await;
    assert_eq!(f.post.arrived()[2..], ["received", "closed"]);
    assert_eq!(f.state(first).await, State::Delivered);
}

#[store::test]
async fn workers_side_by_side_share_and_never_double(f: Fixture) {
    let keys: Vec<String> = (10..50).map(|number| format!("k{number}")).collect();
    for key in &keys {
        f.send(f.letter(key)).await;
    }
    for _ in 0..4 {
        tokio::join!(f.run(), f.run(), f.run());
    }
    assert_eq!(sorted(f.post.arrived()), keys);
}

#[store::test]
async fn what_is_called_off_does_not_go_out(f: Fixture) {
    f.load_agencies().await;
    let officer = f.administrator("H32").await;
    let id = f.send(f.letter("k1")).await;
    cancel(&f.app, f.app.now(), &officer, id).await.unwrap();
    assert_eq!(f.run().await, 0);
    assert_eq!(f.post.arrived(), Vec::<String>::new());
    let again = retry(&f.app, f.app.now(), &officer, id).await;
    assert!(matches!(refused(again), Error::Conflict("exchange-error-state")));
    let done = f.send(f.letter("k2")).await;
    f.run().await;
    let late = cancel(&f.app, f.app.now(), &officer, done).await;
    assert!(matches!(refused(late), Error::Conflict("exchange-error-state")));
}

#[store::test]
async fn an_administrator_reconciles_only_what_their_agency_answers_for(f: Fixture) {
    f.load_agencies().await;
    let ward = f.agency("H32.101").await;
    let id = f.send(NewDelivery { agency: Some(ward), ..f.letter("k1") }).await;
    let stranger = f.administrator("H32.102").await;
    let hidden = retry(&f.app, f.app.now(), &stranger, id).await;
    assert!(matches!(refused(hidden), Error::NotFound));
    let own = f.administrator("H32.101").await;
    retry(&f.app, f.app.now(), &own, id).await.unwrap();
    let mut powerless = own;
    powerless.permissions.clear();
    let forbidden = retry(&f.app, f.app.now(), &powerless, id).await;
    assert!(matches!(refused(forbidden), Error::Forbidden("exchange.reconcile")));
}

fn sorted(mut keys: Vec<String>) -> Vec<String> {
    keys.sort();
    keys
}
