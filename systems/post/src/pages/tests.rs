//! What is chosen is carried once, where it is is told to whom it concerns, and nothing a carrier says leads back.

mod carrying;
mod comparing;
mod faults;

use http::StatusCode;

use super::fixture::{APPLICANT, DESK, Fixture, OTHER, SECRET, STRANGER};
use crate::carrier::Status;
use crate::order::{Leg, State};

#[store::test]
async fn who_files_chooses_the_post_with_what_is_held_and_nobody_else_sees_it(f: Fixture) {
    let dossier = f.dossier(1, 4);
    let address = format!("/buu-chinh/{}", dossier.code);
    let page = f.get(APPLICANT, &address).await.page();
    for held in ["Trần Thị Demo", "0950000001", "1 đường Ví Dụ", "Nhận kết quả tại nhà"] {
        assert!(page.contains(held), "{held}: {page}");
    }
    assert!(!page.contains("Gửi giấy tờ từ nhà"), "work goes on already: {page}");
    assert_eq!(f.get(OTHER, &address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.choose(OTHER, &dossier.code, "return", f.id()).await.status, StatusCode::NOT_FOUND);
    let form = f.id();
    for _ in 0..2 {
        assert_eq!(f.choose(APPLICANT, &dossier.code, "return", form).await.to(), address);
    }
    assert_eq!(f.standing(&dossier).await, [(Leg::Return, State::Wanted)]);
    assert_eq!(f.choose(APPLICANT, &dossier.code, "return", f.id()).await.status, StatusCode::CONFLICT);
    let order = f.orders(&dossier).await.remove(0);
    assert_eq!(order.code, format!("{}-1", dossier.code));
    let desk = format!("/buu-chinh-xu-ly/{}", order.id);
    assert!(f.get(DESK, "/buu-chinh-xu-ly").await.page().contains(&order.code));
    assert!(f.get(DESK, &desk).await.page().contains("1 đường Ví Dụ"));
    assert!(!f.get(STRANGER, "/buu-chinh-xu-ly").await.page().contains(&order.code));
    assert_eq!(f.get(STRANGER, &desk).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.get(STRANGER, &format!("{desk}/phieu-gui")).await.status, StatusCode::NOT_FOUND);
    let cancel = [("order", order.id.to_string())];
    let cancel = cancel.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(f.post(OTHER, &format!("{address}/huy"), &cancel).await.status, StatusCode::NOT_FOUND);
    f.post(APPLICANT, &format!("{address}/huy"), &cancel).await.to();
    assert_eq!(f.order(order.id).await.state, State::Cancelled);
    assert!(f.get(APPLICANT, &address).await.page().contains("Đặt dịch vụ bưu chính"), "it may be chosen anew");
}

#[store::test]
async fn what_is_wrong_is_said_beside_the_field_and_kept(f: Fixture) {
    let dossier = f.dossier(1, 4);
    let id = f.id().to_string();
    let wrong = [("id", id.as_str()), ("name", ""), ("phone", "123"), ("address", " "), ("note", "ghi chú này")];
    let answer = f.post(APPLICANT, &format!("/buu-chinh/{}", dossier.code), &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["Chọn một cách", "Ghi họ tên", "Ghi số điện thoại", "Ghi địa chỉ", "ghi chú này"]
    {
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
    }
    assert!(f.orders(&dossier).await.is_empty());
    let late = f.dossier(2, 10);
    assert_eq!(f.choose(APPLICANT, &late.code, "return", f.id()).await.status, StatusCode::CONFLICT);
}

#[store::test]
async fn papers_for_the_letters_of_a_day_are_printed(f: Fixture) {
    let order = f.sent(1).await;
    f.work().await;
    assert_eq!(f.order(order.id).await.state, State::Created);
    let label = f.get(DESK, &format!("/buu-chinh-xu-ly/{}/phieu-gui", order.id)).await;
    assert!(label.body.starts_with("%PDF"), "{}", label.body);
    let list = f.get(DESK, "/buu-chinh-xu-ly/ban-giao").await.page();
    assert!(list.contains(&order.code), "{list}");
    assert!(f.get(DESK, "/buu-chinh-xu-ly/ban-giao/in?ngay=2026-11-20").await.body.starts_with("%PDF"));
    for elsewhere in [
        f.get(DESK, "/buu-chinh-xu-ly/ban-giao?ngay=2026-11-19").await.page(),
        f.get(STRANGER, "/buu-chinh-xu-ly/ban-giao").await.page(),
    ] {
        assert!(!elsewhere.contains(&order.code), "{elsewhere}");
    }
    assert_eq!(f.get(DESK, "/buu-chinh-xu-ly/ban-giao?ngay=hom-nay").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[store::test]
async fn what_came_back_says_what_is_to_be_done(f: Fixture) {
    let order = f.sent(1).await;
    f.work().await;
    let words = [(Status::Accepted, 1), (Status::Failed, 2), (Status::Returned, 3)];
    let words = words.map(|(status, minutes)| f.happens(&order.code, status, minutes));
    assert_eq!(f.calls(&order.code, &words[..2], SECRET).await, "taken taken");
    assert!(f.get(DESK, "/buu-chinh-xu-ly?trang-thai=failed").await.page().contains("Gọi cho người nhận"));
    assert_eq!(f.calls(&order.code, &words, SECRET).await, "repeated repeated taken");
    assert!(f.get(DESK, "/buu-chinh-xu-ly?trang-thai=returned").await.page().contains("mời người nhận đến lấy"));
    // The result still lies there: it may be sent anew.
    let again = f.choose(APPLICANT, &order.dossier_code, "return", f.id()).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}
