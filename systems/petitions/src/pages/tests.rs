//! Petitions are entered, classified, joined, answered and followed up, all by the pages.

mod importing;
mod joining;
mod reporting;

use http::StatusCode;

use super::fixture::{
    CLERK, DESK, Fixture, HEAD, LEADER, LIST, NOBODY, SPECIALIST, STRANGER, WARD_CLERK, WARD_LEADER, WARD_SPECIALIST,
};
use crate::petition::State;
use crate::queries;

const ROAD: &str = "Đề nghị sửa đường Ví Dụ bị hư hỏng nặng";
const RESOLVED: &[(&str, &str)] = &[("result", "resolved"), ("answer", "Đã sửa xong đường Ví Dụ.")];
const PROMISED: &[(&str, &str)] = &[
    ("result", "in-progress"),
    ("answer", "Đã bố trí vốn."),
    ("step-1-words", "Khảo sát"),
    ("step-1-due", "2026-12-01"),
    ("step-2-words", "Thi công"),
    ("step-2-due", "2027-03-01"),
];

#[store::test]
async fn a_petition_goes_from_a_clerk_to_a_public_answer(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let code = f.entered(&meeting, "H32.103", ROAD).await;
    assert_eq!(code, "KN-26-000001");
    // Nothing is public before somebody classified it.
    assert_eq!(f.get(NOBODY, &format!("/kien-nghi-cu-tri/{code}")).await.status, StatusCode::NOT_FOUND);
    assert!(!f.get(NOBODY, "/kien-nghi-cu-tri").await.page().contains(&code));
    assert!(f.get(DESK, "/viec").await.page().contains(&code));

    let moderated = [("field", "giao-thong"), ("public-words", "Đề nghị sửa đường"), ("agency", "H32.53")];
    f.at_step(DESK, &code, "phan-loai", &moderated).await.to();
    let public = f.get(NOBODY, &format!("/kien-nghi-cu-tri/{code}")).await.page();
    assert!(public.contains("Đề nghị sửa đường") && public.contains("Đã phân loại"), "{public}");
    for hidden in ["Trần Thị Demo", "hư hỏng nặng"] {
        assert!(!public.contains(hidden), "{hidden}: {public}");
    }

    f.at_step(HEAD, &code, "giao", &[("agency", "H32.53")]).await.to();
    f.at_step(SPECIALIST, &code, "nhan", &[]).await.to();
    assert_eq!(f.petition(&code).await.state, State::Working);
    let id = f.id();
    let fields: Vec<(&str, &str)> = [("id", id.as_str())].into_iter().chain(RESOLVED.iter().copied()).collect();
    f.at_step(SPECIALIST, &code, "tra-loi", &fields).await.to();
    let waiting = f.get(NOBODY, &format!("/kien-nghi-cu-tri/{code}")).await.page();
    assert!(!waiting.contains("Đã sửa xong"), "nothing is public before a leader approves: {waiting}");
    f.on("2026-12-19T10:00:00+07:00");
    f.at_step(LEADER, &code, "duyet", &[]).await.to();
    let public = f.get(NOBODY, &format!("/kien-nghi-cu-tri/{code}")).await.page();
    for part in ["Đã sửa xong đường Ví Dụ.", "Đã giải quyết xong", "Đúng hạn", "Sở Xây dựng", "phường Nha Trang"]
    {
        assert!(public.contains(part), "{part}: {public}");
    }
    for filter in ["xa=H32.103", "linh-vuc=giao-thong", "ket-qua=resolved", "trang-thai=answered", "tim=sua+duong"] {
        let found = f.get(NOBODY, &format!("/kien-nghi-cu-tri?{filter}")).await.page();
        assert!(found.contains(&code), "{filter}");
    }
    for filter in ["xa=H32.101", "linh-vuc=y-te", "ket-qua=not-yet", "trang-thai=closed", "tim=hong+nang"] {
        let found = f.get(NOBODY, &format!("/kien-nghi-cu-tri?{filter}")).await.page();
        assert!(!found.contains(&code), "{filter}");
    }
    assert!(f.get(NOBODY, "/kien-nghi-cu-tri/du-lieu.csv").await.page().contains(&code));
}

#[store::test]
async fn an_answer_is_due_sixty_days_after_it_was_assigned(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let code = f.entered(&meeting, "H32.103", ROAD).await;
    assert_eq!(f.petition(&code).await.promised_at, None, "the clock begins with the agency");
    f.assigned(&code).await;
    let promised = f.petition(&code).await.promised_at.unwrap();
    // 19/11/2026, the first day not counted, and 60 days on: 18/01/2027, a Monday, at the close of work.
    assert_eq!(base::local(promised).date_naive().to_string(), "2027-01-18");
    // An agency that returns it does not move the date.
    f.on("2026-11-25T09:00:00+07:00");
    assert_eq!(
        f.at_step(SPECIALIST, &code, "tra-lai", &[("reason", " ")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    f.at_step(SPECIALIST, &code, "tra-lai", &[("reason", "Đường do phường quản lý")]).await.to();
    assert!(f.get(HEAD, &format!("{LIST}/{code}")).await.page().contains("Đường do phường quản lý"));
    f.at_step(HEAD, &code, "giao", &[("agency", "H32.103")]).await.to();
    let petition = f.petition(&code).await;
    assert_eq!((petition.agency, petition.promised_at), (f.ward.id, Some(promised)));
    // A commune answers like a department.
    let id = f.id();
    let fields: Vec<(&str, &str)> = [("id", id.as_str())].into_iter().chain(RESOLVED.iter().copied()).collect();
    f.at_step(WARD_SPECIALIST, &code, "tra-loi", &fields).await.to();
    f.at_step(WARD_LEADER, &code, "duyet", &[]).await.to();
    assert_eq!(f.petition(&code).await.state, State::Answered);
}

#[store::test]
async fn what_a_result_asks_for_must_be_there(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let code = f.entered(&meeting, "H32.103", ROAD).await;
    f.assigned(&code).await;
    let id = f.id();
    let wrong: [(&[(&str, &str)], &str); 5] = [
        (&[("result", ""), ("answer", "Đã xem")], "Xin chọn kết quả"),
        (&[("result", "resolved"), ("answer", " ")], "Xin ghi nội dung"),
        (&[("result", "not-yet"), ("answer", "Chưa làm")], "Xin nêu lý do"),
        (&[("result", "in-progress"), ("answer", "Đang làm"), ("step-1-words", "Khảo sát")], "mỗi mốc có việc và ngày"),
        (
            &[("result", "in-progress"), ("answer", "Đang làm"), ("step-1-words", "Xem"), ("step-1-due", "2026-11-18")],
            "từ hôm nay trở đi",
        ),
    ];
    for (fields, told) in wrong {
        let fields: Vec<(&str, &str)> = [("id", id.as_str())].into_iter().chain(fields.iter().copied()).collect();
        let answer = f.at_step(SPECIALIST, &code, "tra-loi", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
    }
    assert_eq!(f.petition(&code).await.state, State::Assigned);
}

#[store::test]
async fn a_leader_sends_an_answer_back(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let code = f.entered(&meeting, "H32.103", ROAD).await;
    f.assigned(&code).await;
    let id = f.id();
    let fields = [("id", id.as_str()), ("result", "resolved"), ("answer", "Sẽ xem.")];
    f.at_step(SPECIALIST, &code, "tra-loi", &fields).await.to();
    assert_eq!(f.at_step(SPECIALIST, &code, "duyet", &[]).await.status, StatusCode::FORBIDDEN);
    f.at_step(LEADER, &code, "lam-lai", &[("reason", "Nói rõ ngày nào")]).await.to();
    assert_eq!(f.petition(&code).await.state, State::Working);
    assert!(f.get(SPECIALIST, &format!("{LIST}/{code}")).await.page().contains("Nói rõ ngày nào"));
    assert!(!f.get(NOBODY, &format!("/kien-nghi-cu-tri/{code}")).await.page().contains("Sẽ xem."));
}

#[store::test]
async fn what_is_promised_is_watched_and_followed_up_until_it_is_done(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let code = f.entered(&meeting, "H32.103", ROAD).await;
    f.assigned(&code).await;
    f.answered(&code, PROMISED).await;
    let public = f.get(NOBODY, &format!("/kien-nghi-cu-tri/{code}")).await.page();
    assert!(public.contains("Khảo sát") && public.contains("01/12/2026") && !public.contains("Quá ngày"), "{public}");
    f.on("2026-12-01T20:00:00+07:00");
    assert_eq!(crate::actions::watch_road_maps(&f.app).await.unwrap(), 0, "the day itself is in time");
    f.on("2026-12-02T07:00:00+07:00");
    assert_eq!(crate::actions::watch_road_maps(&f.app).await.unwrap(), 1);
    assert_eq!(crate::actions::watch_road_maps(&f.app).await.unwrap(), 0, "it is told once");
    assert!(f.get(NOBODY, &format!("/kien-nghi-cu-tri/{code}")).await.page().contains("Quá ngày"));

    assert_eq!(f.post(WARD_CLERK, &format!("{LIST}/{code}/theo-doi"), &[]).await.status, StatusCode::NOT_FOUND);
    let later = f.meeting("13", "2027-04-06").await;
    f.on("2027-04-06T09:00:00+07:00");
    let words = [("meeting", later.as_str()), ("follow-words", "Mới xong khảo sát")];
    f.post(CLERK, &format!("{LIST}/{code}/theo-doi"), &words).await.to();
    assert_eq!(f.petition(&code).await.state, State::FollowedUp);
    f.post(SPECIALIST, &format!("{LIST}/{code}/lo-trinh/1"), &[]).await.to();
    assert_eq!(f.post(SPECIALIST, &format!("{LIST}/{code}/lo-trinh/1"), &[]).await.status, StatusCode::CONFLICT);

    let before = f.petition(&code).await;
    f.post(CLERK, &format!("{LIST}/{code}/tai-giam-sat"), &[("supervise-words", "Nêu rõ ngày xong")]).await.to();
    let again = f.petition(&code).await;
    assert_eq!((again.state, again.rounds, again.answered_at), (State::Working, 1, None));
    assert!(again.promised_at > before.promised_at, "its clock begins anew");
    f.answered(&code, RESOLVED).await;
    let public = f.get(NOBODY, &format!("/kien-nghi-cu-tri/{code}")).await.page();
    for part in ["Mới xong khảo sát", "Nêu rõ ngày xong", "Đã sửa xong đường Ví Dụ.", "Đã bố trí vốn."]
    {
        assert!(public.contains(part), "{part}: {public}");
    }
    f.post(CLERK, &format!("{LIST}/{code}/ket-thuc"), &[("close-words", "Cử tri đồng ý")]).await.to();
    assert_eq!(f.petition(&code).await.state, State::Closed);
    assert_eq!(
        f.post(CLERK, &format!("{LIST}/{code}/tai-giam-sat"), &[("supervise-words", "?")]).await.status,
        StatusCode::CONFLICT
    );
}

#[store::test]
async fn who_takes_no_part_does_not_find_it_and_a_look_at_voters_is_written_down(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let code = f.entered(&meeting, "H32.103", ROAD).await;
    for address in [format!("{LIST}/{code}"), format!("{LIST}/{code}/cu-tri")] {
        for who in [STRANGER, WARD_CLERK, SPECIALIST] {
            assert_eq!(f.get(who, &address).await.status, StatusCode::NOT_FOUND, "{who} {address}");
        }
    }
    assert!(!f.get(STRANGER, LIST).await.page().contains(&code));
    assert!(f.get(DESK, LIST).await.page().contains(&code));
    let id = f.petition(&code).await.id;
    let looks = async || journal::reads_of_person(&f.app.store, id, None, 10).await.unwrap().rows.len();
    assert!(!f.get(DESK, &format!("{LIST}/{code}")).await.page().contains("Trần Thị Demo"));
    assert_eq!(looks().await, 0);
    assert!(f.get(DESK, &format!("{LIST}/{code}/cu-tri")).await.page().contains("Trần Thị Demo"));
    assert_eq!(looks().await, 1);
}

#[store::test]
async fn what_is_beyond_the_province_is_forwarded_in_public_and_what_is_no_petition_is_not(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let central = f.entered(&meeting, "H32.103", "Đề nghị điều chỉnh mức đóng bảo hiểm").await;
    let fields = [("forwarded-to", "Bộ Nội vụ"), ("public-words", "Đề nghị điều chỉnh mức đóng bảo hiểm")];
    f.at_step(DESK, &central, "chuyen", &fields).await.to();
    let public = f.get(NOBODY, &format!("/kien-nghi-cu-tri/{central}")).await.page();
    assert!(public.contains("Bộ Nội vụ") && public.contains("Chuyển cơ quan Trung ương"), "{public}");
    let praise = f.entered(&meeting, "H32.103", "Cử tri khen đường đẹp").await;
    f.at_step(DESK, &praise, "tu-choi", &[("reason", "Không có kiến nghị")]).await.to();
    assert_eq!(f.get(NOBODY, &format!("/kien-nghi-cu-tri/{praise}")).await.status, StatusCode::NOT_FOUND);
    assert!(f.get(CLERK, &format!("{LIST}/{praise}")).await.page().contains("Không có kiến nghị"));
}

#[store::test]
async fn a_form_sent_twice_enters_one_petition(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let id = f.id();
    let fields = [("id", id.as_str()), ("meeting", &meeting), ("place", "H32.103"), ("words", ROAD)];
    let once = f.post(CLERK, &format!("{LIST}/them"), &fields).await.to();
    assert_eq!(f.post(CLERK, &format!("{LIST}/them"), &fields).await.to(), once);
    assert!(queries::by_code(f.app.store.read(), "KN-26-000002").await.unwrap().is_none());
    let empty = f.post(CLERK, &format!("{LIST}/them"), &[("id", &f.id()), ("voter", "Bà Ba")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["Xin chọn kỳ họp", "Xin chọn xã", "Xin ghi nội dung", "Bà Ba"] {
        assert!(empty.body.contains(part), "{part}");
    }
}

#[store::test]
async fn a_step_is_done_at_the_page_of_its_own_petition_only(f: Fixture) {
    let meeting = f.meeting("12", "2026-12-08").await;
    let code = f.entered(&meeting, "H32.103", ROAD).await;
    let other = f.entered(&meeting, "H32.103", "Đề nghị thêm đèn đường").await;
    let step = f.step(&other).await.id;
    let reason = [("reason", "Không rõ nội dung")];
    let answer = f.post(DESK, &format!("{LIST}/{code}/buoc/{step}/tu-choi"), &reason).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!((f.petition(&code).await.state, f.petition(&other).await.state), (State::New, State::New));
    f.post(DESK, &format!("{LIST}/{other}/buoc/{step}/tu-choi"), &reason).await.to();
    assert_eq!(f.petition(&other).await.state, State::Refused);
}
