//! People report, officers read, hand on, answer and approve, all by the pages.

mod desk_lists;
mod hiding;
mod joining;
mod league;
mod open311;
mod open_data;
mod places;
mod street;
mod videos;
mod week;

use http::StatusCode;

use super::fixture::{DESK, Fixture, LEADER, NOBODY, OTHER, OTHER_DESK, OWNER, POLICE, SPECIALIST, code_of};
use crate::report::State;
use crate::{access, queries};

/// A hole in a road of the ward.
const HOLE: &[(&str, &str)] = &[
    ("kind", "o-ga"),
    ("lat", "12.2458"),
    ("lon", "109.1953"),
    ("commune", ""),
    ("place-words", "Trước nhà bà Lan, số 5"),
    ("words", "Ổ gà sâu, anh Ba số 0901000009 đã ngã"),
];

const MODERATED: &[(&str, &str)] = &[
    ("kind", "o-ga"),
    ("agency", "H32.103"),
    ("public-words", "Ổ gà sâu, có người đã ngã"),
    ("place-words", "Đầu đường"),
    ("public", "yes"),
];

fn picture() -> Vec<u8> {
    photos::demo::street(1).unwrap()
}

async fn assigned(f: &Fixture, who: &str) -> (String, String) {
    let receipt = f.sent(who, HOLE, &[]).await;
    let code = code_of(&receipt);
    f.at_step(DESK, &code, "phan-loai", MODERATED).await.to();
    (code, receipt)
}

async fn answered(f: &Fixture, who: &str) -> (String, String) {
    let (code, receipt) = assigned(f, who).await;
    f.at_step(SPECIALIST, &code, "nhan", &[]).await.to();
    let id = f.app.random.bytes::<16>();
    let id = base::Id::from_uuid(uuid::Builder::from_random_bytes(id).into_uuid()).to_string();
    f.at_step(SPECIALIST, &code, "tra-loi", &[("id", &id), ("answer", "Đã vá xong sáng nay.")]).await.to();
    f.at_step(LEADER, &code, "duyet", &[]).await.to();
    (code, receipt)
}

#[store::test]
async fn a_report_goes_from_a_stranger_to_a_public_answer(f: Fixture) {
    let receipt = f.sent(NOBODY, HOLE, &[("photos", "duong.jpg", &picture())]).await;
    let code = code_of(&receipt);
    assert_eq!(code, "PA-26-000001");
    let told = f.get(NOBODY, &receipt).await.page();
    for part in ["PA-26-000001", "Mới tiếp nhận", "phường Nha Trang", "5 ngày làm việc", "Xin giữ đường dẫn này"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    // Nothing is public before somebody read it.
    assert_eq!(f.get(NOBODY, &format!("/phan-anh/{code}")).await.status, StatusCode::NOT_FOUND);
    assert!(!f.get(NOBODY, "/phan-anh").await.page().contains(&code));

    assert!(f.get(DESK, "/viec").await.page().contains(&code));
    let desk = f.get(DESK, &format!("/phan-anh-xu-ly/{code}")).await.page();
    assert!(desk.contains("anh Ba số 0901000009") && desk.contains("Tiếp nhận và chuyển xử lý"), "{desk}");
    let report = f.report(&code).await;
    let photo = queries::photos(f.app.store.read(), report.form_id).await.unwrap().remove(0).id.to_string();
    let decided: Vec<(&str, &str)> = MODERATED.iter().copied().chain([("photo", photo.as_str())]).collect();
    assert_eq!(f.at_step(DESK, &code, "phan-loai", &decided).await.to(), format!("/phan-anh-xu-ly/{code}"));

    let public = f.get(NOBODY, &format!("/phan-anh/{code}")).await.page();
    assert!(public.contains("Ổ gà sâu, có người đã ngã") && public.contains("Đã chuyển xử lý"), "{public}");
    for hidden in ["0901000009", "bà Lan", "anh Ba"] {
        assert!(!public.contains(hidden), "{hidden}: {public}");
    }
    let shown = f.get(NOBODY, &format!("/phan-anh/{code}/anh/{photo}")).await;
    assert_eq!((shown.status, shown.kind.as_deref()), (StatusCode::OK, Some("image/jpeg")));

    f.at_step(SPECIALIST, &code, "nhan", &[]).await.to();
    assert_eq!(f.report(&code).await.state, State::Working);
    let id = "0198c0de-0000-7000-8000-000000000001";
    let address = format!("/phan-anh-xu-ly/{code}/buoc/{}/tra-loi", f.step(&code).await.id);
    let fields = [("id", id), ("answer", "Đã vá xong sáng nay.")];
    f.upload(SPECIALIST, &address, &fields, &[("photos", "sau.jpg", &photos::demo::street(2).unwrap())]).await.to();
    let waiting = f.get(NOBODY, &format!("/phan-anh/{code}")).await.page();
    assert!(!waiting.contains("Đã vá xong"), "nothing is public before a leader approves: {waiting}");

    f.on("2026-11-20T10:00:00+07:00");
    f.at_step(LEADER, &code, "duyet", &[]).await.to();
    let public = f.get(NOBODY, &format!("/phan-anh/{code}")).await.page();
    for part in ["Đã vá xong sáng nay.", "Đã trả lời", "Đúng hạn", "Ảnh sau khi xử lý"] {
        assert!(public.contains(part), "{part}: {public}");
    }
    let report = f.report(&code).await;
    assert_eq!(
        (report.state, report.promised_at.unwrap().to_rfc3339()),
        (State::Answered, "2026-11-27T10:00:00+00:00".to_owned())
    );
}

#[store::test]
async fn a_telephone_that_sends_again_is_given_the_same_receipt(f: Fixture) {
    let secret = f.secret(NOBODY).await;
    let fields: Vec<(&str, &str)> = [("khoa", secret.as_str())].into_iter().chain(HOLE.iter().copied()).collect();
    let bytes = picture();
    let files: &[(&str, &str, &[u8])] = &[("photos", "duong.jpg", &bytes)];
    let once = f.upload(NOBODY, "/phan-anh/gui", &fields, files).await.to();
    let twice = f.upload(NOBODY, "/phan-anh/gui", &fields, files).await.to();
    assert_eq!(once, twice);
    let report = f.report(&code_of(&once)).await;
    assert_eq!(queries::photos(f.app.store.read(), report.form_id).await.unwrap().len(), 1);
    assert!(queries::by_code(f.app.store.read(), "PA-26-000002").await.unwrap().is_none());
}

#[store::test]
async fn what_is_wrong_is_said_at_once_and_nothing_is_lost(f: Fixture) {
    let secret = f.secret(NOBODY).await;
    let wrong = [
        ("khoa", secret.as_str()),
        ("kind", ""),
        ("words", ""),
        ("lat", "48.85"),
        ("lon", "2.35"),
        ("phone", "12"),
        ("mail", "không"),
    ];
    let bytes = picture();
    let files: &[(&str, &str, &[u8])] =
        &[("photos", "duong.jpg", &bytes), ("photos", "anh.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")];
    let answer = f.upload(NOBODY, "/phan-anh/gui", &wrong, files).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "Xin chọn việc cần phản ánh",
        "Xin ghi nội dung",
        "nằm ngoài tỉnh",
        "Số điện thoại chưa đúng",
        "thư điện tử chưa đúng",
        "anh.heic",
        "Tương thích nhất",
        "Đã nhận 1 ảnh",
        secret.as_str(),
    ] {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
    // The same page mended; the picture that was right is there still.
    let fields: Vec<(&str, &str)> = [("khoa", secret.as_str())].into_iter().chain(HOLE.iter().copied()).collect();
    let receipt = f.upload(NOBODY, "/phan-anh/gui", &fields, &[]).await.to();
    let report = f.report(&code_of(&receipt)).await;
    assert_eq!(queries::photos(f.app.store.read(), report.form_id).await.unwrap().len(), 1);
    let bare = f.upload(NOBODY, "/phan-anh/gui", HOLE, &[]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[store::test]
async fn others_close_by_are_shown_before_another_report_is_made(f: Fixture) {
    let (code, _) = assigned(&f, NOBODY).await;
    let secret = f.secret(OTHER).await;
    let beside: &[(&str, &str)] =
        &[("khoa", &secret), ("kind", "o-ga"), ("lat", "12.2460"), ("lon", "109.1954"), ("words", "Có hố trên đường")];
    let shown = f.upload(OTHER, "/phan-anh/gui", beside, &[]).await.page();
    assert!(shown.contains("Đã có người báo cách đây 25 m") && shown.contains(&code), "{shown}");
    let form = shown.split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for _ in 0..2 {
        let added = f.post(OTHER, &format!("/phan-anh/{code}/ung-ho"), &[("form", &form)]).await;
        assert_eq!(added.to(), format!("/phan-anh/{code}"));
    }
    assert_eq!(f.report(&code).await.supports, 1, "one is counted once");
    let anyway: Vec<(&str, &str)> = beside.iter().copied().chain([("van-gui", "yes")]).collect();
    assert_eq!(code_of(&f.upload(OTHER, "/phan-anh/gui", &anyway, &[]).await.to()), "PA-26-000002");
    // Another kind at the same place is another matter.
    let light: &[(&str, &str)] =
        &[("kind", "den-duong"), ("lat", "12.2460"), ("lon", "109.1954"), ("words", "Đèn tắt")];
    assert_eq!(code_of(&f.sent(OTHER, light, &[]).await), "PA-26-000003");
}

#[store::test]
async fn a_report_belongs_to_whoever_has_its_link_or_sent_it(f: Fixture) {
    let (code, receipt) = answered(&f, OWNER).await;
    let bare = format!("/phan-anh/da-gui/{code}");
    assert_eq!(f.get(OTHER, &bare).await.status, StatusCode::NOT_FOUND);
    assert!(f.get(OWNER, &bare).await.page().contains("Ông/Bà có hài lòng"));
    assert!(f.get(OTHER, &receipt).await.page().contains("Ông/Bà có hài lòng"));
    let wrong = format!("{bare}?khoa={}", "0".repeat(64));
    assert_eq!(f.get(OTHER, &wrong).await.status, StatusCode::NOT_FOUND);
    let rated = f.post(OTHER, &format!("{bare}/danh-gia"), &[("hai-long", "co")]).await;
    assert_eq!(rated.status, StatusCode::NOT_FOUND);
    assert!(f.get(OWNER, "/phan-anh/cua-toi").await.page().contains(&code));
    let told = f.get(OWNER, "/thong-bao").await.page();
    assert!(told.contains(&format!("đã trả lời phản ánh {code}")), "{told}");
    f.post(OWNER, &format!("{bare}/danh-gia"), &[("hai-long", "co")]).await.to();
    let report = f.report(&code).await;
    assert_eq!((report.state, report.satisfied), (State::Closed, Some(true)));
    assert_eq!(f.post(OWNER, &format!("{bare}/danh-gia"), &[("hai-long", "khong")]).await.status, StatusCode::CONFLICT);
}

#[store::test]
async fn one_who_stays_unnamed_is_named_nowhere(f: Fixture) {
    let fields: Vec<(&str, &str)> = HOLE.iter().copied().chain([("unnamed", "yes")]).collect();
    let receipt = f.sent(OWNER, &fields, &[]).await;
    let report = f.report(&code_of(&receipt)).await;
    assert!(report.is_anonymous());
    let history = journal::history(&f.app.store, report.id).await.unwrap();
    assert!(history.iter().all(|line| line.actor.person != Some(f.person)), "{history:?}");
    let secret = receipt.split("khoa=").nth(1).unwrap().to_owned();
    assert!(access::own(&system::Caller::Anonymous, identity::LinkSecret::read(&secret).as_ref(), report).is_ok());
}

#[store::test]
async fn a_report_that_was_not_helped_is_reopened_twice_and_no_more(f: Fixture) {
    let (code, receipt) = answered(&f, NOBODY).await;
    let secret = receipt.split("khoa=").nth(1).unwrap();
    let reopen = format!("/phan-anh/da-gui/{code}/mo-lai");
    let asked: &[(&str, &str)] = &[("khoa", secret), ("reason", "Mưa một trận lại hỏng")];
    for (round, moment) in ["2026-11-23T08:00:00+07:00", "2026-11-25T08:00:00+07:00"].into_iter().enumerate() {
        f.on(moment);
        f.post(NOBODY, &reopen, asked).await.to();
        let report = f.report(&code).await;
        assert_eq!((report.state, report.reopened), (State::Working, i64::try_from(round).unwrap() + 1));
        assert!(report.promised_at.unwrap() > f.app.now().utc(), "it has a clock of its own");
        let desk = f.get(SPECIALIST, &format!("/phan-anh-xu-ly/{code}")).await.page();
        assert!(desk.contains("Mưa một trận lại hỏng"), "{desk}");
        let id = format!("0198c0de-0000-7000-8000-00000000000{round}");
        f.at_step(SPECIALIST, &code, "tra-loi", &[("id", &id), ("answer", "Đã làm lại.")]).await.to();
        f.at_step(LEADER, &code, "duyet", &[]).await.to();
    }
    assert_eq!(f.post(NOBODY, &reopen, asked).await.status, StatusCode::CONFLICT);
    let public = f.get(NOBODY, &format!("/phan-anh/{code}")).await.page();
    assert_eq!(public.matches("Đã làm lại.").count(), 2, "each answer stays: {public}");
    assert!(!public.contains("Mưa một trận"), "words that nobody moderated are not public");
    f.on("2026-12-11T08:00:01+07:00");
    assert_eq!(crate::actions::close_answered(&f.app).await.unwrap(), 1);
    assert_eq!(f.report(&code).await.state, State::Closed);
    assert_eq!(crate::actions::close_answered(&f.app).await.unwrap(), 0);
}

#[store::test]
async fn an_agency_that_is_not_the_one_gives_it_back(f: Fixture) {
    let receipt = f.sent(NOBODY, HOLE, &[]).await;
    let code = code_of(&receipt);
    assert_eq!(f.get(POLICE, &format!("/phan-anh-xu-ly/{code}")).await.status, StatusCode::NOT_FOUND);
    let to_police: Vec<(&str, &str)> = MODERATED
        .iter()
        .copied()
        .map(|(name, value)| if name == "agency" { (name, f.police.code.as_str()) } else { (name, value) })
        .collect();
    f.at_step(DESK, &code, "phan-loai", &to_police).await.to();
    let promised = f.report(&code).await.promised_at;
    assert!(f.get(POLICE, "/viec").await.page().contains(&code));
    let unexplained = f.at_step(POLICE, &code, "tra-lai", &[("reason", " ")]).await;
    assert_eq!(unexplained.status, StatusCode::UNPROCESSABLE_ENTITY);
    f.at_step(POLICE, &code, "tra-lai", &[("reason", "Đường của phường")]).await.to();
    let report = f.report(&code).await;
    assert_eq!((report.state, report.agency), (State::Returned, f.ward.id));
    assert!(f.get(DESK, &format!("/phan-anh-xu-ly/{code}")).await.page().contains("Đường của phường"));
    f.on("2026-11-20T15:00:00+07:00");
    f.at_step(DESK, &code, "phan-loai", MODERATED).await.to();
    let report = f.report(&code).await;
    assert_eq!((report.state, report.agency), (State::Assigned, f.ward.id));
    assert_eq!(report.promised_at, promised, "what people were promised does not move because agencies disagree");
}

#[store::test]
async fn a_leader_sends_an_answer_back(f: Fixture) {
    let (code, _) = assigned(&f, NOBODY).await;
    let id = "0198c0de-0000-7000-8000-000000000001";
    f.at_step(SPECIALIST, &code, "tra-loi", &[("id", id), ("answer", "Sẽ xem.")]).await.to();
    assert_eq!(f.at_step(SPECIALIST, &code, "duyet", &[]).await.status, StatusCode::FORBIDDEN);
    f.at_step(LEADER, &code, "lam-lai", &[("reason", "Nói rõ ngày nào")]).await.to();
    assert_eq!(f.report(&code).await.state, State::Working);
    let desk = f.get(SPECIALIST, &format!("/phan-anh-xu-ly/{code}")).await.page();
    assert!(desk.contains("Nói rõ ngày nào"), "{desk}");
    assert!(!f.get(NOBODY, &format!("/phan-anh/{code}")).await.page().contains("Sẽ xem."));
}

#[store::test]
async fn what_is_refused_is_told_to_whoever_sent_it_and_to_nobody_else(f: Fixture) {
    let receipt = f.sent(NOBODY, HOLE, &[]).await;
    let code = code_of(&receipt);
    assert_eq!(f.at_step(OTHER_DESK, &code, "tu-choi", &[("reason", "?")]).await.status, StatusCode::NOT_FOUND);
    f.at_step(DESK, &code, "tu-choi", &[("reason", "Chỗ này đang thi công theo kế hoạch")]).await.to();
    assert!(f.get(NOBODY, &receipt).await.page().contains("đang thi công theo kế hoạch"));
    assert_eq!(f.get(NOBODY, &format!("/phan-anh/{code}")).await.status, StatusCode::NOT_FOUND);
}

#[store::test]
async fn looking_at_who_reported_is_written_down(f: Fixture) {
    let fields: Vec<(&str, &str)> =
        HOLE.iter().copied().chain([("name", "Lê Thị Ví Dụ"), ("phone", "0901000007")]).collect();
    let stranger = code_of(&f.sent(NOBODY, &fields, &[]).await);
    let desk = f.get(DESK, &format!("/phan-anh-xu-ly/{stranger}")).await.page();
    assert!(!desk.contains("Lê Thị Ví Dụ</dd>") && !desk.contains("0901000007"), "{desk}");
    let id = f.report(&stranger).await.id;
    let looks = async |whose| journal::reads_of_person(&f.app.store, whose, None, 10).await.unwrap().rows.len();
    assert_eq!(looks(id).await, 0);
    assert!(f.get(DESK, &format!("/phan-anh-xu-ly/{stranger}/nguoi-gui")).await.page().contains("0901000007"));
    assert_eq!(looks(id).await, 1);
    assert_eq!(f.get(OTHER_DESK, &format!("/phan-anh-xu-ly/{stranger}/nguoi-gui")).await.status, StatusCode::NOT_FOUND);
    let light: &[(&str, &str)] = &[("kind", "den-duong"), ("commune", "H32.103"), ("words", "Đèn tắt")];
    let named = code_of(&f.sent(OWNER, light, &[]).await);
    assert!(f.get(DESK, &format!("/phan-anh-xu-ly/{named}/nguoi-gui")).await.page().contains("Trần Thị Demo"));
    assert_eq!(looks(f.person).await, 1);
}

#[store::test]
async fn strangers_send_so_many_in_an_hour_and_lose_nothing(f: Fixture) {
    let light: &[(&str, &str)] = &[("kind", "den-duong"), ("commune", "H32.103"), ("words", "Đèn tắt")];
    for _ in 0..20 {
        f.sent(NOBODY, light, &[]).await;
    }
    let secret = f.secret(NOBODY).await;
    let fields: Vec<(&str, &str)> = [("khoa", secret.as_str())].into_iter().chain(light.iter().copied()).collect();
    let refused = f.upload(NOBODY, "/phan-anh/gui", &fields, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("gửi quá nhiều trong một giờ") && refused.body.contains("Đèn tắt"),
        "{}",
        refused.body
    );
    f.sent(OWNER, light, &[]).await;
    f.on("2026-11-19T10:00:00+07:00");
    assert_eq!(
        code_of(&f.upload(NOBODY, "/phan-anh/gui", &fields, &[]).await.to()),
        "PA-26-000022",
        "no number was lost"
    );
}
