//! A carrier that loses, repeats, delays, reorders, forges and falls silent: every order ends where the carrier has it, or
//! says on its page why not.

use base::{FixedRandom, Random};

use contracts::crossing::Comparison;

use crate::carrier::{Status, Word};
use crate::order::{Order, State};
use crate::pages::fixture::{Fixture, SECRET};

/// What happens to the letter of this number, in order.
fn fate(number: usize) -> &'static [Status] {
    const DELIVERED: &[Status] = &[Status::Accepted, Status::Delivering, Status::Delivered];
    const SECOND_TRY: &[Status] = &[Status::Accepted, Status::Delivering, Status::Failed, Status::Delivered];
    const RETURNED: &[Status] = &[Status::Accepted, Status::Delivering, Status::Failed, Status::Returned];
    match number % 10 {
        0 => RETURNED,
        1 => SECOND_TRY,
        _ => DELIVERED,
    }
}

/// The carrier tells of what happened as badly as it can: a tenth is lost, a tenth said twice, the rest out of order.
async fn tell_badly(f: &Fixture, random: &dyn Random, mut words: Vec<(String, Word)>) {
    let doubled: Vec<_> = words.iter().filter(|_| random.below(10) == 0).cloned().collect();
    words.extend(doubled);
    while !words.is_empty() {
        let place = usize::try_from(random.below(words.len() as u64)).unwrap();
        let (code, word) = words.swap_remove(place);
        match random.below(20) {
            0 | 1 => {}
            2 => assert_eq!(f.calls(&code, &[word], "khác").await, "403"),
            _ => drop(f.calls(&code, &[word], SECRET).await),
        }
    }
}

#[store::test]
async fn every_order_ends_where_a_bad_carrier_has_it(f: Fixture) {
    let count = std::env::var("TINHSO_POST_ORDERS").map_or(60, |count| count.parse().unwrap());
    let random = FixedRandom::new(7);
    {
        let mut carrier = f.carrier.lock().unwrap();
        (carrier.lost_before, carrier.lost_after, carrier.forged) = (10, 9, 11);
    }
    let mut orders = Vec::with_capacity(count);
    for number in 0..count {
        orders.push(f.sent(number).await);
    }
    // One that it does not take, and an hour in which it says nothing at all.
    let refused = orders[3].code.clone();
    f.carrier.lock().unwrap().refused.insert(refused.clone());
    f.carrier.lock().unwrap().silent = true;
    f.work().await;
    f.on("2026-11-20T10:00:00+07:00");
    f.carrier.lock().unwrap().silent = false;
    for hour in 10..22 {
        f.on(&format!("2026-11-20T{hour}:00:00+07:00"));
        f.work().await;
    }
    let told = |order: &Order| f.carrier.lock().unwrap().orders.contains_key(&order.code);
    let carried: Vec<&Order> = orders.iter().filter(|order| told(order)).collect();
    let mut words = Vec::new();
    for (number, order) in orders.iter().enumerate().filter(|(_, order)| told(order)) {
        for (status, minute) in fate(number).iter().zip(700..) {
            words.push((order.code.clone(), f.happens(&order.code, *status, minute)));
        }
    }
    tell_badly(&f, &random, words).await;
    for day in 21..27 {
        f.on(&format!("2026-11-{day}T22:00:00+07:00"));
        f.work().await;
    }
    let mut explained = 0;
    for (number, order) in orders.iter().enumerate() {
        let found = f.order(order.id).await;
        let theirs = fate(number).last().unwrap().state();
        if found.state == theirs {
            continue;
        }
        assert_eq!(found.state, State::Created, "{} is {theirs:?} at the carrier's", order.code);
        assert!(f.deliveries(order.id, "failed").await > 0, "{} says nowhere why", order.code);
        explained += 1;
    }
    assert_eq!((carried.len(), explained), (count - 1, 1), "only the refused one is left, and says so");
    let compared = f.compared("2026-11-20").await;
    let all = i64::try_from(count).unwrap();
    assert_eq!(compared, [(Comparison::Matched, all - 1), (Comparison::GivenUp, 1)].into());
    // However often it was sent, the carrier has one order of each.
    assert_eq!(f.carrier.lock().unwrap().orders.len(), count - 1);
}
