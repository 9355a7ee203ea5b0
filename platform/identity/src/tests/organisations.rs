use base::{Error, Id, PersonalNumber};
use chrono::TimeDelta;
use directory::{NewOrganisation, NewPerson};
use journal::Actor;
use system::{Citizen, PositionKind};

use super::{Fixture, day};
use crate::Identity;
use crate::actions::{self, ConfirmedRepresentative, Named, NewCitizen};

const LEGAL: &str = "056189000003";
const NAMED: &str = "056079000002";

fn number(text: &str) -> PersonalNumber {
    text.parse().unwrap()
}

async fn citizen(f: &Fixture, text: &str, name: &str, assurance: u8) -> Citizen {
    let password = Identity::of(&f.app).unwrap().hashing.hash(&*f.app.random, super::PASSWORD).await.unwrap();
    let new = NewPerson { name: name.to_owned(), personal_number: Some(number(text)), ..NewPerson::default() };
    let (person, account) = f
        .write(async |tx, now| {
            let person = directory::actions::add_person(tx, now, &Actor::PROGRAM, new).await?;
            let new = NewCitizen { person, number: number(text), contact: None, password, assurance };
            Ok((person, actions::create_citizen(tx, now, &Actor::PROGRAM, new).await?))
        })
        .await
        .unwrap();
    Citizen { account, person, name: name.to_owned(), assurance }
}

fn confirmed(text: &str) -> ConfirmedRepresentative {
    let organisation = NewOrganisation {
        tax_code: "9900000009".parse().unwrap(),
        name: "Công ty TNHH Ví Dụ".to_owned(),
        address: "Số 9 Đường Ví Dụ".to_owned(),
    };
    ConfirmedRepresentative { organisation, number: number(text), from: day("2026-11-01"), to: None }
}

async fn confirm(f: &Fixture, login: &str, text: &str) -> base::Result<Id> {
    let officer = f.officer_of(&f.sign_in(login).await.secret).await;
    actions::confirm_representative(&f.app, &officer, confirmed(text)).await
}

async fn organisation(f: &Fixture, citizen: &Citizen) -> Option<Id> {
    let today = f.app.now().today();
    let held = directory::queries::representations_of(f.app.store.read(), citizen.person, today).await.unwrap();
    held.first().map(|held| held.organisation.id)
}

#[store::test]
async fn who_represents_an_organisation_is_confirmed_at_the_desk_from_level_two_on(f: Fixture) {
    let legal = citizen(&f, LEGAL, "Trần Thị Demo", 2).await;
    citizen(&f, NAMED, "Lê Văn Demo", 1).await;
    f.officer("demo.lan", PositionKind::Specialist).await;
    f.officer("demo.motcua", PositionKind::Reception).await;
    assert!(matches!(confirm(&f, "demo.lan", LEGAL).await, Err(Error::Forbidden(_))));
    assert!(matches!(confirm(&f, "demo.motcua", NAMED).await, Err(Error::Invalid(_))));
    assert!(matches!(confirm(&f, "demo.motcua", "056096000004").await, Err(Error::Invalid(_))));
    let id = confirm(&f, "demo.motcua", LEGAL).await.unwrap();
    assert!(organisation(&f, &legal).await.is_some());
    assert_eq!(f.verbs(id).await, ["directory.representation-added"]);
    let officer = f.officer_of(&f.sign_in("demo.motcua").await.secret).await;
    actions::end_confirmed(&f.app, &officer, id).await.unwrap();
    assert!(organisation(&f, &legal).await.is_none());
}

#[store::test]
async fn only_a_legal_representative_names_another_and_takes_it_back(f: Fixture) {
    let legal = citizen(&f, LEGAL, "Trần Thị Demo", 2).await;
    let named = citizen(&f, NAMED, "Lê Văn Demo", 2).await;
    f.officer("demo.motcua", PositionKind::Reception).await;
    let confirmed = confirm(&f, "demo.motcua", LEGAL).await.unwrap();
    let organisation_id = organisation(&f, &legal).await.unwrap();
    let wish = |text: &str, name: &str, to: &str| Named {
        organisation: organisation_id,
        number: number(text),
        name: name.to_owned(),
        to: day(to),
    };
    let by = async |who: &Citizen, named: Named| actions::name_representative(&f.app, who, named).await;
    let own = by(&named, wish(NAMED, "Lê Văn Demo", "2026-12-01")).await;
    assert!(matches!(own, Err(Error::NotFound)), "nobody lets themselves in");
    for (name, to) in [("Lê Văn Khác", "2026-12-01"), ("Lê Văn Demo", "2026-11-19")] {
        assert!(matches!(by(&legal, wish(NAMED, name, to)).await, Err(Error::Invalid(_))), "{name} {to}");
    }
    let id = by(&legal, wish(NAMED, "lê văn demo", "2026-12-01")).await.unwrap();
    assert_eq!(organisation(&f, &named).await, Some(organisation_id));
    let further = by(&named, wish(LEGAL, "Trần Thị Demo", "2026-12-01")).await;
    assert!(matches!(further, Err(Error::NotFound)), "who was named does not name");
    assert!(matches!(actions::take_back(&f.app, &named, id).await, Err(Error::NotFound)));
    assert!(matches!(actions::take_back(&f.app, &legal, confirmed).await, Err(Error::NotFound)));
    actions::take_back(&f.app, &legal, id).await.unwrap();
    assert_eq!(organisation(&f, &named).await, None);
    by(&legal, wish(NAMED, "Lê Văn Demo", "2026-12-01")).await.unwrap();
    f.pass(TimeDelta::days(20));
    assert_eq!(organisation(&f, &named).await, None, "its time is over");
}
