//! Many results by one press.

use base::Id;
use form::Values;
use http::StatusCode;
use system::PositionKind;

use crate::actions::{self, Decision, NewDossier};
use crate::dossier::Channel;
use crate::pages::fixture::{DESK, Fixture, LEADER};
use crate::queries;
use crate::slip::Stage;

/// A dossier whose result waits for the leader; gives it, and the leader's step.
async fn proposed(f: &Fixture) -> (Id, Id) {
    let now = f.app.now();
    let desk = f.officer(PositionKind::Reception);
    let new = NewDossier {
        form_id: Id::new(now),
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
    let dossier = actions::file(&f.app, now, &desk, new).await.unwrap().id;
    for (kind, outcome) in [(PositionKind::Reception, "accept"), (PositionKind::Specialist, "propose")] {
        let decision = Decision::Go { outcome: outcome.to_owned(), note: String::new() };
        f.decide(&f.officer(kind), dossier, decision).await;
    }
    let steps = flow::queries::steps_of(f.app.store.read(), dossier).await.unwrap();
    (dossier, steps.into_iter().find(|step| step.closed_at.is_none()).unwrap().id)
}

async fn stage(f: &Fixture, dossier: Id) -> Stage {
    queries::outcomes(f.app.store.read(), dossier).await.unwrap()[0].stage
}

#[store::test]
async fn what_was_chosen_is_signed_and_what_cannot_be_is_left(f: Fixture) {
    let (first, second) = (proposed(&f).await, proposed(&f).await);
    while actions::make_results(&f.app).await.unwrap() > 0 {}
    let unprinted = proposed(&f).await;
    let page = f.get(LEADER, "/mot-cua/ky").await.page();
    let box_of = |step: Id| format!("value=\"{step}\"");
    assert!(page.contains(&box_of(first.1)) && page.contains(&box_of(second.1)), "{page}");
    assert!(!page.contains(&box_of(unprinted.1)) && page.contains("Đang được tạo"), "{page}");
    assert!(!page.contains(" checked"), "{page}");
    assert!(f.get(LEADER, "/mot-cua/ky?chon=tat-ca").await.page().contains(" checked"));

    let chosen = [first.1, second.1, unprinted.1].map(|step| step.to_string());
    let fields: Vec<(&str, &str)> = chosen.iter().map(|step| ("buoc", step.as_str())).collect();
    assert_eq!(f.post(DESK, "/mot-cua/ky", &fields).await.status, StatusCode::FORBIDDEN);
    assert_eq!(f.post(LEADER, "/mot-cua/ky", &fields).await.to(), "/mot-cua/ky");
    assert_eq!([stage(&f, first.0).await, stage(&f, second.0).await], [Stage::Signing; 2]);
    assert_ne!(stage(&f, unprinted.0).await, Stage::Signing);
    // The same once more does nothing more.
    f.post(LEADER, "/mot-cua/ky", &fields).await.to();
    assert_eq!(stage(&f, first.0).await, Stage::Signing);
    let nobodys = Id::new(f.app.now()).to_string();
    assert_eq!(f.post(LEADER, "/mot-cua/ky", &[("buoc", &nobodys)]).await.status, StatusCode::NOT_FOUND);
}
