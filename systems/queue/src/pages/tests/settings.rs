use base::Id;
use http::StatusCode;

use crate::pages::fixture::{Fixture, HEAD, NOBODY, OTHER_HEAD};
use crate::queries;

#[store::test]
async fn the_head_of_a_desk_says_what_it_has_and_nobody_elses_is_touched(f: Fixture) {
    let page = f.get(OTHER_HEAD, "/quay/thiet-lap").await.page();
    assert!(page.contains("Bắt đầu cho lấy số"), "{page}");
    f.post(OTHER_HEAD, "/quay/thiet-lap/bat-dau", &[]).await.to();
    assert_eq!(f.post(OTHER_HEAD, "/quay/thiet-lap/bat-dau", &[]).await.status, StatusCode::CONFLICT);
    assert!(f.get(NOBODY, "/lay-so/H32.101").await.page().contains("Hộ tịch"));

    let (counter, kind) = (f.counter(1).await, f.kind("A").await);
    for address in [format!("/quay/thiet-lap/quay/{}", counter.id), format!("/quay/thiet-lap/loai-viec/{}", kind.id)] {
        assert_eq!(f.post(OTHER_HEAD, &format!("{address}/dong"), &[]).await.status, StatusCode::NOT_FOUND);
    }
    let id = Id::new(f.app.now()).to_string();
    f.post(HEAD, "/quay/thiet-lap/loai-viec", &[("id", &id), ("letter", "x"), ("name", "Xác nhận")]).await.to();
    let new = [("id", id.as_str()), ("number", "4"), ("counter-name", "Xác nhận"), ("serves", id.as_str())];
    f.post(HEAD, "/quay/thiet-lap/quay", &new).await.to();
    assert_eq!(f.counter(4).await.serves, [id.parse().unwrap()]);
    f.draw("X", "").await;
    assert_eq!(f.call(4).await.as_deref(), Some("X001"));
    let close = format!("/quay/thiet-lap/quay/{id}/dong");
    assert_eq!(f.post(HEAD, &close, &[]).await.status, StatusCode::CONFLICT, "somebody is there");
    f.finish(4).await;
    f.post(HEAD, &close, &[]).await.to();
    assert_eq!(queries::counters(f.app.store.read(), f.ward.id).await.unwrap().len(), 3);
}

#[store::test]
async fn who_drew_a_ticket_of_a_kind_that_is_closed_is_still_called(f: Fixture) {
    f.draw("B", "").await;
    let (closed, other) = (f.kind("B").await.id, f.kind("C").await.id.to_string());
    f.post(HEAD, &format!("/quay/thiet-lap/loai-viec/{closed}/dong"), &[]).await.to();
    assert!(!f.get(NOBODY, "/lay-so/H32.103").await.page().contains("Đất đai"));
    let own = format!("/quay/thiet-lap/quay/{}", f.counter(2).await.id);
    f.post(HEAD, &own, &[("counter-name", "Quầy mới"), ("serves", &other)]).await.to();
    assert_eq!(f.call(2).await.as_deref(), Some("B001"));
}

#[store::test]
async fn what_is_wrong_with_a_counter_is_said_beside_the_field(f: Fixture) {
    let (id, kind) = (Id::new(f.app.now()).to_string(), f.kind("A").await.id.to_string());
    let send = async |fields: &[(&str, &str)]| {
        let answer = f.post(HEAD, "/quay/thiet-lap/quay", fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.body
    };
    let wrong = send(&[("id", &id), ("number", "0"), ("counter-name", " ")]).await;
    assert!(wrong.contains("từ 1 đến 99") && wrong.contains("không quá 60 ký tự"), "{wrong}");
    let none = send(&[("id", &id), ("number", "8"), ("counter-name", "Mẫu")]).await;
    assert!(none.contains("ít nhất một loại việc"), "{none}");
    let taken = send(&[("id", &id), ("number", "1"), ("counter-name", "Mẫu"), ("serves", &kind)]).await;
    assert!(taken.contains("Đã có quầy mang số này") && taken.contains("Mẫu"), "{taken}");
    let letters = f.post(HEAD, "/quay/thiet-lap/loai-viec", &[("id", &id), ("letter", "A"), ("name", "Mẫu")]).await;
    assert!(letters.body.contains("đã dùng cho loại việc khác"), "{}", letters.body);
    let own = format!("/quay/thiet-lap/quay/{}", f.counter(1).await.id);
    let renamed = f.post(HEAD, &own, &[("counter-name", "Quầy mới"), ("serves", &kind)]).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER);
    assert_eq!(f.counter(1).await.name, "Quầy mới");
    assert_eq!(f.post(HEAD, &own, &[("counter-name", "Quầy mới")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
