use base::{Error, Id};
use journal::Actor;

use super::{Fixture, day};
use crate::actions::{end_representation, keep_organisation, represent};
use crate::organisation::{NewOrganisation, NewRepresentation, Party};
use crate::queries;

fn sample() -> NewOrganisation {
    NewOrganisation {
        tax_code: "9900000009".parse().unwrap(),
        name: "Công ty TNHH Ví Dụ".to_owned(),
        address: "Số 9 Đường Ví Dụ".to_owned(),
    }
}

async fn keep(f: &Fixture, new: NewOrganisation) -> Id {
    f.store.write(async |tx| keep_organisation(tx, f.now, &Actor::PROGRAM, &new).await).await.unwrap()
}

async fn let_act(f: &Fixture, new: NewRepresentation) -> base::Result<Id> {
    f.store.write(async |tx| represent(tx, f.now, &Actor::PROGRAM, new).await).await
}

#[store::test]
async fn an_organisation_is_one_however_often_its_papers_are_seen(f: Fixture) {
    let id = keep(&f, sample()).await;
    let moved = NewOrganisation { address: "Số 10 Đường Ví Dụ".to_owned(), ..sample() };
    assert_eq!(keep(&f, moved.clone()).await, id);
    assert_eq!(keep(&f, moved).await, id);
    let Some(Party::Organisation(found)) = queries::party(f.store.read(), id).await.unwrap() else { panic!("one") };
    assert_eq!((found.name.as_str(), found.address.as_str()), ("Công ty TNHH Ví Dụ", "Số 10 Đường Ví Dụ"));
    let history = journal::history(&f.store, id).await.unwrap();
    let told: Vec<String> = history.iter().map(|line| format!("{} {}", line.verb, line.data)).collect();
    assert_eq!(told, ["directory.organisation-added {}", "directory.organisation-changed {\"fields\":[\"address\"]}"]);
}

#[store::test]
async fn a_person_acts_for_an_organisation_for_as_long_as_said(f: Fixture) {
    let (organisation, person) = (keep(&f, sample()).await, f.person("Lê Thị Ví Dụ").await);
    let new = NewRepresentation {
        organisation,
        person,
        named_by: None,
        from: day("2026-01-01"),
        to: Some(day("2026-11-20")),
    };
    let id = let_act(&f, new).await.unwrap();
    let on = async |text| queries::representations_of(f.store.read(), person, day(text)).await.unwrap().len();
    assert_eq!((on("2025-12-31").await, on("2026-11-20").await, on("2026-11-21").await), (0, 1, 0));
    let acts = queries::represents(f.store.read(), organisation, person, day("2026-06-01")).await.unwrap();
    assert!(acts.unwrap().is_legal());
    f.store.write(async |tx| end_representation(tx, f.now, &Actor::PROGRAM, id).await).await.unwrap();
    assert_eq!(on("2026-11-20").await, 0);
    let again = f.store.write(async |tx| end_representation(tx, f.now, &Actor::PROGRAM, id).await).await;
    assert!(matches!(again, Err(Error::NotFound)));
}

#[store::test]
async fn nobody_represents_twice_at_once_or_backwards(f: Fixture) {
    let (organisation, person) = (keep(&f, sample()).await, f.person("Lê Thị Ví Dụ").await);
    let new = NewRepresentation { organisation, person, named_by: None, from: day("2026-01-01"), to: None };
    let backwards = let_act(&f, NewRepresentation { to: Some(day("2025-12-31")), ..new }).await;
    assert!(matches!(backwards, Err(Error::Invalid(_))));
    let_act(&f, new).await.unwrap();
    assert!(matches!(let_act(&f, new).await, Err(Error::Conflict("directory-error-represents-already"))));
    let named = NewRepresentation { named_by: Some(person), ..new };
    assert!(matches!(let_act(&f, named).await, Err(Error::Conflict(_))));
    let listed = queries::representatives(f.store.read(), organisation, day("2026-06-01"), None, 10).await.unwrap();
    assert_eq!(listed.rows.len(), 1);
}
