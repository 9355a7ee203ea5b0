//! A ward ends while its dossiers are under way, and another goes on with them.

use base::{AgencyCode, Error, Id, Now};
use dossiers::dossier::State;
use journal::Actor;
use province::{End, Reorganisation};
use store::Sql;

use crate::acts::{Act, Trial, pass, submit};
use crate::picture::Picture;
use crate::province::Province;

/// Stages at which the ward ends: from a dossier just sent in to one whose paper is signed and numbered.
const STAGES: u8 = 7;

#[store::test]
async fn a_dossier_lives_through_a_reorganisation_at_any_stage(province: Province) {
    let mut dossiers = Vec::new();
    for stage in 0..STAGES {
        let dossier = submit(&province, 1).await.unwrap().id;
        progress(&province, dossier, stage).await;
        dossiers.push((dossier, Picture::take(&province.app.store, dossier).await));
    }
    reorganise(&province).await;
    for (dossier, before) in dossiers {
        let moved = Picture::take(&province.app.store, dossier).await;
        assert_eq!(moved.faults(), Vec::<String>::new());
        assert_eq!((&moved.dossier.code, moved.dossier.state), (&before.dossier.code, before.dossier.state));
        assert_eq!(moved.dossier.promised_at, before.dossier.promised_at, "what was promised stays");
        let ended = before.dossier.state == State::Returned;
        let expected = if ended { province.ward.id } else { province.heir.id };
        assert_eq!((moved.dossier.agency, moved.dossier.receiving), (expected, expected));
        assert!(moved.open_steps().all(|step| step.agency != province.ward.id), "nothing lies where nobody works");

        progress(&province, dossier, 12).await;
        let done = Picture::take(&province.app.store, dossier).await;
        assert_eq!(done.faults(), Vec::<String>::new());
        assert_eq!(done.dossier.state, State::Returned, "{:?}", done.open_steps().collect::<Vec<_>>());
        for outcome in done.outcomes.iter().filter(|outcome| outcome.number.is_some()) {
            let was_signed = before.outcomes.iter().any(|known| known.id == outcome.id && known.signed_at.is_some());
            let whose = if was_signed { province.ward.id } else { province.heir.id };
            assert_eq!(outcome.agency, whose, "a paper bears the name of the agency whose leader signed it");
        }
    }
    let (findings, _) = journal::verify(&province.app.store).await.unwrap();
    assert!(findings.is_empty(), "{findings:?}");
}

#[store::test]
async fn an_applicant_is_told_once_who_goes_on(province: Province) {
    let dossier = submit(&province, 1).await.unwrap();
    reorganise(&province).await;
    deliver(&province).await;
    let told: Option<i64> = Sql::new("SELECT count(*) FROM notify_messages WHERE text = 'dossiers-message-moved'")
        .one(province.app.store.read(), |row| row.get(0))
        .await
        .unwrap();
    assert_eq!(told, Some(1));
    let history = journal::history(&province.app.store, dossier.id).await.unwrap();
    assert_eq!(history.iter().filter(|line| line.verb == "dossiers.moved").count(), 1);
}

pub(crate) async fn progress(province: &Province, dossier: Id, times: u8) {
    for _ in 0..times {
        pass(province, Act::Papers).await.unwrap();
        let seen = Picture::take(&province.app.store, dossier).await;
        Trial { province, seen: &seen }.perform(Act::Forward(0)).await;
    }
    pass(province, Act::Papers).await.unwrap();
}

/// The ward ends today; what listens follows.
async fn reorganise(province: &Province) {
    let (app, now) = (&province.app, province.app.now());
    let code = |code: &str| code.parse::<AgencyCode>().unwrap();
    let end = End {
        agency: code(&province.ward.code),
        heir: Some(code(&province.heir.code)),
        verified: false,
        note: String::new(),
    };
    let written =
        Reorganisation {
            title: "Phương án mẫu".to_owned(), on: now.today(), basis: "Mẫu".to_owned(), ends: vec![end]
        };
    let plan = app
        .store
        .write(async |tx| {
            let plan = directory::actions::add_plan(tx, now, &Actor::PROGRAM, &written).await?;
            directory::actions::begin(tx, now, &Actor::PROGRAM, plan).await?;
            Ok::<Id, Error>(plan)
        })
        .await
        .unwrap();
    assert_eq!(directory::actions::go_on(app).await.unwrap(), 1);
    assert_eq!(directory::actions::go_on(app).await.unwrap(), 0, "what is done is not done again");
    let count = directory::queries::plan_count(app.store.read(), plan).await.unwrap();
    assert_eq!((count.lines, count.done), (1, 1));
    deliver(province).await;
}

pub(crate) async fn deliver(province: &Province) {
    let app = &province.app;
    journal::sequence(&app.store, app.now()).await.unwrap();
    for system in [flow::system(), dossiers::system()] {
        for reaction in &system.listeners {
            let delivered = journal::deliver(&app.store, &reaction.within(app.clone()), Now::at(app.now().utc())).await;
            assert_eq!(delivered.unwrap().held, 0, "{}", reaction.name);
        }
    }
}
