//! The part of another agency is late.

use base::{Id, PositionKind};
use directory::NewHolding;
use flow::Work;
use journal::Actor;
use store::Sql;

use crate::acts::{Act, pass, submit};
use crate::picture::Picture;
use crate::province::Province;
use crate::reorganised::{deliver, progress};

#[store::test]
async fn a_late_part_is_told_once_to_the_applicant_and_to_leaders_and_the_promise_stays(province: Province) {
    let leader = lead(&province).await;
    let (dossier, before) = waiting_for_another_agency(&province).await;
    assert_eq!(tell(&province).await, 0, "it has its own time yet");
    pass(&province, Act::Days(19)).await.unwrap();
    assert_eq!((tell(&province).await, tell(&province).await), (1, 0), "once");

    let after = Picture::take(&province.app.store, dossier).await;
    assert_eq!(after.dossier.promised_at, before.dossier.promised_at);
    assert_eq!(after.faults(), Vec::<String>::new());
    let history = journal::history(&province.app.store, dossier).await.unwrap();
    let late: Vec<_> = history.iter().filter(|line| line.verb == "dossiers.part-late").collect();
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].data["agency"], province.insurance.id.to_string());
    for person in [province.applicant.person, leader] {
        assert_eq!(told(&province, person).await, 1);
    }
}

/// Somebody leads the social insurance.
async fn lead(province: &Province) -> Id {
    let (app, now) = (&province.app, province.app.now());
    let positions = directory::queries::positions(app.store.read(), province.insurance.id, now.today()).await.unwrap();
    let position = positions.into_iter().find(|position| position.kind == PositionKind::Leader).unwrap().id;
    let new = directory::NewPerson { name: "Lê Văn Ví Dụ".to_owned(), ..directory::NewPerson::default() };
    app.store
        .write(async |tx| {
            let person = directory::actions::add_person(tx, now, &Actor::PROGRAM, new).await?;
            let holding = NewHolding { position, person, acting_for: None, from: now.today(), to: None };
            directory::actions::appoint(tx, now, &Actor::PROGRAM, holding).await?;
            Ok::<_, base::Error>(person)
        })
        .await
        .unwrap()
}

async fn waiting_for_another_agency(province: &Province) -> (Id, Picture) {
    for pick in 0..4 {
        let dossier = submit(province, pick).await.unwrap().id;
        for _ in 0..12 {
            let seen = Picture::take(&province.app.store, dossier).await;
            if seen.open_steps().any(|step| step.does == Work::SubCase) {
                return (dossier, seen);
            }
            progress(province, dossier, 1).await;
        }
    }
    panic!("no procedure of these has a part of another agency");
}

/// Gives how many parts were told of.
async fn tell(province: &Province) -> usize {
    let told = flow::actions::tell_late_parts(&province.app).await.unwrap();
    deliver(province).await;
    told
}

async fn told(province: &Province, person: Id) -> i64 {
    Sql::new("SELECT count(*) FROM notify_messages WHERE person_id = $1 AND text LIKE 'dossiers-message-part-late%'")
        .bind(person.uuid())
        .one(province.app.store.read(), |row| row.get(0))
        .await
        .unwrap()
        .unwrap()
}
