//! The enterprise of the demo and who acts for it, freed for every call of whoever was let act before.

use base::Id;
use chrono::TimeDelta;
use directory::{NewRepresentation, Representation};
use journal::Actor;
use system::PositionKind;

use super::Thing;
use super::accounts::newcomer;
use crate::province::{Person, Province};

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    Some(match name {
        "represented-organisation" => represented(province).await,
        "named-representation" => named(province).await,
        "representative-to-confirm" => to_confirm(province).await,
        "confirmed-representation" => confirmed(province).await,
        _ => return None,
    })
}

/// The demo's enterprise as its legal representative holds it, with nobody beside them.
pub(super) async fn legal(province: &Province) -> (Person, Representation) {
    let (app, today) = (province.app(), province.app().now().today());
    let code = province::demo_organisations().unwrap().swap_remove(0).tax_code;
    let organisation = directory::queries::organisation_by_code(app.store.read(), &code).await.unwrap().unwrap();
    let all = directory::queries::representatives(app.store.read(), organisation.id, today, None, 100).await.unwrap();
    let mut legal = None;
    for one in all.rows {
        // The oldest is the demo's own.
        if legal.is_none() {
            legal = Some(one);
        } else {
            end(province, one.id).await;
        }
    }
    let legal = legal.unwrap();
    let person = province.citizens().await.into_iter().find(|person| is(person, legal.person)).unwrap();
    (person, legal)
}

fn is(person: &Person, id: Id) -> bool {
    person.caller.person() == Some(id)
}

async fn end(province: &Province, representation: Id) {
    let (app, now) = (province.app(), province.app().now());
    app.store
        .write(async |tx| directory::actions::end_representation(tx, now, &Actor::PROGRAM, representation).await)
        .await
        .unwrap();
}

async fn other(province: &Province, legal: &Representation) -> Person {
    province.citizens().await.into_iter().find(|person| !is(person, legal.person)).unwrap()
}

async fn let_act(province: &Province, legal: &Representation, person: &Person, named_by: Option<Id>) -> Id {
    let (app, now) = (province.app(), province.app().now());
    let new = NewRepresentation {
        organisation: legal.organisation.id,
        person: person.caller.person().unwrap(),
        named_by,
        from: now.today(),
        to: Some(now.today() + TimeDelta::days(30)),
    };
    app.store.write(async |tx| directory::actions::represent(tx, now, &Actor::PROGRAM, new).await).await.unwrap()
}

async fn represented(province: &Province) -> Thing {
    let (person, legal) = legal(province).await;
    let other = other(province, &legal).await;
    let name = other.caller.citizen().unwrap().name.clone();
    Thing::of(person)
        .with("organisation", legal.organisation.id)
        .with("number", &other.login)
        .with("name", name)
        .with("to", province.app().now().today() + TimeDelta::days(30))
        .hidden_from([other])
}

async fn named(province: &Province) -> Thing {
    let (person, legal) = legal(province).await;
    let other = other(province, &legal).await;
    let id = let_act(province, &legal, &other, Some(legal.person)).await;
    Thing::of(person).with("representation", id).hidden_from([other])
}

async fn to_confirm(province: &Province) -> Thing {
    let (_, legal) = legal(province).await;
    let other = other(province, &legal).await;
    let desk = newcomer(province, "H32.103", PositionKind::Reception).await;
    Thing::of(desk)
        .with("tax-code", legal.organisation.tax_code.as_str())
        .with("number", &other.login)
        .with("from", province.app().now().today())
        .everyones()
}

async fn confirmed(province: &Province) -> Thing {
    let (_, legal) = legal(province).await;
    let other = other(province, &legal).await;
    let id = let_act(province, &legal, &other, None).await;
    let desk = newcomer(province, "H32.103", PositionKind::Reception).await;
    Thing::of(desk).with("representation", id).everyones()
}
