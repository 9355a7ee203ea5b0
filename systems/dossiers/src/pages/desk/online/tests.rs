//! What is filed online waits in working time, and the figures count what was answered.

use base::Id;
use form::Values;
use system::PositionKind::Reception;

use super::{BEHIND, PAGE};
use crate::actions::{self, Decision, NewDossier};
use crate::dossier::{Channel, Dossier};
use crate::pages::fixture::{DESK, Fixture, OWNER};
use crate::queries::online::{self, Answered};

async fn filed(f: &Fixture, channel: Channel) -> Dossier {
    let desk = f.officer(Reception);
    let new = NewDossier {
        form_id: Id::new(f.app.now()),
        procedure: "9.000001".to_owned(),
        applicant: desk.officer().unwrap().person,
        applicant_name: "Trần Thị Demo".to_owned(),
        agency: f.agency.id,
        receiving: f.agency.id,
        channel,
        answers: Values::new(),
        papers: Vec::new(),
        draft: None,
    };
    actions::file(&f.app, f.app.now(), &desk, new).await.unwrap()
}

async fn answer(f: &Fixture, dossier: &Dossier, outcome: &str) {
    let decision = match outcome {
        "refuse" => Decision::Refuse { reasons: vec!["Sai thẩm quyền".to_owned()] },
        _ => Decision::Go { outcome: outcome.to_owned(), note: String::new() },
    };
    f.decide(&f.officer(Reception), dossier.id, decision).await;
}

#[store::test]
async fn eight_working_hours_run_over_the_night_and_what_is_past_says_so(f: Fixture) {
    // A Thursday afternoon.
    f.on("2026-11-19T15:00:00+07:00");
    let (waits, counter) = (filed(&f, Channel::Online).await, filed(&f, Channel::Counter).await);
    f.on("2026-11-20T09:00:00+07:00");
    let page = f.get(DESK, PAGE).await.page();
    assert!(page.contains(&waits.code) && !page.contains(&counter.code), "{page}");
    assert!(!page.contains("<tr class=\"late\">"), "{page}");
    f.on("2026-11-23T09:00:00+07:00");
    assert!(f.get(DESK, PAGE).await.page().contains("<tr class=\"late\">"));
    answer(&f, &waits, "accept").await;
    assert!(!f.get(DESK, PAGE).await.page().contains(&waits.code));
    assert_eq!(f.get(OWNER, PAGE).await.status, http::StatusCode::FORBIDDEN);
}

#[store::test]
async fn answers_are_counted_by_working_time_with_their_dossiers_behind(f: Fixture) {
    f.on("2026-11-16T09:00:00+07:00");
    let all = [filed(&f, Channel::Online).await, filed(&f, Channel::Online).await, filed(&f, Channel::Online).await];
    let at_the_counter = filed(&f, Channel::Counter).await;
    for (at, dossier, outcome) in [
        ("2026-11-16T09:30:00+07:00", &all[0], "accept"),
        ("2026-11-16T10:00:00+07:00", &at_the_counter, "accept"),
        ("2026-11-16T11:00:00+07:00", &all[1], "refuse"),
        ("2026-11-19T09:00:00+07:00", &all[2], "accept"),
    ] {
        f.on(at);
        answer(&f, dossier, outcome).await;
    }
    let desk = f.officer(Reception);
    let edges = ["2026-10-01", "2026-11-01", "2026-12-01"].map(|day| base::hours_of(day.parse().unwrap()).0);
    let figures = online::answered(f.app.store.read(), desk.officer().unwrap(), &edges, 480).await.unwrap();
    let nothing = Answered { all: 0, in_time: 0, median: None };
    assert_eq!(figures, [nothing, Answered { all: 3, in_time: 2, median: Some(120) }]);

    let page = f.get(DESK, PAGE).await.page();
    assert!(page.contains("66%") && page.contains("2 giờ 0 phút"), "{page}");
    let late = f.get(DESK, &format!("{BEHIND}?thang=2026-11&tra-loi=tre")).await.page();
    assert!(late.contains(&all[2].code) && !late.contains(&all[0].code), "{late}");
    let in_time = f.get(DESK, &format!("{BEHIND}?thang=2026-11&tra-loi=kip")).await.page();
    assert!(in_time.contains(&all[0].code) && in_time.contains(&all[1].code), "{in_time}");
    assert!(!in_time.contains(&all[2].code) && !in_time.contains(&at_the_counter.code), "{in_time}");
    let endless = f.get(DESK, &format!("{BEHIND}?thang=%2B262142-12")).await;
    assert_eq!(endless.status, http::StatusCode::NOT_FOUND);
}
