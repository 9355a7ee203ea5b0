//! Somebody fills in two procedures beside each other and sends both by one press.

use http::StatusCode;

use crate::pages::fixture::{Fixture, OTHER, OWNER, PDF};

const FORM: &str = "0198c0de-0000-7000-8000-000000000007";
const BUNDLE: &str = "/nop-cung/0198c0de-0000-7000-8000-000000000007";
const BOTH: [(&str, &str); 2] = [("thu-tuc", "9.000001"), ("thu-tuc", "9.000002")];

/// Begins both; gives the addresses of the drafts.
async fn begun(f: &Fixture) -> [String; 2] {
    let chosen = [&BOTH[..], &[("form", FORM), ("noi-nhan-1", &f.agency.code)]].concat();
    for _ in 0..2 {
        assert_eq!(f.post(OWNER, "/nop-cung", &chosen).await.to(), BUNDLE, "begun once by two presses");
    }
    let page = f.get(OWNER, BUNDLE).await.page();
    let addresses: Vec<String> = page
        .split("href=\"/nop-ho-so/ban-nhap/")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("/trang/")?.0))
        .filter(|id| id.len() == FORM.len())
        .map(|id| format!("/nop-ho-so/ban-nhap/{id}"))
        .collect();
    addresses.try_into().unwrap()
}

async fn fill_in(f: &Fixture, draft: &str) {
    let first = [("applicant.full_name", "Trần Thị Demo"), ("applicant.ethnic_group", "01")];
    f.post(OWNER, &format!("{draft}/trang/nguoi-nop"), &first).await.to();
    f.post(OWNER, &format!("{draft}/trang/cong-trinh"), &[("floors", "3")]).await.to();
}

async fn hand_in(f: &Fixture, draft: &str) {
    let drawing = [("paper.ban-ve", "bản vẽ.pdf", PDF)];
    f.upload(OWNER, &format!("{draft}/giay-to"), &[("do", "next")], &drawing).await.to();
}

#[store::test]
async fn what_is_needed_is_shown_once_before_one_begins(f: Fixture) {
    let pick = f.get(OWNER, "/nop-cung").await.page();
    assert!(pick.contains("Cấp phép mẫu") && pick.contains("Hoàn công mẫu"), "{pick}");
    let one = f.get(OWNER, "/nop-cung?thu-tuc=9.000001").await.page();
    assert!(one.contains("thêm ít nhất một thủ tục"), "{one}");
    let plan = f.get(OWNER, "/nop-cung?thu-tuc=9.000001&thu-tuc=9.000002").await.page();
    for part in ["150.000 đ", "Bản vẽ mặt bằng", "Dùng chung cho 2 hồ sơ"] {
        assert!(plan.contains(part), "{part}: {plan}");
    }
    assert!(!plan.contains("Bản vẽ đã được duyệt"), "it is the same paper: {plan}");
    assert_eq!(plan.matches("<select").count(), 1, "the same agencies receive both");
    let nowhere = f.post(OWNER, "/nop-cung", &[&BOTH[..], &[("form", FORM)]].concat()).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nowhere.body.contains("Xin chọn cơ quan nhận hồ sơ"), "{}", nowhere.body);
}

#[store::test]
async fn a_paper_is_handed_in_once_and_all_are_sent_by_one_press(f: Fixture) {
    let [first, second] = begun(&f).await;
    fill_in(&f, &first).await;
    let beside = f.get(OWNER, &format!("{second}/trang/nguoi-nop")).await.page();
    assert!(beside.contains("Trần Thị Demo"), "said beside it: {beside}");
    hand_in(&f, &first).await;
    let untouched = format!("href=\"{second}/trang/nguoi-nop\"");
    assert!(f.get(OWNER, BUNDLE).await.page().contains(&untouched), "it begins with its form");
    let shared = f.get(OWNER, &format!("{second}/giay-to")).await.page();
    assert!(shared.contains("bản vẽ.pdf"), "{shared}");

    let early = f.post(OWNER, &format!("{BUNDLE}/gui"), &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("Còn thiếu"), "{}", early.body);
    fill_in(&f, &second).await;
    let whole = f.get(OWNER, BUNDLE).await.page();
    assert_eq!(whole.matches("Đã đủ").count(), 2, "{whole}");
    assert_eq!(f.get(OTHER, BUNDLE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.post(OTHER, &format!("{BUNDLE}/gui"), &[]).await.status, StatusCode::NOT_FOUND);

    for _ in 0..2 {
        assert_eq!(f.post(OWNER, &format!("{BUNDLE}/gui"), &[]).await.status, StatusCode::SEE_OTHER);
    }
    let [one, other] = [1, 2].map(|number| format!("{}-261120-000{number}", f.agency.code));
    let sent = f.get(OWNER, BUNDLE).await.page();
    assert!(sent.contains(&one) && sent.contains(&other) && !sent.contains("261120-0003"), "{sent}");
    let shown = f.get(OWNER, &format!("/ho-so/{one}")).await.page();
    assert!(shown.contains("Nộp cùng") && shown.contains(&format!("/ho-so/{other}")), "{shown}");
    assert_eq!(f.get(OTHER, BUNDLE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        f.post(OWNER, "/nop-cung", &[&BOTH[..], &[("form", FORM), ("noi-nhan-1", &f.agency.code)]].concat()).await.to(),
        BUNDLE
    );
    assert!(!f.get(OWNER, BUNDLE).await.page().contains("/nop-ho-so/ban-nhap/"), "what was sent is not begun again");
}

#[store::test]
async fn a_paper_taken_out_of_one_is_out_of_all(f: Fixture) {
    let [first, second] = begun(&f).await;
    hand_in(&f, &first).await;
    let page = f.get(OWNER, &format!("{second}/giay-to")).await.page();
    let button = page.split("name=\"remove\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    f.upload(OWNER, &format!("{second}/giay-to"), &[("remove", &button)], &[]).await.to();
    for draft in [&first, &second] {
        let papers = f.get(OWNER, &format!("{draft}/giay-to")).await.page();
        assert!(!papers.contains("bản vẽ.pdf"), "{papers}");
    }
}
