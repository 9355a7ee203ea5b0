//! Colleagues of a ward, one of whom is away.

use chrono::Days;
use directory::actions::{NewStandIn, stand_in};
use directory::queries;
use system::PositionKind::Specialist;

use super::Thing;
use crate::province::{Person, Province};

const WARD: &str = "H32.103";

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    if !matches!(name, "colleague" | "stand-in") {
        return None;
    }
    let app = province.app();
    let today = app.now().today();
    let agency = queries::agency_by_code(app.store.read(), WARD, today).await.unwrap().unwrap();
    let here =
        |one: &Person| one.officer().is_some_and(|officer| officer.agency == agency.id && officer.kind == Specialist);
    let (colleagues, others): (Vec<Person>, Vec<Person>) = province.officers().await.into_iter().partition(here);
    let (away, deputy) = (colleagues[0].officer().unwrap(), colleagues[1].officer().unwrap());
    let held = queries::holdings_of(app.store.read(), away.person, today).await.unwrap();
    let own = held.iter().find(|one| one.position.id == away.position && one.acting_for.is_none()).unwrap().id;
    let leads = |one: &Person| {
        one.officer().is_some_and(|officer| officer.agency == agency.id && officer.may(directory::access::STAND_INS))
    };
    let strangers = others.into_iter().filter(|one| !leads(one)).take(3);
    // The first day that is free, for nobody is stood in for twice.
    let mut from = today + Days::new(1);
    while !queries::stood_in_for(app.store.read(), deputy.person, from).await.unwrap().is_empty() {
        from = from + Days::new(1);
    }
    let thing = Thing::of(colleagues[0].clone());
    if name == "colleague" {
        let thing = thing.with("holding", own).with("deputy", deputy.person);
        return Some(thing.with("from", from).with("to", from));
    }
    let new = NewStandIn { of: own, deputy: deputy.person, from, to: from };
    let holding = stand_in(&app.store, app.now(), &colleagues[0].caller, new).await.unwrap();
    Some(thing.with("holding", holding).hidden_from(strangers))
}
