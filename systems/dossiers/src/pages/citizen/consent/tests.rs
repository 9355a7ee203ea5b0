//! A second person agrees to exactly what is sent, and nobody else does in their place.

use base::Id;
use http::StatusCode;

use crate::actions::{self, Decision};
use crate::pages::fixture::{DESK, Fixture, OFF_DUTY, OTHER, OWNER, PDF};
use crate::queries;

const FORM: &str = "0198c0de-0000-7000-8000-000000000005";
const DRAFT: &str = "/nop-ho-so/ban-nhap/0198c0de-0000-7000-8000-000000000005";
/// Of the other person, who owns the land, and of the owner of the dossier.
const LANDOWNER: &str = "056079000002";
const OWN: &str = "056158000001";

/// Everything but the consent of whoever has this number.
async fn filled(f: &Fixture, number: &str) {
    f.post(OWNER, "/nop-ho-so/9.000002", &[("form", FORM), ("agency", &f.agency.code)]).await.to();
    let first = [("applicant.full_name", "Trần Thị Demo"), ("applicant.ethnic_group", "01")];
    f.post(OWNER, &format!("{DRAFT}/trang/nguoi-nop"), &first).await.to();
    f.post(OWNER, &format!("{DRAFT}/trang/cong-trinh"), &[("floors", "3"), ("owner_number", number)]).await.to();
    let files: &[(&str, &str, &[u8])] = &[("paper.ban-ve-hoan-cong", "bản vẽ.pdf", PDF)];
    f.upload(OWNER, &format!("{DRAFT}/giay-to"), &[("do", "next")], files).await.to();
}

/// Asks, and gives the address that the other is sent.
async fn asked(f: &Fixture) -> String {
    let to = f.post(OWNER, &format!("{DRAFT}/dong-y"), &[("role", "owner")]).await.to();
    assert_eq!(to, format!("{DRAFT}/kiem-tra"));
    let draft: Id = FORM.parse().unwrap();
    let asked = queries::consents(f.app.store.read(), draft).await.unwrap();
    format!("/dong-y/{}", asked[0].id)
}

async fn send(f: &Fixture) -> web::testing::Answered {
    f.post(OWNER, &format!("{DRAFT}/gui"), &[]).await
}

#[store::test]
async fn a_dossier_is_sent_with_the_consent_that_it_takes(f: Fixture) {
    filled(&f, LANDOWNER).await;
    let check = f.get(OWNER, &format!("{DRAFT}/kiem-tra")).await.page();
    assert!(check.contains("Chủ đất") && check.contains("Hỏi ý kiến đồng ý"), "{check}");
    assert_eq!(send(&f).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let address = asked(&f).await;
    assert_eq!(asked(&f).await, address, "asked twice about the same, they are asked once");
    let waiting = f.get(OWNER, &format!("{DRAFT}/kiem-tra")).await.page();
    assert!(waiting.contains("Chờ đồng ý") && waiting.contains(&address), "{waiting}");
    let read = f.get(OTHER, &address).await.page();
    for part in ["Hoàn công mẫu", "Trần Thị Demo", "bản vẽ.pdf", f.agency.name.as_str(), "Tôi đồng ý"]
    {
        assert!(read.contains(part), "{part}: {read}");
    }
    assert_eq!(f.post(OTHER, &address, &[("tra-loi", "dong-y")]).await.to(), address);
    let agreed = f.get(OTHER, &address).await.page();
    assert!(agreed.contains("Đã đồng ý") && !agreed.contains("bản vẽ.pdf"), "{agreed}");
    assert!(f.get(OWNER, &format!("{DRAFT}/kiem-tra")).await.page().contains("Lê Văn Demo"));
    let sent = send(&f).await.to();
    let code = sent.trim_start_matches("/ho-so/").trim_end_matches("/da-gui");
    let desk = f.get(DESK, &format!("/mot-cua/ho-so/{code}")).await.page();
    for part in ["Chủ đất: Lê Văn Demo", "Đã đồng ý", "Gửi kèm đồng ý của người thứ hai"] {
        assert!(desk.contains(part), "{part}: {desk}");
    }
    let dossier = queries::by_code(f.app.store.read(), code).await.unwrap().unwrap();
    let reception = f.officer(system::PositionKind::Reception);
    f.decide(&reception, dossier.id, Decision::Go { outcome: "accept".to_owned(), note: String::new() }).await;
    let slips = queries::slips(f.app.store.read(), dossier.id).await.unwrap();
    assert!(slips[0].data.to_string().contains("Đồng ý trực tuyến của Chủ đất: Lê Văn Demo"), "{}", slips[0].data);
    let later = f.get(OTHER, &address).await.page();
    assert!(later.contains("Đã đồng ý"), "{later}");
    assert_eq!(f.get(OTHER, &format!("/ho-so/{code}")).await.status, StatusCode::NOT_FOUND, "to agree is not to own");
}

#[store::test]
async fn only_whoever_is_named_answers_and_once(f: Fixture) {
    filled(&f, LANDOWNER).await;
    let address = asked(&f).await;
    for who in [OWNER, OFF_DUTY] {
        assert_eq!(f.get(who, &address).await.status, StatusCode::NOT_FOUND, "{who}");
        let forged = f.post(who, &address, &[("tra-loi", "dong-y")]).await;
        assert_eq!(forged.status, StatusCode::NOT_FOUND, "{who}");
    }
    assert_eq!(f.post(OTHER, &address, &[("tra-loi", "tu-choi")]).await.to(), address);
    assert_eq!(f.post(OTHER, &address, &[("tra-loi", "dong-y")]).await.status, StatusCode::CONFLICT);
    let refused = send(&f).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("Không đồng ý"));
    let again = asked(&f).await;
    assert_ne!(again, address, "whoever declined may be asked again");
}

#[store::test]
async fn a_consent_is_void_once_anything_of_it_changes(f: Fixture) {
    filled(&f, LANDOWNER).await;
    let address = asked(&f).await;
    f.post(OTHER, &address, &[("tra-loi", "dong-y")]).await.to();
    f.post(OWNER, &format!("{DRAFT}/trang/cong-trinh"), &[("floors", "4"), ("owner_number", LANDOWNER)]).await.to();
    let changed = send(&f).await;
    assert!(changed.status == StatusCode::UNPROCESSABLE_ENTITY && changed.body.contains("Chưa có đồng ý"));
    let open = asked(&f).await;
    let other: &[(&str, &str, &[u8])] = &[("paper.ban-ve-hoan-cong", "khác.pdf", b"%PDF-1.7\nother\n%%EOF\n")];
    f.upload(OWNER, &format!("{DRAFT}/giay-to"), &[("do", "next")], other).await.to();
    let stale = f.post(OTHER, &open, &[("tra-loi", "dong-y")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "it changed meanwhile");
    assert!(!f.get(OTHER, &open).await.page().contains("Tôi đồng ý"));
}

#[store::test]
async fn a_consent_holds_for_its_days(f: Fixture) {
    filled(&f, LANDOWNER).await;
    let address = asked(&f).await;
    f.on("2026-11-28T09:00:00+07:00");
    assert_eq!(f.post(OTHER, &address, &[("tra-loi", "dong-y")]).await.status, StatusCode::CONFLICT);
    f.on("2026-11-27T09:00:00+07:00");
    f.post(OTHER, &address, &[("tra-loi", "dong-y")]).await.to();
    f.on("2026-11-28T09:00:00+07:00");
    let late = send(&f).await;
    assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.body.contains("Hết hạn đồng ý"));
}

#[store::test]
async fn whoever_needs_nobody_else_sends_alone(f: Fixture) {
    filled(&f, OWN).await;
    let none = f.post(OWNER, &format!("{DRAFT}/dong-y"), &[("role", "owner")]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    send(&f).await.to();
}

#[store::test]
async fn nothing_is_asked_before_everything_else_is_there(f: Fixture) {
    f.post(OWNER, "/nop-ho-so/9.000002", &[("form", FORM), ("agency", &f.agency.code)]).await.to();
    f.post(OWNER, &format!("{DRAFT}/trang/cong-trinh"), &[("floors", "3"), ("owner_number", LANDOWNER)]).await.to();
    let early = f.post(OWNER, &format!("{DRAFT}/dong-y"), &[("role", "owner")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let caller = system::Caller::Citizen(web::testing::citizen(f.owner));
    let draft = queries::draft_of(f.app.store.read(), f.owner, FORM.parse().unwrap()).await.unwrap();
    let unknown = actions::ask_consent(&f.app, f.app.now(), &caller, &draft, "neighbour").await;
    assert!(matches!(unknown, Err(base::Error::NotFound)));
}
