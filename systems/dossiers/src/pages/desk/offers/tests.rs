//! What will be late is told once, while there is time to say so.

use base::Id;
use directory::{NewHolding, NewPerson};
use form::Values;
use journal::Actor;
use store::Sql;
use system::PositionKind::{Leader, Reception, Specialist};

use super::PAGE;
use crate::actions::{self, Decision, NewDossier};
use crate::dossier::{Channel, Dossier};
use crate::pages::fixture::{DESK, Fixture, LEADER};
use crate::queries;

/// Somebody leads the agency.
async fn lead(f: &Fixture) -> Id {
    let now = f.app.now();
    let positions = directory::queries::positions(f.app.store.read(), f.agency.id, now.today()).await.unwrap();
    let position = positions.into_iter().find(|position| position.kind == Leader).unwrap().id;
    f.app
        .store
        .write(async |tx| {
            let person = directory::actions::add_person(tx, now, &Actor::PROGRAM, NewPerson::default()).await?;
            let holding = NewHolding { position, person, acting_for: None, from: now.today(), to: None };
            directory::actions::appoint(tx, now, &Actor::PROGRAM, holding).await?;
            Ok::<_, base::Error>(person)
        })
        .await
        .unwrap()
}

/// A dossier that lies with the leader.
async fn proposed(f: &Fixture) -> Dossier {
    let desk = f.officer(Reception);
    let new = NewDossier {
        form_id: Id::new(f.app.now()),
        procedure: "9.000001".to_owned(),
        applicant: desk.officer().unwrap().person,
        applicant_name: "Trần Thị Demo".to_owned(),
        agency: f.agency.id,
        receiving: f.agency.id,
        channel: Channel::Counter,
        answers: Values::new(),
        papers: Vec::new(),
        draft: None,
    };
    let filed = actions::file(&f.app, f.app.now(), &desk, new).await.unwrap();
    for (kind, outcome) in [(Reception, "accept"), (Specialist, "propose")] {
        f.decide(&f.officer(kind), filed.id, go(outcome)).await;
    }
    queries::by_id(f.app.store.read(), filed.id).await.unwrap().unwrap()
}

fn go(outcome: &str) -> Decision {
    Decision::Go { outcome: outcome.to_owned(), note: "Đo lại".to_owned() }
}

async fn told(f: &Fixture, person: Id) -> i64 {
    Sql::new("SELECT count(*) FROM notify_messages WHERE person_id = $1 AND text = 'dossiers-message-apology-offered'")
        .bind(person.uuid())
        .one(f.app.store.read(), |row| row.get(0))
        .await
        .unwrap()
        .unwrap()
}

#[store::test]
async fn what_does_not_fit_before_its_date_is_told_once_and_opens_the_apology(f: Fixture) {
    f.on("2026-10-05T09:00:00+07:00");
    let leader = lead(&f).await;
    let (late, fine) = (proposed(&f).await, proposed(&f).await);
    f.on("2026-10-22T09:00:00+07:00");
    assert_eq!(actions::offer_apologies(&f.app).await.unwrap(), 0, "a signature is all that is missing");
    // Three working days of examining do not fit into two.
    f.decide(&f.officer(Leader), late.id, go("send-back")).await;
    assert_eq!(actions::offer_apologies(&f.app).await.unwrap(), 1);
    f.on("2026-10-22T10:00:00+07:00");
    assert_eq!(actions::offer_apologies(&f.app).await.unwrap(), 0, "once");
    assert_eq!(told(&f, leader).await, 1);

    for who in [LEADER, DESK] {
        let page = f.get(who, PAGE).await.page();
        assert!(page.contains(&late.code) && !page.contains(&fine.code), "{page}");
        assert!(f.get(who, "/mot-cua/ho-so").await.page().contains("1 hồ sơ sắp trễ hẹn"));
    }
    let address = format!("/mot-cua/ho-so/{}", late.code);
    assert!(f.get(LEADER, &address).await.page().contains("id=\"xin-loi\" open"));
    let sent = [("apology-reason", "Chờ đo lại"), ("again-on", "2026-11-05")];
    assert_eq!(f.post(LEADER, &format!("{address}/xin-loi"), &sent).await.to(), address);
    assert!(!f.get(LEADER, PAGE).await.page().contains(&late.code));
}

#[store::test]
async fn what_is_promised_for_later_waits(f: Fixture) {
    f.on("2026-10-05T09:00:00+07:00");
    let dossier = proposed(&f).await;
    f.on("2026-10-20T09:00:00+07:00");
    f.decide(&f.officer(Leader), dossier.id, go("send-back")).await;
    assert_eq!(actions::offer_apologies(&f.app).await.unwrap(), 0, "it fits, and there are four days");
    f.on("2026-10-27T09:00:00+07:00");
    assert_eq!(actions::offer_apologies(&f.app).await.unwrap(), 0, "its date has passed");
}
