//! Who denounces stays sealed.

use http::StatusCode;

use crate::letter::{Complexity, State};
use crate::pages::fixture::{
    CITIZEN, COLLEAGUE, DEPUTY, DESK, Fixture, HEAD, INSPECTOR, LEADER, NOBODY, code_of, passphrase,
};
use crate::queries;

const DENUNCIATION: &[(&str, &str)] = &[
    ("name", "Trần Thị Demo"),
    ("number", "056158000001"),
    ("phone", "0901000001"),
    ("against", "Ông Mẫu"),
    ("words", "Nhận tiền ngày 05/10 tại phòng 3"),
];

const MET: [(&str, &str); 8] = [
    ("met", "chu-ky"),
    ("met", "ho-ten"),
    ("met", "tieng-viet"),
    ("met", "tham-quyen"),
    ("met", "co-so"),
    ("met", "chua-giai-quyet"),
    ("met", "ban-chinh"),
    ("met", "loi-le"),
];

async fn sealed(f: &Fixture) -> (String, String) {
    f.appointed().await;
    let picture = photos::demo::street(1).unwrap();
    let receipt = f.sent(NOBODY, "/don-thu/to-cao", DENUNCIATION, &[("files", "so-tay.jpg", &picture)]).await;
    (code_of(&receipt), receipt)
}

#[store::test]
async fn a_denunciation_is_not_taken_while_nobody_could_read_it(f: Fixture) {
    let page = f.get(NOBODY, "/don-thu/to-cao").await.page();
    assert!(page.contains("cổng chưa nhận") && !page.contains("name=\"words\""), "{page}");
    let secret = "a".repeat(64);
    let fields: Vec<_> = [("khoa", secret.as_str())].into_iter().chain(DENUNCIATION.iter().copied()).collect();
    let answer = f.upload(NOBODY, "/don-thu/to-cao", &fields, &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(queries::by_code(f.app.store.read(), "DT-26-000001").await.unwrap().is_none());
    // On paper it is registered, without anything that was said.
    let paper = [("kind", "denunciation"), ("source", "post")];
    let code = code_of(&f.sent(DESK, "/don-thu-xu-ly/moi", &paper, &[]).await);
    let shown = f.get(DESK, &format!("/don-thu-xu-ly/{code}")).await.page();
    assert!(shown.contains("Chỉ có đơn giấy"), "{shown}");
}

#[store::test]
async fn a_denunciation_is_opened_with_passphrase_and_reason_and_concluded_without_the_name(f: Fixture) {
    let (code, receipt) = sealed(&f).await;
    let address = format!("/don-thu-xu-ly/{code}");
    for who in [DESK, INSPECTOR, COLLEAGUE, LEADER] {
        let shown = f.get(who, &address).await.page();
        for hidden in ["Trần Thị Demo", "056158000001", "0901000001", "Ông Mẫu", "phòng 3", "so-tay"] {
            assert!(!shown.contains(hidden), "{who} sees {hidden}");
        }
    }
    // Neither colleague nor leader, not even with the right passphrase; nor a holder.
    assert_eq!(f.open(COLLEAGUE, &code, &passphrase(INSPECTOR)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.open(LEADER, &code, &passphrase(LEADER)).await.status, StatusCode::FORBIDDEN);
    f.make_key(COLLEAGUE).await.to();
    assert_eq!(f.open(COLLEAGUE, &code, &passphrase(COLLEAGUE)).await.status, StatusCode::NOT_FOUND);

    let letter = f.letter(&code).await;
    let summary = [("summary", "Tố cáo cán bộ nhận tiền"), ("commune", "H32.103")];
    let early = f.post(INSPECTOR, &format!("{address}/tom-tat"), &summary).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "nobody sums up what they did not read");
    let wrong = f.open(INSPECTOR, &code, "sai mật khẩu mất rồi").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("không đúng") && !wrong.body.contains("sai mật khẩu"), "{}", wrong.body);
    let hasty = [("passphrase", passphrase(INSPECTOR)), ("reason", "xem".to_owned())];
    let hasty: Vec<(&str, &str)> = hasty.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let hasty = f.post(INSPECTOR, &format!("{address}/mo-niem-phong"), &hasty).await;
    assert_eq!(hasty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(queries::openings(f.app.store.read(), letter.id).await.unwrap().is_empty());

    let opened = f.open(INSPECTOR, &code, &passphrase(INSPECTOR)).await.page();
    for part in
        ["Trần Thị Demo", "056158000001", "0901000001", "Ông Mẫu", "phòng 3", "so-tay.jpg", "data:image/jpeg;base64,"]
    {
        assert!(opened.contains(part), "{part}");
    }
    assert!(!opened.contains(&passphrase(INSPECTOR)));
    let history = journal::history(&f.app.store, letter.id).await.unwrap();
    let opening = history.iter().find(|line| line.verb == "complaints.opened").unwrap();
    assert_eq!(opening.actor.person.map(|id| id.to_string()), Some(f.person_of(INSPECTOR)));
    assert!(!opening.data.to_string().contains("Điều 24"), "the reason stays beside the letter");
    assert_eq!(queries::openings(f.app.store.read(), letter.id).await.unwrap()[0].reason, "Xử lý ban đầu theo Điều 24");

    let early = f.at_step(INSPECTOR, &code, "de-xuat", &read("accept")).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "the summary comes first");
    f.post(INSPECTOR, &format!("{address}/tom-tat"), &summary).await.to();
    f.at_step(INSPECTOR, &code, "de-xuat", &read("accept")).await.to();
    f.at_step(LEADER, &code, "duyet", &[]).await.to();
    for complexity in [Complexity::Complex, Complexity::VeryComplex] {
        f.post(LEADER, &format!("{address}/gia-han"), &[("reason", "Nhiều nơi phải xác minh")]).await.to();
        assert_eq!(f.letter(&code).await.complexity, complexity);
    }
    let third = f.post(LEADER, &format!("{address}/gia-han"), &[("reason", "Nữa")]).await;
    assert_eq!(third.status, StatusCode::CONFLICT);
    let found = [("finding", "right"), ("words", "Có việc nhận tiền.")];
    f.at_step(INSPECTOR, &code, "ket-luan", &found).await.to();
    f.at_step(LEADER, &code, "quyet-dinh", &[]).await.to();
    f.at_step(INSPECTOR, &code, "thi-hanh", &[("words", "Đã gửi kết luận")]).await.to();
    assert_eq!(f.letter(&code).await.state, State::Closed);
    let told = f.get(NOBODY, &receipt).await.page();
    assert!(told.contains("Đã kết thúc") && told.contains("đã mở niêm phong"), "{told}");
    assert!(!told.contains("Demo") && !told.contains("nhận tiền"), "{told}");
}

fn read(outcome: &str) -> Vec<(&str, &str)> {
    let rest = [("outcome", outcome), ("field", "hanh-chinh"), ("commune", "H32.103"), ("reasons", "Có cơ sở.")];
    MET.iter().copied().chain(rest).collect()
}

#[store::test]
async fn whoever_is_signed_in_is_named_nowhere(f: Fixture) {
    f.appointed().await;
    let code = code_of(&f.sent(CITIZEN, "/don-thu/to-cao", DENUNCIATION, &[]).await);
    let history = journal::history(&f.app.store, f.letter(&code).await.id).await.unwrap();
    assert_eq!(history[0].actor, journal::Actor::default());
    let person = f.person.to_string();
    assert!(!history.iter().any(|line| format!("{line:?}").contains(&person)));
}

#[store::test]
async fn a_denunciation_typed_at_the_desk_is_sealed_from_whoever_typed_it(f: Fixture) {
    f.appointed().await;
    let fields: Vec<_> =
        [("kind", "denunciation"), ("source", "desk")].into_iter().chain(DENUNCIATION.iter().copied()).collect();
    let code = code_of(&f.sent(DESK, "/don-thu-xu-ly/moi", &fields, &[]).await);
    let shown = f.get(DESK, &format!("/don-thu-xu-ly/{code}")).await.page();
    assert!(!shown.contains("Demo") && !shown.contains("phòng 3"), "{shown}");
    let found = f.get(DESK, "/don-thu-xu-ly?tim=demo").await.page();
    assert!(!found.contains(&code), "search does not tell");
    assert!(f.open(INSPECTOR, &code, &passphrase(INSPECTOR)).await.page().contains("phòng 3"));
}

#[store::test]
async fn wrong_passphrases_are_counted(f: Fixture) {
    let (code, _) = sealed(&f).await;
    for _ in 0..5 {
        let wrong = f.open(INSPECTOR, &code, "không phải mật khẩu").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let right = f.open(INSPECTOR, &code, &passphrase(INSPECTOR)).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "{}", right.body);
    f.on("2026-11-19T10:30:00+07:00");
    f.open(INSPECTOR, &code, &passphrase(INSPECTOR)).await.page();
}

#[store::test]
async fn two_holders_together_appoint_a_successor_and_one_alone_does_not(f: Fixture) {
    let (code, _) = sealed(&f).await;
    f.make_key(COLLEAGUE).await.to();
    let colleague = f.person_of(COLLEAGUE);
    let page = "/don-thu-xu-ly/niem-phong";
    let alone = f.post(LEADER, &format!("{page}/chi-dinh"), &[("person", &colleague)]).await;
    assert_eq!(alone.status, StatusCode::CONFLICT, "something is sealed: a leader no longer appoints");

    let id = "0198c0de-0000-7000-8000-000000000001";
    let begin = |who: &str| {
        let passphrase = passphrase(who);
        vec![("id", id.to_owned()), ("person", colleague.clone()), ("passphrase", passphrase)]
    };
    let stranger = begin(COLLEAGUE);
    let stranger: Vec<(&str, &str)> = stranger.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = f.post(COLLEAGUE, &format!("{page}/ke-nhiem"), &stranger).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "no holder");
    let begun = begin(DEPUTY);
    let begun: Vec<(&str, &str)> = begun.iter().map(|(name, value)| (*name, value.as_str())).collect();
    f.post(DEPUTY, &format!("{page}/ke-nhiem"), &begun).await.to();
    assert_eq!(f.open(COLLEAGUE, &code, &passphrase(COLLEAGUE)).await.status, StatusCode::NOT_FOUND);

    let complete = format!("{page}/ke-nhiem/{id}");
    let same = f.post(DEPUTY, &complete, &[("passphrase", &passphrase(DEPUTY))]).await;
    assert_eq!(same.status, StatusCode::NOT_FOUND, "the same person twice is one holder");
    let appointed = f.post(INSPECTOR, &complete, &[("passphrase", &passphrase(INSPECTOR))]).await;
    assert_eq!(appointed.status, StatusCode::NOT_FOUND, "an appointed officer is no holder");
    let wrong = f.post(HEAD, &complete, &[("passphrase", &passphrase(DEPUTY))]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    f.post(HEAD, &complete, &[("passphrase", &passphrase(HEAD))]).await.to();
    assert!(f.open(COLLEAGUE, &code, &passphrase(COLLEAGUE)).await.page().contains("phòng 3"));

    // Later letters are sealed to both; who is dismissed opens nothing any more.
    let next = code_of(&f.sent(NOBODY, "/don-thu/to-cao", DENUNCIATION, &[]).await);
    f.open(COLLEAGUE, &next, &passphrase(COLLEAGUE)).await.page();
    f.open(INSPECTOR, &next, &passphrase(INSPECTOR)).await.page();
    f.post(LEADER, &format!("{page}/thoi"), &[("person", &f.person_of(INSPECTOR))]).await.to();
    assert_eq!(f.open(INSPECTOR, &code, &passphrase(INSPECTOR)).await.status, StatusCode::NOT_FOUND);
}

#[store::test]
async fn a_holder_is_followed_by_another_and_the_old_one_is_out(f: Fixture) {
    let (code, _) = sealed(&f).await;
    f.make_key(COLLEAGUE).await.to();
    f.make_key(DESK).await.to();
    let page = "/don-thu-xu-ly/niem-phong";
    let begin = async |who: &str, id: &str, person: &str, seat: &str| {
        let (person, passphrase) = (f.person_of(person), passphrase(who));
        let fields = [("id", id), ("person", person.as_str()), ("seat", seat), ("passphrase", passphrase.as_str())];
        f.post(who, &format!("{page}/ke-nhiem"), &fields).await
    };
    let complete = async |who: &str, id: &str| {
        f.post(who, &format!("{page}/ke-nhiem/{id}"), &[("passphrase", &passphrase(who))]).await
    };
    let (seat, officer) = ("0198c0de-0000-7000-8000-000000000001", "0198c0de-0000-7000-8000-000000000002");
    begin(DEPUTY, seat, DESK, "1").await.to();
    complete(HEAD, seat).await.to();
    // The leader had the first seat; the desk has it now.
    assert_eq!(begin(LEADER, officer, COLLEAGUE, "").await.status, StatusCode::NOT_FOUND);
    begin(DESK, officer, COLLEAGUE, "").await.to();
    assert_eq!(complete(LEADER, officer).await.status, StatusCode::NOT_FOUND);
    complete(DEPUTY, officer).await.to();
    assert!(f.open(COLLEAGUE, &code, &passphrase(COLLEAGUE)).await.page().contains("phòng 3"));
}

#[store::test]
async fn holders_are_three_people_and_fixed_once_all_have_keys(f: Fixture) {
    let (one, two, three) = (f.person_of(LEADER), f.person_of(DEPUTY), f.person_of(HEAD));
    let page = "/don-thu-xu-ly/niem-phong/nguoi-giu";
    let twice = [("holder-1", one.as_str()), ("holder-2", one.as_str()), ("holder-3", three.as_str())];
    assert_eq!(f.post(LEADER, page, &twice).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let all = [("holder-1", one.as_str()), ("holder-2", two.as_str()), ("holder-3", three.as_str())];
    assert_eq!(f.post(INSPECTOR, page, &all).await.status, StatusCode::FORBIDDEN);
    f.post(LEADER, page, &all).await.to();
    let early = f.post(LEADER, "/don-thu-xu-ly/niem-phong/chi-dinh", &[("person", one.as_str())]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    for who in [LEADER, DEPUTY, HEAD] {
        f.make_key(who).await.to();
    }
    assert_eq!(f.make_key(HEAD).await.status, StatusCode::CONFLICT, "one key for one person");
    assert_eq!(f.post(LEADER, page, &all).await.status, StatusCode::CONFLICT);
    let short = [("passphrase", "ngắn"), ("again", "ngắn")];
    let short = f.post(INSPECTOR, "/don-thu-xu-ly/niem-phong/khoa", &short).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!short.body.contains("value=\"ngắn\""));
}
