//! The register has what the desk took in, in its order, and files have the same lines.

use base::Id;
use form::Values;
use system::PositionKind::Reception;

use super::{CSV, PAGE, PRINT, XLSX};
use crate::actions::{self, Decision, NewDossier};
use crate::dossier::{Channel, Dossier};
use crate::pages::fixture::{DESK, Fixture, OWNER};

async fn filed(f: &Fixture, agency: Id) -> Dossier {
    let desk = f.officer(Reception);
    let new = NewDossier {
        form_id: Id::new(f.app.now()),
        procedure: "9.000001".to_owned(),
        applicant: desk.officer().unwrap().person,
        applicant_name: "=Trần Thị Demo".to_owned(),
        agency,
        receiving: agency,
        channel: Channel::Counter,
        answers: Values::new(),
        papers: Vec::new(),
        draft: None,
    };
    actions::file(&f.app, f.app.now(), &desk, new).await.unwrap()
}

fn go(outcome: &str) -> Decision {
    Decision::Go { outcome: outcome.to_owned(), note: "Xem lại".to_owned() }
}

#[store::test]
async fn what_was_taken_in_stands_in_the_register_of_its_days(f: Fixture) {
    let mut codes = Vec::new();
    for day in ["2026-10-30", "2026-11-02", "2026-11-03"] {
        f.on(&format!("{day}T09:00:00+07:00"));
        let dossier = filed(&f, f.agency.id).await;
        f.decide(&f.officer(Reception), dossier.id, go("accept")).await;
        codes.push(dossier.code);
    }
    let not_taken_in = filed(&f, f.agency.id).await.code;
    f.on("2026-11-20T09:00:00+07:00");
    let page = f.get(DESK, PAGE).await.page();
    assert!(!page.contains(&codes[0]) && !page.contains(&not_taken_in), "{page}");
    let places = [page.find(&codes[1]).unwrap(), page.find(&codes[2]).unwrap()];
    assert!(places[0] < places[1], "in the order of the moment");
    let all = "?tu=2026-10-01&den=2026-11-20";
    let csv = f.get(DESK, &format!("{CSV}{all}")).await.page();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 4, "{csv}");
    assert!(lines[1].starts_with(&format!("1,{},Cấp phép mẫu,'=Trần Thị Demo,", codes[0])), "{csv}");
    assert_eq!(f.get(DESK, &format!("{XLSX}{all}")).await.status, http::StatusCode::OK);
    let print = f.get(DESK, &format!("{PRINT}{all}")).await.page();
    assert!(print.contains("Mẫu số 07, Thông tư 03/2025/TT-VPCP") && print.contains(&codes[0]), "{print}");
    let endless = f.get(DESK, &format!("{PAGE}?den=%2B262142-12-31")).await;
    assert_eq!(endless.status, http::StatusCode::OK, "a day that nobody means is today");
    assert_eq!(f.get(OWNER, PAGE).await.status, http::StatusCode::FORBIDDEN);
}
