//! Filing for an organisation and as an authorised person, and what neither lets anybody do.

use base::{Error, Id};
use directory::{NewOrganisation, NewRepresentation};
use http::StatusCode;
use journal::Actor;
use system::{Caller, Citizen, PositionKind};
use web::testing;

use crate::actions::{self, Decision};
use crate::dossier::{Dossier, State};
use crate::pages::fixture::{DESK, Fixture, OFF_DUTY, OTHER, OWNER, PDF};
use crate::queries;

const FORM: &str = "0198c0de-0000-7000-8000-000000000002";
const PRINCIPAL: [(&str, &str); 6] = [
    ("name", "Trần thị Demo"),
    ("number", "056158000001"),
    ("birth-date-day", "1"),
    ("birth-date-month", "1"),
    ("birth-date-year", "1958"),
    ("until", "2026-12-31"),
];

/// The other person represents an enterprise.
async fn organisation(f: &Fixture) -> (Id, Id) {
    let now = f.app.now();
    let new = NewOrganisation {
        tax_code: "9900000009".parse().unwrap(),
        name: "Công ty TNHH Ví Dụ".to_owned(),
        address: "Số 99 đường Ví Dụ".to_owned(),
    };
    f.app
        .store
        .write(async |tx| {
            let organisation = directory::actions::keep_organisation(tx, now, &Actor::PROGRAM, &new).await?;
            let from = now.today();
            let new = NewRepresentation { organisation, person: f.other, named_by: None, from, to: None };
            Ok((organisation, directory::actions::represent(tx, now, &Actor::PROGRAM, new).await?))
        })
        .await
        .unwrap()
}

async fn end(f: &Fixture, representation: Id) {
    let now = f.app.now();
    f.app
        .store
        .write(async |tx| directory::actions::end_representation(tx, now, &Actor::PROGRAM, representation).await)
        .await
        .unwrap();
}

async fn begun(f: &Fixture, who: &str, whom: &str) -> testing::Answered {
    let fields = [("form", FORM), ("agency", f.agency.code.as_str()), ("cho", whom)];
    f.post(who, "/nop-ho-so/9.000001", &fields).await
}

/// Fills in what the form asks, and hands in these papers.
async fn filled(f: &Fixture, who: &str, papers: &[&str]) -> String {
    let draft = format!("/nop-ho-so/ban-nhap/{FORM}");
    let first = [("applicant.full_name", "Trần Thị Demo"), ("applicant.ethnic_group", "01")];
    f.post(who, &format!("{draft}/trang/nguoi-nop"), &first).await.to();
    f.post(who, &format!("{draft}/trang/cong-trinh"), &[("floors", "3")]).await.to();
    let files: Vec<_> = papers.iter().map(|paper| (*paper, "giay.pdf", PDF)).collect();
    f.upload(who, &format!("{draft}/giay-to"), &[("do", "next")], &files).await.to();
    draft
}

async fn sent(f: &Fixture, who: &str, draft: &str) -> Dossier {
    let to = f.post(who, &format!("{draft}/gui"), &[]).await.to();
    let code = to.trim_start_matches("/ho-so/").trim_end_matches("/da-gui").to_owned();
    queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap()
}

/// What the other person filed for the owner, who authorised them.
async fn authorised(f: &Fixture) -> Dossier {
    authorised_by(f, &PRINCIPAL).await
}

async fn authorised_by(f: &Fixture, principal: &[(&str, &str)]) -> Dossier {
    let draft = format!("/nop-ho-so/ban-nhap/{FORM}");
    assert_eq!(begun(f, OTHER, "uy-quyen").await.to(), format!("{draft}/nguoi-uy-quyen"));
    let said = f.post(OTHER, &format!("{draft}/nguoi-uy-quyen"), principal).await.to();
    assert_eq!(said, format!("{draft}/trang/nguoi-nop"));
    filled(f, OTHER, &["paper.ban-ve", "paper.giay-uy-quyen"]).await;
    sent(f, OTHER, &draft).await
}

async fn accept(f: &Fixture, dossier: Id) -> base::Result<()> {
    let desk = f.officer(PositionKind::Reception);
    f.try_to_decide(&desk, dossier, Decision::Go { outcome: "accept".to_owned(), note: String::new() }).await
}

#[store::test]
async fn a_dossier_of_an_organisation_is_that_of_whoever_represents_it(f: Fixture) {
    let (organisation, representation) = organisation(&f).await;
    let id = organisation.to_string();
    let guide = f.get(OTHER, "/nop-ho-so/9.000001").await.page();
    assert!(guide.contains("Nộp cho ai") && guide.contains("Công ty TNHH Ví Dụ"), "{guide}");
    assert!(!f.get(OWNER, "/nop-ho-so/9.000001").await.page().contains("Công ty TNHH Ví Dụ"));
    assert_eq!(begun(&f, OWNER, &id).await.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody else's enterprise");
    let draft = begun(&f, OTHER, &id).await.to();
    let form = f.get(OTHER, &draft).await.page();
    assert!(form.contains("value=\"Công ty TNHH Ví Dụ\"") && !form.contains("value=\"Lê Văn Demo\""), "{form}");
    let draft = filled(&f, OTHER, &["paper.ban-ve"]).await;
    assert!(f.get(OTHER, &format!("{draft}/kiem-tra")).await.page().contains("Công ty TNHH Ví Dụ"));
    let dossier = sent(&f, OTHER, &draft).await;
    assert_eq!((dossier.applicant, dossier.applicant_name.as_str()), (organisation, "Công ty TNHH Ví Dụ"));
    accept(&f, dossier.id).await.unwrap();
    let address = format!("/ho-so/{}", dossier.code);
    assert!(f.get(OTHER, &address).await.page().contains("do Lê Văn Demo nộp"));
    assert_eq!(f.get(OWNER, &address).await.status, StatusCode::NOT_FOUND);
    assert!(!f.get(OTHER, "/ho-so").await.page().contains(&dossier.code), "it is not their own");
    assert!(f.get(OTHER, &format!("/ho-so?cho={id}")).await.page().contains(&dossier.code));
    assert!(!f.get(OWNER, &format!("/ho-so?cho={id}")).await.page().contains(&dossier.code));
    let papers = format!("/giay-to-cua-toi?loai=da-nop&cho={id}");
    assert!(f.get(OTHER, &papers).await.page().contains(&dossier.code));
    assert!(!f.get(OWNER, &papers).await.page().contains(&dossier.code));
    let told = queries::told_of(f.app.store.read(), &dossier, f.app.now().today()).await.unwrap();
    assert_eq!(told, [f.other]);
    assert!(f.get(DESK, &format!("/mot-cua/ho-so/{}", dossier.code)).await.page().contains("9900000009"));
    end(&f, representation).await;
    assert_eq!(f.get(OTHER, &address).await.status, StatusCode::NOT_FOUND, "who represents it no longer");
}

#[store::test]
async fn papers_of_an_organisation_are_offered_to_it_and_to_nobody_else(f: Fixture) {
    let (organisation, _) = organisation(&f).await;
    begun(&f, OTHER, "ban-than").await.to();
    let draft = filled(&f, OTHER, &["paper.ban-ve"]).await;
    let own = sent(&f, OTHER, &draft).await;
    accept(&f, own.id).await.unwrap();
    let held = async |whom: Id| {
        let held = queries::files_held(f.app.store.read(), whom, None, 10).await.unwrap();
        held.rows.len()
    };
    assert_eq!((held(f.other).await, held(organisation).await), (1, 0));
    let other_form = "0198c0de-0000-7000-8000-000000000003";
    let organisation = organisation.to_string();
    let fields = [("form", other_form), ("agency", f.agency.code.as_str()), ("cho", organisation.as_str())];
    f.post(OTHER, "/nop-ho-so/9.000001", &fields).await.to();
    let offered = f.get(OTHER, &format!("/nop-ho-so/ban-nhap/{other_form}/giay-to")).await.page();
    assert!(!offered.contains("name=\"use\""), "what a representative has themselves: {offered}");
}

#[store::test]
async fn a_draft_of_an_organisation_goes_nowhere_once_it_is_not_represented(f: Fixture) {
    let (organisation, representation) = organisation(&f).await;
    begun(&f, OTHER, &organisation.to_string()).await.to();
    let draft = filled(&f, OTHER, &["paper.ban-ve"]).await;
    end(&f, representation).await;
    assert_eq!(f.post(OTHER, &format!("{draft}/gui"), &[]).await.status, StatusCode::CONFLICT);
    let read = f.app.store.read();
    assert!(queries::by_form(read, FORM.parse().unwrap()).await.unwrap().is_none());
}

#[store::test]
async fn whoever_authorised_another_sees_it_and_the_desk_looks_at_the_paper_first(f: Fixture) {
    let dossier = authorised(&f).await;
    assert_eq!((dossier.applicant, dossier.applicant_name.as_str()), (f.owner, "Trần Thị Demo"));
    let address = format!("/ho-so/{}", dossier.code);
    for who in [OWNER, OTHER] {
        assert!(f.get(who, &address).await.page().contains("Lê Văn Demo nộp thay"), "{who}");
    }
    assert_eq!(f.get(OFF_DUTY, &address).await.status, StatusCode::NOT_FOUND);
    assert!(f.get(OTHER, "/ho-so?cho=uy-quyen").await.page().contains(&dossier.code));
    assert!(!f.get(OTHER, "/ho-so").await.page().contains(&dossier.code));
    let refused = accept(&f, dossier.id).await;
    assert!(matches!(refused, Err(Error::Conflict("dossiers-authorisation-unchecked"))), "{refused:?}");
    let desk = format!("/mot-cua/ho-so/{}", dossier.code);
    assert!(f.get(DESK, &desk).await.page().contains("Chưa kiểm tra giấy ủy quyền"));
    let unticked = f.post(DESK, &format!("{desk}/uy-quyen"), &[]).await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(f.post(DESK, &format!("{desk}/uy-quyen"), &[("authorisation", "yes")]).await.to(), desk);
    accept(&f, dossier.id).await.unwrap();
    let slips = queries::slips(f.app.store.read(), dossier.id).await.unwrap();
    let receipt = slips[0].data.to_string();
    assert!(receipt.contains("Trần Thị Demo") && receipt.contains("Lê Văn Demo"), "{receipt}");
    let told = queries::told_of(f.app.store.read(), &dossier, f.app.now().today()).await.unwrap();
    assert_eq!(told, [f.owner, f.other]);
    f.on("2027-01-01T09:00:00+07:00");
    assert_eq!(f.get(OTHER, &address).await.status, StatusCode::NOT_FOUND, "its time is over");
    assert!(f.get(OWNER, &address).await.page().contains("Lê Văn Demo"));
}

#[store::test]
async fn an_authorisation_that_is_taken_back_shuts_the_dossier_and_stops_it(f: Fixture) {
    let dossier = authorised(&f).await;
    let address = format!("/ho-so/{}", dossier.code);
    let take_back = format!("{address}/thu-hoi-uy-quyen");
    assert_eq!(f.post(OTHER, &take_back, &[]).await.status, StatusCode::NOT_FOUND, "only who gave it takes it back");
    assert!(f.get(OWNER, &take_back).await.page().contains("Lê Văn Demo"));
    assert_eq!(f.post(OWNER, &take_back, &[]).await.to(), address);
    for place in ["", "/nguoi-xem", "/rut", "/thoi-han"] {
        assert_eq!(f.get(OTHER, &format!("{address}{place}")).await.status, StatusCode::NOT_FOUND, "{place}");
    }
    assert!(!f.get(OTHER, "/ho-so?cho=uy-quyen").await.page().contains(&dossier.code));
    let stopped = queries::by_id(f.app.store.read(), dossier.id).await.unwrap().unwrap();
    assert_eq!(stopped.state, State::Stopped);
    let desk = f.get(DESK, &format!("/mot-cua/ho-so/{}", dossier.code)).await.page();
    assert!(desk.contains("Ủy quyền đã bị thu hồi") && desk.contains("Người ủy quyền thu hồi ủy quyền"), "{desk}");
    assert_eq!(f.post(OWNER, &take_back, &[]).await.status, StatusCode::NOT_FOUND, "once");
}

#[store::test]
async fn one_that_is_worked_on_waits_for_the_desk_when_the_authorisation_is_taken_back(f: Fixture) {
    let dossier = authorised(&f).await;
    let desk = f.officer(PositionKind::Reception);
    actions::check_authorisation(&f.app, f.app.now(), &desk, dossier.id).await.unwrap();
    accept(&f, dossier.id).await.unwrap();
    let owner = Caller::Citizen(testing::citizen(f.owner));
    let stopping = actions::withdraw_authorisation(&f.app, f.app.now(), &owner, dossier.id).await.unwrap();
    assert_eq!(stopping.state, State::WithdrawalAsked);
}

#[store::test]
async fn nobody_files_by_an_authorisation_that_does_not_hold(f: Fixture) {
    let draft = format!("/nop-ho-so/ban-nhap/{FORM}");
    begun(&f, OTHER, "uy-quyen").await.to();
    let place = format!("{draft}/nguoi-uy-quyen");
    let with =
        |field: &str, value: &'static str| PRINCIPAL.map(|(name, was)| (name, if name == field { value } else { was }));
    let over = f.post(OTHER, &place, &with("until", "2026-11-19")).await;
    assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(f.post(OWNER, &place, &PRINCIPAL).await.status, StatusCode::NOT_FOUND, "another's draft");
    filled(&f, OTHER, &["paper.ban-ve"]).await;
    let unsaid = f.post(OTHER, &format!("{draft}/gui"), &[]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["Chưa ghi người ủy quyền", "Thiếu giấy tờ: Giấy ủy quyền"] {
        assert!(unsaid.body.contains(part), "{part}: {}", unsaid.body);
    }
    f.upload(OTHER, &format!("{draft}/giay-to"), &[("do", "next")], &[("paper.giay-uy-quyen", "giay.pdf", PDF)])
        .await
        .to();
    f.post(OTHER, &place, &with("number", "056079000002")).await.to();
    let refused = f.post(OTHER, &format!("{draft}/gui"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "nobody authorises themselves");
    f.post(OTHER, &place, &PRINCIPAL).await.to();
    f.on("2027-01-01T09:00:00+07:00");
    let ended = f.post(OTHER, &format!("{draft}/gui"), &[]).await;
    assert!(ended.status == StatusCode::UNPROCESSABLE_ENTITY && ended.body.contains("đã hết hạn"), "{}", ended.body);
}

#[store::test]
async fn whose_a_number_is_comes_out_at_the_desk_and_not_by_trying(f: Fixture) {
    let otherwise = PRINCIPAL.map(|(name, was)| (name, if name == "name" { "Người Khác" } else { was }));
    let dossier = authorised_by(&f, &otherwise).await;
    assert_ne!(dossier.applicant, f.owner, "the name is not that of the number");
    assert_eq!(f.get(OWNER, &format!("/ho-so/{}", dossier.code)).await.status, StatusCode::NOT_FOUND);
    let desk = f.officer(PositionKind::Reception);
    let refused = actions::check_authorisation(&f.app, f.app.now(), &desk, dossier.id).await;
    assert!(matches!(refused, Err(Error::Conflict("dossiers-principal-mismatch"))), "{refused:?}");
}

#[store::test]
async fn the_number_of_somebody_new_is_theirs_once_the_desk_has_seen_the_paper(f: Fixture) {
    const NEW: &str = "056189000003";
    let new = PRINCIPAL.map(|(name, was)| match name {
        "number" => (name, NEW),
        "name" => (name, "Nguyễn Thị Demo"),
        _ => (name, was),
    });
    let dossier = authorised_by(&f, &new).await;
    let number = NEW.parse().unwrap();
    let known = async || directory::queries::person_by_number(f.app.store.read(), &number).await.unwrap();
    assert_eq!(known().await, None, "nobody takes the number of another by filing");
    let desk = f.officer(PositionKind::Reception);
    actions::check_authorisation(&f.app, f.app.now(), &desk, dossier.id).await.unwrap();
    assert_eq!(known().await.unwrap().id, dossier.applicant);
}

#[store::test]
async fn nothing_is_known_or_held_of_whoever_authorised_another(f: Fixture) {
    begun(&f, OWNER, "ban-than").await.to();
    let draft = filled(&f, OWNER, &["paper.ban-ve"]).await;
    let own = sent(&f, OWNER, &draft).await;
    accept(&f, own.id).await.unwrap();
    let form = "0198c0de-0000-7000-8000-000000000004";
    let fields = [("form", form), ("agency", f.agency.code.as_str()), ("cho", "uy-quyen")];
    let place = f.post(OTHER, "/nop-ho-so/9.000001", &fields).await.to();
    f.post(OTHER, &place, &PRINCIPAL).await.to();
    let papers = f.get(OTHER, &format!("/nop-ho-so/ban-nhap/{form}/giay-to")).await.page();
    assert!(!papers.contains("name=\"use\"") && !papers.contains(&own.code), "{papers}");
    let said = f.get(OTHER, &place).await.page();
    assert!(!said.contains("056158000001") && said.contains("Trần thị Demo"), "the number is masked: {said}");
}

#[store::test]
async fn who_was_not_compared_with_their_card_acts_for_nobody(f: Fixture) {
    let (organisation, _) = organisation(&f).await;
    let level_one = Citizen { assurance: 1, ..testing::citizen(f.other) };
    let acts = crate::access::acts_for(f.app.store.read(), &level_one, organisation, f.app.now().today()).await;
    assert!(matches!(acts, Err(Error::Conflict(_))));
}
