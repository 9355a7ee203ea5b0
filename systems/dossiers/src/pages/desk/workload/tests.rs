//! Heads and leaders see who has what, and each figure opens its steps.

use base::Id;
use form::Values;
use http::StatusCode;
use system::PositionKind;

use super::{PAGE, TASKS};
use crate::actions::{self, Decision, NewDossier};
use crate::dossier::Channel;
use crate::pages::fixture::{DESK, Fixture, LEADER};
use crate::queries::workload::{self, Span, Whose};

/// Files a dossier at an agency; gives its code.
async fn filed(f: &Fixture, agency: Id) -> (Id, String) {
    let desk = f.officer(PositionKind::Reception);
    let new = NewDossier {
        form_id: Id::new(f.app.now()),
        procedure: "9.000001".to_owned(),
        applicant: desk.officer().unwrap().person,
        applicant_name: "Trần Thị Demo".to_owned(),
        agency,
        receiving: agency,
        channel: Channel::Counter,
        answers: Values::new(),
        papers: Vec::new(),
        draft: None,
    };
    let dossier = actions::file(&f.app, f.app.now(), &desk, new).await.unwrap();
    (dossier.id, dossier.code)
}

#[store::test]
async fn steps_are_counted_by_who_has_them_and_when_they_are_due(f: Fixture) {
    let (c, today) = (f.app.store.read(), f.app.now().today());
    let communes = directory::queries::agencies_of_kind(c, "commune-committee", today).await.unwrap();
    filed(&f, communes[1].id).await;
    let (accepted, late) = filed(&f, f.agency.id).await;
    let (_, fresh) = filed(&f, f.agency.id).await;
    let accept = Decision::Go { outcome: "accept".to_owned(), note: String::new() };
    f.decide(&f.officer(PositionKind::Reception), accepted, accept).await;
    f.on("2027-03-01T09:00:00+07:00");
    let past = Span { from: None, until: Some(f.app.now().utc()) };
    let all = workload::load(c, f.agency.id, &[past, Span { from: past.until, until: None }]).await.unwrap();
    let figures: Vec<(&str, i64, Vec<i64>)> = all
        .iter()
        .map(|load| match &load.whose {
            Whose::Nobody { role, .. } => (role.as_str(), load.open, load.due.clone()),
            _ => (load.name.as_str(), load.open, load.due.clone()),
        })
        .collect();
    // The first step has no time of its own.
    for expected in [("reception", 1, vec![0, 0]), ("specialist", 1, vec![1, 0])] {
        assert!(figures.contains(&expected), "{figures:?}");
    }
    assert_eq!(figures.len(), 2, "{figures:?}");

    let page = f.get(LEADER, PAGE).await.page();
    assert!(page.contains("<svg class=\"bars\"") && page.contains("Cả cơ quan"), "{page}");
    let behind = f.get(LEADER, &format!("{TASKS}?vai-tro=specialist&han=tre")).await.page();
    assert!(behind.contains(&late) && !behind.contains(&fresh), "{behind}");
    let behind = f.get(LEADER, TASKS).await.page();
    assert!(behind.contains(&fresh) && behind.contains(&late), "{behind}");
    assert_eq!(f.get(DESK, PAGE).await.status, StatusCode::FORBIDDEN);
}
