//! A person files, is asked, answers, follows and withdraws, all by the pages; another person sees nothing of it.

use contracts::figures::DossierFacts as _;
use http::StatusCode;

use crate::actions::Decision;
use crate::dossier::State;
use crate::pages::fixture::{Fixture, OTHER, OWNER, PDF};
use crate::paper::Mark;
use crate::queries::{self, Facts};

const FORM: &str = "0198c0de-0000-7000-8000-000000000001";

/// Fills in everything; gives the address of the draft.
async fn filled(f: &Fixture) -> String {
    let draft = format!("/nop-ho-so/ban-nhap/{FORM}");
    let nowhere = f.post(OWNER, "/nop-ho-so/9.000001", &[("form", FORM)]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nowhere.body.contains("Xin chọn cơ quan nhận hồ sơ"), "{}", nowhere.body);
    let begun = f.post(OWNER, "/nop-ho-so/9.000001", &[("form", FORM), ("agency", &f.agency.code)]).await;
    assert_eq!(begun.to(), format!("{draft}/trang/nguoi-nop"));
    let first = [("applicant.full_name", "Trần Thị Demo"), ("applicant.ethnic_group", "01")];
    assert_eq!(
        f.post(OWNER, &format!("{draft}/trang/nguoi-nop"), &first).await.to(),
        format!("{draft}/trang/cong-trinh")
    );
    let second = f.post(OWNER, &format!("{draft}/trang/cong-trinh"), &[("floors", "3")]).await;
    assert_eq!(second.to(), format!("{draft}/giay-to"));
    let sent =
        f.upload(OWNER, &format!("{draft}/giay-to"), &[("do", "next")], &[("paper.ban-ve", "bản vẽ.pdf", PDF)]).await;
    assert_eq!(sent.to(), format!("{draft}/kiem-tra"));
    draft
}

async fn filed(f: &Fixture) -> String {
    let draft = filled(f).await;
    let to = f.post(OWNER, &format!("{draft}/gui"), &[]).await.to();
    to.trim_start_matches("/ho-so/").trim_end_matches("/da-gui").to_owned()
}

#[store::test]
async fn a_dossier_is_filed_page_by_page(f: Fixture) {
    let guide = f.get(OWNER, "/nop-ho-so/9.000001").await.page();
    for part in ["Cấp phép mẫu", "Bản vẽ mặt bằng", "15 ngày làm việc", "Cần khi: Ủy quyền cho người khác", "75.000 đ"]
    {
        assert!(guide.contains(part), "{part}: {guide}");
    }
    let draft = filled(&f).await;
    let check = f.get(OWNER, &format!("{draft}/kiem-tra")).await.page();
    for part in ["Trần Thị Demo", "Kinh", "bản vẽ.pdf", "Gửi hồ sơ", f.agency.name.as_str()] {
        assert!(check.contains(part), "{part}: {check}");
    }
    assert!(!check.contains("Còn thiếu"), "{check}");
    let once = f.post(OWNER, &format!("{draft}/gui"), &[]).await.to();
    let twice = f.post(OWNER, &format!("{draft}/gui"), &[]).await.to();
    assert_eq!(once, twice);
    assert_eq!(f.get(OWNER, &format!("{draft}/kiem-tra")).await.to(), once);
    let sent = f.get(OWNER, &once).await.page();
    assert!(
        sent.contains("<svg") && !sent.contains("<?xml") && sent.contains(&format!("{}-261120-0001", f.agency.code)),
        "{sent}"
    );
    assert!(f.get(OWNER, "/ho-so").await.page().contains("Mới nộp"));
}

#[store::test]
async fn what_is_wrong_is_said_beside_the_field_and_kept(f: Fixture) {
    f.post(OWNER, "/nop-ho-so/9.000001", &[("form", FORM), ("agency", &f.agency.code)]).await;
    let draft = format!("/nop-ho-so/ban-nhap/{FORM}");
    let offered = f.get(OWNER, &format!("{draft}/trang/nguoi-nop")).await.page();
    assert!(offered.contains("Trần Thị Demo"), "what is known is offered: {offered}");
    let wrong = f.post(OWNER, &format!("{draft}/trang/cong-trinh"), &[("floors", "mười")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("govuk-error-summary") && wrong.body.contains("mười"), "{}", wrong.body);
    assert!(f.get(OWNER, &format!("{draft}/trang/cong-trinh")).await.page().contains("mười"));
    let added =
        f.post(OWNER, &format!("{draft}/trang/cong-trinh"), &[("floors", "2"), ("_row", "add:neighbours")]).await;
    assert_eq!(added.to(), format!("{draft}/trang/cong-trinh#f-neighbours"));
    assert!(f.get(OWNER, &format!("{draft}/trang/cong-trinh")).await.page().contains("neighbours.0.name"));
    let refused = f.post(OWNER, &format!("{draft}/gui"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["trang/nguoi-nop#f-applicant-full_name", "giay-to#paper.ban-ve"] {
        assert!(refused.body.contains(part), "{part}: {}", refused.body);
    }
    assert!(f.get(OWNER, "/ho-so").await.page().contains("Đang khai dở"));
    assert_eq!(f.post(OWNER, &format!("{draft}/xoa"), &[]).await.to(), "/ho-so");
    assert_eq!(f.get(OWNER, &format!("{draft}/kiem-tra")).await.status, StatusCode::NOT_FOUND);
}

#[store::test]
async fn files_that_are_not_taken_are_named_and_the_others_kept(f: Fixture) {
    let draft = filled(&f).await;
    let address = format!("{draft}/giay-to");
    let files: &[(&str, &str, &[u8])] = &[
        ("paper.ban-ve", "mat-cat.pdf", PDF),
        ("paper.ban-ve", "chuong-trinh.exe", b"MZ\x90 no paper"),
        ("paper.uy-quyen", "trong.pdf", b""),
    ];
    let answered = f.upload(OWNER, &address, &[("do", "next")], files).await;
    assert_eq!(answered.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["chuong-trinh.exe", "không phải PDF", "trong.pdf", "không có nội dung", "mat-cat.pdf"] {
        assert!(answered.body.contains(part), "{part}: {}", answered.body);
    }
    let held = answered
        .body
        .split("name=\"remove\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    assert_eq!(f.upload(OWNER, &address, &[("remove", &held)], &[]).await.to(), address);
    assert!(!f.get(OWNER, &address).await.page().contains(&held));
}

#[store::test]
async fn a_request_opens_what_is_marked_and_nothing_else(f: Fixture) {
    let code = filed(&f).await;
    let dossier = queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap();
    let desk = f.officer(system::PositionKind::Reception);
    f.decide(&desk, dossier.id, Decision::Go { outcome: "accept".to_owned(), note: String::new() }).await;
    let shown = f.get(OWNER, &format!("/ho-so/{code}")).await.page();
    for part in [
        "Bộ phận Một cửa tiếp nhận",
        "Hẹn trả",
        "Kiểm tra thực địa",
        "Lãnh đạo ký giấy phép",
        "dự kiến",
        "Vì sao tính như vậy?",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(f.get(OWNER, &format!("/ho-so/{code}/thoi-han")).await.page().contains("Nhận lúc"));
    let marks = vec![
        Mark::Field { path: "floors".to_owned(), note: "Ghi cả tầng lửng".to_owned() },
        Mark::Component { code: "ban-ve".to_owned(), note: "Bản chụp mờ".to_owned() },
    ];
    f.on("2026-11-24T14:20:00+07:00");
    let specialist = f.officer(system::PositionKind::Specialist);
    f.decide(&specialist, dossier.id, Decision::Supplement { reason: "Bản vẽ thiếu kích thước".to_owned(), marks })
        .await;
    f.on("2026-11-25T10:00:00+07:00");
    let shown = f.get(OWNER, &format!("/ho-so/{code}")).await.page();
    assert!(
        shown.contains(&format!("/ho-so/{code}/bo-sung")) && shown.contains("Tạm dừng chờ bổ sung hồ sơ"),
        "{shown}"
    );
    let address = format!("/ho-so/{code}/bo-sung");
    let asked = f.get(OWNER, &address).await.page();
    assert!(
        asked.contains("Ghi cả tầng lửng") && asked.contains("Bản chụp mờ") && !asked.contains("applicant.full_name"),
        "{asked}"
    );
    let typed = [("floors", "4"), ("applicant.full_name", "Người khác"), ("do", "send")];
    let missing = f.upload(OWNER, &address, &typed, &[]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        missing.body.contains("Thiếu giấy tờ: Bản vẽ mặt bằng") && missing.body.contains("value=\"4\""),
        "{}",
        missing.body
    );
    assert!(
        !f.get(OWNER, "/ho-so").await.page().contains("Đang khai dở"),
        "an answer on its way is no draft of a dossier"
    );
    let sent = f.upload(OWNER, &address, &typed, &[("paper.ban-ve", "ro.pdf", PDF)]).await;
    assert_eq!(sent.to(), format!("/ho-so/{code}"));
    let answered = queries::by_id(f.app.store.read(), dossier.id).await.unwrap().unwrap();
    assert_eq!(answered.state, State::Processing);
    assert_eq!(answered.answers["floors"], 4);
    assert_eq!(answered.answers["applicant"]["full_name"], "Trần Thị Demo");
    assert_eq!(f.get(OWNER, &address).await.status, StatusCode::CONFLICT);
    let shown = f.get(OWNER, &format!("/ho-so/{code}")).await.page();
    assert!(shown.contains("Đã tạm dừng chờ bổ sung hồ sơ") && shown.contains("Ông/Bà gửi bổ sung"), "{shown}");
}

#[store::test]
async fn what_the_procedure_does_not_have_cannot_be_asked_for(f: Fixture) {
    let code = filed(&f).await;
    let dossier = queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap();
    let desk = f.officer(system::PositionKind::Reception);
    for unknown in [
        Mark::Field { path: "no.such.field".to_owned(), note: "?".to_owned() },
        Mark::Component { code: "khong-co".to_owned(), note: "?".to_owned() },
    ] {
        let asked = Decision::Supplement { reason: "Thiếu".to_owned(), marks: vec![unknown] };
        let refused = f.try_to_decide(&desk, dossier.id, asked).await.unwrap_err();
        assert!(matches!(refused, base::Error::Invalid(_)), "{refused:?}");
    }
    let untouched = queries::by_id(f.app.store.read(), dossier.id).await.unwrap().unwrap();
    assert_eq!(untouched.state, State::Submitted);
}

#[store::test]
async fn the_applicant_is_told_what_others_decide(f: Fixture) {
    let code = filed(&f).await;
    let dossier = queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap();
    let unread = async || notify::unread(f.app.store.read(), dossier.applicant).await.unwrap();
    assert_eq!(unread().await, 0, "what I did I know");
    let desk = f.officer(system::PositionKind::Reception);
    f.decide(&desk, dossier.id, Decision::Go { outcome: "accept".to_owned(), note: String::new() }).await;
    assert_eq!(unread().await, 1);
    let told = f.get(OWNER, "/thong-bao").await.page();
    assert!(told.contains(&format!("Hồ sơ {code} đã được tiếp nhận, hẹn trả kết quả lúc 09:00 14/12/2026")), "{told}");
}

#[store::test]
async fn nobody_elses_dossier_exists(f: Fixture) {
    let code = filed(&f).await;
    let dossier = queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap();
    let paper = queries::papers(f.app.store.read(), dossier.id).await.unwrap().remove(0);
    let file = format!("/ho-so/{code}/tep/{}", paper.id);
    let own = f.get(OWNER, &file).await;
    assert_eq!((own.status, own.kind.as_deref()), (StatusCode::OK, Some("application/pdf")));
    for place in ["", "/da-gui", "/thoi-han", "/nguoi-xem", "/rut", "/bo-sung"] {
        let address = format!("/ho-so/{code}{place}");
        assert_eq!(f.get(OTHER, &address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    assert_eq!(f.get(OTHER, &file).await.status, StatusCode::NOT_FOUND);
    let told = f.get("", &format!("/tra-cuu?ma={}", code.to_lowercase())).await.page();
    assert!(told.contains("Cấp phép mẫu") && told.contains("Mới nộp") && !told.contains("Trần Thị"), "{told}");
    assert!(f.get("", "/tra-cuu?ma=H32.15-1").await.page().contains("Không tìm thấy hồ sơ"));
}

#[store::test]
async fn what_nobody_has_accepted_is_withdrawn_at_once(f: Fixture) {
    let code = filed(&f).await;
    let asked = f.get(OWNER, &format!("/ho-so/{code}/rut")).await.page();
    assert!(asked.contains("dừng ngay"), "{asked}");
    assert_eq!(f.post(OWNER, &format!("/ho-so/{code}/rut"), &[]).await.to(), format!("/ho-so/{code}"));
    let shown = f.get(OWNER, &format!("/ho-so/{code}")).await.page();
    assert!(
        shown.contains("Dừng xử lý") && shown.contains("Hồ sơ đã được rút") && !shown.contains("/rut\""),
        "{shown}"
    );
    assert_eq!(f.get(OWNER, &format!("/ho-so/{code}/rut")).await.status, StatusCode::CONFLICT);
}

#[store::test]
async fn an_account_of_level_one_is_told_what_to_do(f: Fixture) {
    let guide = f.get("level-one", "/nop-ho-so/9.000001").await.page();
    assert!(guide.contains("cần tài khoản định danh mức độ 2") && !guide.contains("Bắt đầu khai"), "{guide}");
    assert_eq!(f.post("level-one", "/nop-ho-so/9.000001", &[("form", FORM)]).await.status, StatusCode::CONFLICT);
}

#[store::test]
async fn whoever_filed_says_once_whether_an_end_satisfies(f: Fixture) {
    let code = filed(&f).await;
    let dossier = queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap();
    let (page, rating) = (format!("/ho-so/{code}"), format!("/ho-so/{code}/danh-gia"));
    let fact = async || Facts::new(f.app.store.clone()).fact(dossier.id).await.unwrap().unwrap();
    assert!(!f.get(OWNER, &page).await.page().contains(&rating));
    assert_eq!(f.post(OWNER, &rating, &[("hai-long", "co")]).await.status, StatusCode::CONFLICT);
    assert_eq!((fact().await.identified, fact().await.satisfied), (true, None), "an account of level 2");
    let desk = f.officer(system::PositionKind::Reception);
    let refused = Decision::Refuse { reasons: vec!["Không thuộc thẩm quyền".to_owned()] };
    f.decide(&desk, dossier.id, refused).await;
    assert!(f.get(OWNER, &page).await.page().contains(&rating));
    assert_eq!(f.post(OTHER, &rating, &[("hai-long", "khong")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.post(OWNER, &rating, &[("hai-long", "rất")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    for word in ["khong", "co"] {
        assert_eq!(f.post(OWNER, &rating, &[("hai-long", word)]).await.to(), page);
    }
    assert_eq!(fact().await.satisfied, Some(false), "what was said first stays");
    let shown = f.get(OWNER, &page).await.page();
    assert!(shown.contains("Ông/bà đã đánh giá: không hài lòng") && !shown.contains(&rating), "{shown}");
    let told = journal::history(&f.app.store, dossier.id).await.unwrap();
    let told = told.iter().filter(|line| line.verb == "dossiers.rated").map(|line| &line.data["satisfied"]);
    assert_eq!(told.collect::<Vec<_>>(), [&serde_json::json!(false)]);
}
