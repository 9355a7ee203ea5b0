//! From the wish to the door.

use http::StatusCode;

use crate::carrier::Status;
use crate::order::{Leg, State};
use crate::pages::fixture::{APPLICANT, DESK, Fixture, SECRET, said};

#[store::test]
async fn a_result_goes_to_the_carrier_when_it_is_there_and_is_followed_to_the_door(f: Fixture) {
    let dossier = f.dossier(1, 4);
    f.choose(APPLICANT, &dossier.code, "return", f.id()).await.to();
    f.work().await;
    assert_eq!(f.standing(&dossier).await, [(Leg::Return, State::Wanted)]);
    f.tell(&dossier, "dossiers.finished", 9).await;
    f.tell(&dossier, "dossiers.finished", 9).await;
    f.work().await;
    let order = f.orders(&dossier).await.remove(0);
    assert_eq!(order.state, State::Created);
    assert_eq!(f.carrier.lock().unwrap().orders[&order.code].0, 1, "it was told once");
    let page = format!("/buu-chinh/{}", dossier.code);
    for (status, minutes, shown) in [
        (Status::Accepted, 1, "Bưu chính đã nhận"),
        (Status::Delivering, 2, "Đang phát"),
        (Status::Delivered, 3, "Đã phát"),
    ] {
        assert_eq!(f.calls(&order.code, &[said(&order.code, status, minutes)], SECRET).await, "taken");
        let page = f.get(APPLICANT, &page).await.page();
        assert!(page.contains(shown) && page.contains("Bưu cục Ví Dụ"), "{page}");
        assert!(page.contains(&format!("VD{}", order.code)) && !page.contains("Hủy đơn"), "{page}");
    }
    assert_eq!(
        f.story(order.id).await,
        ["post.wanted", "post.created", "post.accepted", "post.delivering", "post.delivered"]
    );
}

#[store::test]
async fn papers_are_fetched_at_once_and_the_result_follows(f: Fixture) {
    let dossier = f.dossier(1, 1);
    f.choose(APPLICANT, &dossier.code, "both", f.id()).await.to();
    f.work().await;
    assert_eq!(f.standing(&dossier).await, [(Leg::Collect, State::Created), (Leg::Return, State::Wanted)]);
    f.tell(&dossier, "dossiers.not-received", 3).await;
    f.work().await;
    assert_eq!(f.standing(&dossier).await, [(Leg::Collect, State::Cancelled), (Leg::Return, State::Cancelled)]);
}

#[store::test]
async fn only_the_seal_of_the_carrier_counts_and_words_never_lead_back(f: Fixture) {
    let (order, other) = (f.sent(1).await, f.sent(2).await);
    f.work().await;
    let delivered = said(&order.code, Status::Delivered, 9);
    assert_eq!(f.calls(&order.code, std::slice::from_ref(&delivered), "khác").await, "403");
    assert_eq!(f.order(order.id).await.state, State::Created);
    assert_eq!(f.calls(&order.code, std::slice::from_ref(&delivered), SECRET).await, "taken");
    // What was on its way when the letter was handed over.
    let late = [said(&order.code, Status::Accepted, 1), said(&order.code, Status::Failed, 2)];
    assert_eq!(f.calls(&order.code, &late, SECRET).await, "overtaken overtaken");
    assert_eq!(f.calls(&order.code, std::slice::from_ref(&delivered), SECRET).await, "repeated");
    assert_eq!(f.order(order.id).await.state, State::Delivered);
    assert_eq!(f.calls("H32.103-261120-0009-1", &[said("x", Status::Accepted, 1)], SECRET).await, "unknown-order");
    assert_eq!(f.calls(&other.code, &[said(&other.code, Status::Accepted, 1)], SECRET).await, "taken");
    let mut wrong = said(&other.code, Status::Delivered, 2);
    wrong.tracking = "VD-khác".to_owned();
    assert_eq!(f.calls(&other.code, &[wrong], SECRET).await, "wrong-tracking");
    assert_eq!(f.order(other.id).await.state, State::Accepted);
    assert!(f.get(DESK, &format!("/buu-chinh-xu-ly/{}", other.id)).await.page().contains("Sai mã vận đơn"));
}

#[store::test]
async fn an_order_is_called_off_until_the_carrier_has_it(f: Fixture) {
    let (free, kept, gone) = (f.sent(1).await, f.sent(2).await, f.sent(3).await);
    let cancel = async |order: &crate::order::Order| {
        let id = order.id.to_string();
        f.post(APPLICANT, &format!("/buu-chinh/{}/huy", order.dossier_code), &[("order", &id)]).await
    };
    f.work().await;
    // Accepted, and nobody has told us.
    f.happens(&kept.code, Status::Accepted, 1);
    f.calls(&gone.code, &[said(&gone.code, Status::Accepted, 1)], SECRET).await;
    assert_eq!(cancel(&gone).await.status, StatusCode::CONFLICT);
    for order in [&free, &kept] {
        cancel(order).await.to();
        assert_eq!(f.order(order.id).await.state, State::Created);
        assert_eq!(cancel(order).await.status, StatusCode::CONFLICT, "the carrier is being asked");
    }
    f.work().await;
    assert_eq!(f.order(free.id).await.state, State::Cancelled);
    let kept = f.order(kept.id).await;
    assert_eq!((kept.state, kept.cancel_asked_at), (State::Accepted, None));
    assert_eq!(f.calls(&free.code, &[said(&free.code, Status::Delivering, 5)], SECRET).await, "after-cancel");
    assert!(f.get(DESK, &format!("/buu-chinh-xu-ly/{}", free.id)).await.page().contains("liên hệ bưu chính"));
}

#[store::test]
async fn a_silent_carrier_is_asked_after_a_day_until_the_letter_is_there(f: Fixture) {
    let order = f.sent(1).await;
    f.work().await;
    f.happens(&order.code, Status::Accepted, 1);
    f.happens(&order.code, Status::Delivering, 2);
    f.on("2026-11-21T08:59:59+07:00");
    f.work().await;
    assert_eq!(f.order(order.id).await.state, State::Created);
    f.on("2026-11-21T09:00:00+07:00");
    f.work().await;
    assert_eq!(f.order(order.id).await.state, State::Delivering);
    f.happens(&order.code, Status::Delivered, 3);
    f.on("2026-11-22T09:00:00+07:00");
    f.work().await;
    assert_eq!(f.order(order.id).await.state, State::Delivered);
    f.on("2026-12-22T09:00:00+07:00");
    f.work().await;
    // Carried once, asked twice, and never again.
    assert_eq!(f.deliveries(order.id, "delivered").await, 3);
}
