//! An officer files for somebody who stands at the counter.

use http::StatusCode;

use crate::dossier::Channel;
use crate::pages::fixture::{DESK, Fixture, OFF_DUTY, PDF};
use crate::queries;

const FORM: &str = "0198c0de-0000-7000-8000-000000000002";
const DRAFT: &str = "/mot-cua/tiep-nhan/0198c0de-0000-7000-8000-000000000002";

/// Takes the person down and begins.
async fn begun(f: &Fixture) {
    let person = [
        ("id", FORM),
        ("number", "056068000056"),
        ("new", "yes"),
        ("name", "Nguyễn Văn Mẫu"),
        ("birth-date-day", "5"),
        ("birth-date-month", "1"),
        ("birth-date-year", "1968"),
        ("sex", "male"),
        ("address", "1 đường Ví Dụ"),
    ];
    let begun = f.post(DESK, "/mot-cua/tiep-nhan/thu-tuc/9.000001", &person).await;
    assert_eq!(begun.to(), format!("{DRAFT}/trang/nguoi-nop"));
}

#[store::test]
async fn a_dossier_is_filed_for_a_person_at_the_counter(f: Fixture) {
    begun(&f).await;
    let offered = f.get(DESK, &format!("{DRAFT}/trang/nguoi-nop")).await.page();
    assert!(offered.contains("Nguyễn Văn Mẫu"), "what is known is offered: {offered}");
    let first = [("applicant.full_name", "Nguyễn Văn Mẫu"), ("applicant.ethnic_group", "01")];
    let second = format!("{DRAFT}/trang/cong-trinh");
    assert_eq!(f.post(DESK, &format!("{DRAFT}/trang/nguoi-nop"), &first).await.to(), second);
    let added = f.post(DESK, &second, &[("floors", "2"), ("_row", "add:neighbours")]).await;
    assert_eq!(added.to(), format!("{second}#f-neighbours"), "the new row is in sight");
    let wrong = f.post(DESK, &second, &[("floors", "mười")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("govuk-error-summary") && wrong.body.contains("mười"), "{}", wrong.body);
    let papers = format!("{DRAFT}/giay-to");
    assert_eq!(f.post(DESK, &second, &[("floors", "2")]).await.to(), papers);
    let too_early = f.post(DESK, &format!("{DRAFT}/gui"), &[]).await;
    assert_eq!(too_early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(too_early.body.contains("<li>Bản vẽ mặt bằng</li>"), "{}", too_early.body);
    let scanned: &[(&str, &str, &[u8])] =
        &[("paper.ban-ve", "bản vẽ.pdf", PDF), ("paper.ban-ve", "chuong-trinh.exe", b"MZ\x90 no paper")];
    let refused = f.upload(DESK, &papers, &[("do", "next")], scanned).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["chuong-trinh.exe", "không phải PDF", "bản vẽ.pdf"] {
        assert!(refused.body.contains(part), "{part}: {}", refused.body);
    }
    assert_eq!(f.upload(DESK, &papers, &[("do", "more")], &[]).await.to(), papers);
    assert_eq!(f.upload(DESK, &papers, &[("do", "next")], &[]).await.to(), format!("{DRAFT}/kiem-tra"));
    let check = f.get(DESK, &format!("{DRAFT}/kiem-tra")).await.page();
    assert!(check.contains("150.000 đ") && check.contains("Nguyễn Văn Mẫu"), "{check}");
    let once = f.post(DESK, &format!("{DRAFT}/gui"), &[]).await.to();
    assert_eq!(f.post(DESK, &format!("{DRAFT}/gui"), &[]).await.to(), once);
    let filed = queries::by_code(f.app.store.read(), once.trim_start_matches("/mot-cua/ho-so/")).await;
    let filed = filed.unwrap().unwrap();
    assert_eq!((filed.channel, filed.applicant_name.as_str()), (Channel::Counter, "Nguyễn Văn Mẫu"));
}

#[store::test]
async fn what_is_filled_in_at_the_counter_is_not_the_officers_own(f: Fixture) {
    begun(&f).await;
    assert!(f.get(DESK, "/mot-cua/tiep-nhan").await.page().contains(FORM));
    for address in ["/ho-so", "/nop-ho-so/9.000001"] {
        assert!(!f.get(OFF_DUTY, address).await.page().contains(FORM), "{address}");
    }
    for place in ["trang/nguoi-nop", "giay-to", "kiem-tra"] {
        let address = format!("/nop-ho-so/ban-nhap/{FORM}/{place}");
        assert_eq!(f.get(OFF_DUTY, &address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}
