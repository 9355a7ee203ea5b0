//! People send letters, officers read, verify and decide them, all by the pages.

mod seals;

use http::StatusCode;

use super::fixture::{
    CITIZEN, DESK, Fixture, INSPECTOR, LEADER, NOBODY, WARD_DESK, WARD_INSPECTOR, WARD_LEADER, code_of,
};
use crate::letter::{Complexity, Outcome, State};
use crate::{access, queries};

/// Somebody of the ward complains of a decision of it.
const COMPLAINT: &[(&str, &str)] = &[
    ("kind", "complaint"),
    ("to", "H32.103"),
    ("field", "dat-dai"),
    ("commune", "H32.103"),
    ("against", "Quyết định 12/QĐ-UBND"),
    ("words", "Bồi thường thiếu 12 m² đất vườn."),
    ("name", "Trần Thị Demo"),
    ("number", "056158000001"),
    ("phone", "0901000001"),
    ("people", "6"),
];

const MET: [(&str, &str); 9] = [
    ("met", "chu-ky"),
    ("met", "ho-ten"),
    ("met", "tieng-viet"),
    ("met", "tham-quyen"),
    ("met", "truc-tiep"),
    ("met", "thoi-hieu"),
    ("met", "chua-giai-quyet"),
    ("met", "ban-chinh"),
    ("met", "loi-le"),
];

fn reading<'a>(met: &[(&'a str, &'a str)], outcome: &'a str) -> Vec<(&'a str, &'a str)> {
    let rest = [("outcome", outcome), ("field", "dat-dai"), ("commune", "H32.103"), ("reasons", "Đã đọc kỹ đơn.")];
    met.iter().copied().chain(rest).collect()
}

async fn accepted(f: &Fixture) -> String {
    let code = code_of(&f.sent(NOBODY, "/don-thu/gui", COMPLAINT, &[]).await);
    f.at_step(WARD_INSPECTOR, &code, "de-xuat", &reading(&MET, "accept")).await.to();
    f.at_step(WARD_LEADER, &code, "duyet", &[]).await.to();
    code
}

#[store::test]
async fn a_complaint_goes_from_the_portal_to_a_decision_that_is_carried_out(f: Fixture) {
    let receipt =
        f.sent(NOBODY, "/don-thu/gui", COMPLAINT, &[("files", "qd.jpg", &photos::demo::street(1).unwrap())]).await;
    let code = code_of(&receipt);
    assert_eq!(code, "DT-26-000001");
    let told = f.get(NOBODY, &receipt).await.page();
    assert!(told.contains("Đã tiếp nhận") && told.contains("Xin giữ đường dẫn này"), "{told}");
    assert_eq!(f.get(NOBODY, &format!("/don-thu/da-gui/{code}")).await.status, StatusCode::NOT_FOUND);

    assert!(f.get(WARD_INSPECTOR, "/viec").await.page().contains(&code));
    assert!(f.get(WARD_DESK, "/don-thu-xu-ly?tim=demo").await.page().contains(&code));
    let shown = f.get(WARD_INSPECTOR, &format!("/don-thu-xu-ly/{code}")).await.page();
    assert!(shown.contains("Bồi thường thiếu") && !shown.contains("056158000001"), "{shown}");
    let sender = f.get(WARD_INSPECTOR, &format!("/don-thu-xu-ly/{code}/nguoi-gui")).await.page();
    assert!(sender.contains("Trần Thị Demo") && sender.contains("056158000001"), "{sender}");
    let letter = f.letter(&code).await;
    let reads = journal::reads_of_thing(&f.app.store, letter.id, None, 10).await.unwrap();
    assert_eq!(reads.rows.len(), 1);

    f.at_step(WARD_INSPECTOR, &code, "de-xuat", &reading(&MET, "accept")).await.to();
    f.at_step(WARD_LEADER, &code, "duyet", &[]).await.to();
    let letter = f.letter(&code).await;
    assert_eq!((letter.state, letter.outcome), (State::Accepted, Some(Outcome::Accept)));
    // 30 days of the almanac after 19 November, which end on a Saturday.
    assert_eq!(letter.due_at.unwrap().to_rfc3339(), "2026-12-21T10:00:00+00:00");

    let day = [("held-on", "2026-11-19"), ("minutes", "Hai bên thống nhất đo lại.")];
    f.post(WARD_INSPECTOR, &format!("/don-thu-xu-ly/{code}/doi-thoai"), &day).await.to();
    let extended = [("reason", "Phải đo đạc lại")];
    f.post(WARD_LEADER, &format!("/don-thu-xu-ly/{code}/gia-han"), &extended).await.to();
    let letter = f.letter(&code).await;
    assert_eq!(letter.complexity, Complexity::Complex);
    // 45 days end on 3 January, a Sunday.
    assert_eq!(letter.due_at.unwrap().to_rfc3339(), "2027-01-04T10:00:00+00:00");
    let again = f.post(WARD_LEADER, &format!("/don-thu-xu-ly/{code}/gia-han"), &extended).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "a complaint is extended once");

    let found = [("finding", "partly"), ("words", "Thiếu 8 m².")];
    f.at_step(WARD_INSPECTOR, &code, "ket-luan", &found).await.to();
    f.at_step(WARD_LEADER, &code, "xac-minh-them", &[("reason", "Nêu số thửa")]).await.to();
    f.at_step(WARD_INSPECTOR, &code, "ket-luan", &found).await.to();
    f.at_step(WARD_LEADER, &code, "quyet-dinh", &[]).await.to();
    assert_eq!(f.letter(&code).await.state, State::Decided);
    f.at_step(WARD_INSPECTOR, &code, "thi-hanh", &[("words", "Đã chi trả")]).await.to();
    assert_eq!(f.letter(&code).await.state, State::Closed);
    let told = f.get(NOBODY, &receipt).await.page();
    for part in ["Đã kết thúc", "Đã đối thoại", "Đã gia hạn"] {
        assert!(told.contains(part), "{part}: {told}");
    }

    for (paper, kind) in [("xu-ly.pdf", "application/pdf"), ("ket-qua.docx", "application/vnd")] {
        let printed = f.get(WARD_INSPECTOR, &format!("/don-thu-xu-ly/{code}/van-ban/{paper}")).await;
        assert_eq!(printed.status, StatusCode::OK, "{paper}: {}", printed.body);
        assert!(printed.kind.unwrap().starts_with(kind), "{paper}");
    }

    // The second complaint is a letter of its own with a longer clock.
    let mut second = COMPLAINT.to_vec();
    second.push(("previous", &code));
    let next = code_of(&f.sent(NOBODY, "/don-thu/gui", &second, &[]).await);
    let letter = f.letter(&next).await;
    assert_eq!((letter.instance, letter.previous), (2, Some(f.letter(&code).await.id)));
    f.at_step(WARD_INSPECTOR, &next, "de-xuat", &reading(&MET, "accept")).await.to();
    f.at_step(WARD_LEADER, &next, "duyet", &[]).await.to();
    assert_eq!(f.letter(&next).await.due_at.unwrap().to_rfc3339(), "2027-01-04T10:00:00+00:00");
}

#[store::test]
async fn only_what_the_conditions_allow_can_be_proposed_and_nobody_is_guided_twice(f: Fixture) {
    let code = code_of(&f.sent(NOBODY, "/don-thu/gui", COMPLAINT, &[]).await);
    let without: Vec<_> = MET.iter().copied().filter(|(_, code)| *code != "tham-quyen").collect();
    for unlawful in ["accept", "file", "transfer"] {
        let answer = f.at_step(WARD_INSPECTOR, &code, "de-xuat", &reading(&without, unlawful)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{unlawful}");
        assert!(answer.body.contains("không cho phép cách xử lý này") && answer.body.contains("Đã đọc kỹ đơn."));
    }
    let complete = f.at_step(WARD_INSPECTOR, &code, "de-xuat", &reading(&MET, "guide")).await;
    assert_eq!(complete.status, StatusCode::UNPROCESSABLE_ENTITY, "what lacks nothing is accepted");
    f.at_step(WARD_INSPECTOR, &code, "de-xuat", &reading(&without, "guide")).await.to();
    f.at_step(WARD_LEADER, &code, "duyet", &[]).await.to();
    assert_eq!(f.letter(&code).await.state, State::Guided);

    // The same again is recognised, and not guided once more.
    let again = code_of(&f.sent(CITIZEN, "/don-thu/gui", COMPLAINT, &[]).await);
    let shown = f.get(WARD_INSPECTOR, &format!("/don-thu-xu-ly/{again}")).await.page();
    assert!(shown.contains("Giống các đơn") && shown.contains(&code) && shown.contains("không hướng dẫn lần nữa"));
    let refused = f.at_step(WARD_INSPECTOR, &again, "de-xuat", &reading(&without, "guide")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    f.at_step(WARD_INSPECTOR, &again, "de-xuat", &reading(&without, "file")).await.to();
    f.at_step(WARD_LEADER, &again, "lam-lai", &[("reason", "Xem lại")]).await.to();
    assert_eq!(f.letter(&again).await.state, State::Received);
}

#[store::test]
async fn the_same_form_sent_twice_makes_one_letter_and_what_is_missing_is_said_at_once(f: Fixture) {
    let secret = f.secret(NOBODY, "/don-thu/gui").await;
    let wrong = [("khoa", secret.as_str()), ("kind", "complaint"), ("against", "Quyết định 12")];
    let answer = f.upload(NOBODY, "/don-thu/gui", &wrong, &[("files", "a.txt", b"abc")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("a.txt") && answer.body.contains("Quyết định 12") && answer.body.contains(&secret));
    let answer = f.upload(NOBODY, "/don-thu/gui", &wrong, &[]).await;
    for part in ["Xin ghi họ tên", "Xin ghi nội dung", "Xin chọn lĩnh vực", "Xin chọn nơi nhận", "Xin chọn xã"]
    {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
    let fields: Vec<(&str, &str)> = [("khoa", secret.as_str())].into_iter().chain(COMPLAINT.iter().copied()).collect();
    let once = f.upload(NOBODY, "/don-thu/gui", &fields, &[]).await.to();
    assert_eq!(f.upload(NOBODY, "/don-thu/gui", &fields, &[]).await.to(), once);
    assert!(queries::by_code(f.app.store.read(), "DT-26-000002").await.unwrap().is_none());
}

#[store::test]
async fn a_letter_of_another_agency_does_not_exist(f: Fixture) {
    let code = code_of(&f.sent(NOBODY, "/don-thu/gui", COMPLAINT, &[]).await);
    for address in [format!("/don-thu-xu-ly/{code}"), format!("/don-thu-xu-ly/{code}/nguoi-gui")] {
        assert_eq!(f.get(INSPECTOR, &address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    assert!(!f.get(DESK, "/don-thu-xu-ly").await.page().contains(&code));
    let answer = f.at_step(INSPECTOR, &code, "de-xuat", &reading(&MET, "accept")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let desk = f.at_step(WARD_DESK, &code, "de-xuat", &reading(&MET, "accept")).await;
    assert_eq!(desk.status, StatusCode::FORBIDDEN, "{}", access::HANDLE);
}

#[store::test]
async fn figures_are_the_sums_of_the_rows(f: Fixture) {
    let first = accepted(&f).await;
    for _ in 0..2 {
        f.sent(NOBODY, "/don-thu/gui", COMPLAINT, &[]).await;
    }
    f.on("2026-12-31T09:00:00+07:00");
    let page = f.get(WARD_LEADER, "/don-thu-xu-ly/thong-ke?tu=2026-11-01&den=2026-11-30").await.page();
    let plain: String = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "<b>3</b><span>Tiếp nhận",
        "<b>1</b><span>Thụ lý",
        "<b>0</b><span>Đã giải quyết",
        "<b>1</b><span>Quá hạn",
        "<b>3</b><span>Đoàn đông người",
        "<b>2</b><span>Đơn lặp lại",
        "Điểm nóng",
        "<td class=\"right num\">18</td>",
    ] {
        assert!(plain.contains(part), "{part}: {plain}");
    }
    assert!(f.letter(&first).await.is_late(f.app.now().utc()));
    let report = f.get(WARD_LEADER, "/don-thu-xu-ly/thong-ke/bao-cao.pdf?tu=2026-11-01&den=2026-11-30").await;
    assert_eq!((report.status, report.kind.as_deref()), (StatusCode::OK, Some("application/pdf")));
    let other = f.get(LEADER, "/don-thu-xu-ly/thong-ke?tu=2026-11-01&den=2026-11-30").await.page();
    assert!(other.contains("<b>0</b><span>Tiếp nhận"), "another agency counts its own");
}

#[store::test]
async fn reception_days_are_announced_and_visits_lead_to_letters(f: Fixture) {
    let code = code_of(&f.sent(NOBODY, "/don-thu/gui", COMPLAINT, &[]).await);
    let id = "0198c0de-0000-7000-8000-000000000001";
    let day =
        [("id", id), ("held-on", "2026-11-26"), ("begins", "08:00"), ("leader", "Chủ tịch"), ("place", "Phòng 1")];
    f.post(WARD_DESK, "/don-thu-xu-ly/lich", &day).await.to();
    f.post(WARD_DESK, "/don-thu-xu-ly/lich", &day).await.to();
    let public = f.get(NOBODY, "/don-thu/lich-tiep-cong-dan?xa=H32.103").await.page();
    assert_eq!(public.matches("26/11/2026").count(), 1, "{public}");
    assert!(!f.get(NOBODY, "/don-thu/lich-tiep-cong-dan?xa=H32.101").await.page().contains("26/11/2026"));
    let visit = [
        ("id", "0198c0de-0000-7000-8000-000000000002"),
        ("people", "2"),
        ("about", "Bồi thường"),
        ("answer", "Đã nhận đơn"),
        ("letter", code.as_str()),
    ];
    let address = format!("/don-thu-xu-ly/lich/{id}");
    f.post(WARD_DESK, &address, &visit).await.to();
    let shown = f.get(WARD_LEADER, &address).await.page();
    assert!(shown.contains(&code) && shown.contains("2 người"), "{shown}");
    assert_eq!(f.get(DESK, &address).await.status, StatusCode::NOT_FOUND);
    let wrong =
        f.post(WARD_DESK, &address, &[("id", id), ("about", "x"), ("answer", "y"), ("letter", "DT-26-999999")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}
