//! What is due is paid once, by whom it is asked of, and nothing that a gateway says by mistake counts.

mod faults;
mod gateway;
mod reconciling;

use contracts::figures::PaidOnline as _;
use http::StatusCode;

use super::fixture::{DESK, FILED_IT, Fixture, HEAD, OTHER, PAYER, STRANGER, paid};
use crate::charge::{State, Way};
use crate::queries;

const CODE: &str = "H32.103-261120-0001";

#[store::test]
async fn a_charge_is_seen_by_whom_it_concerns_and_by_nobody_else(f: Fixture) {
    let charge = f.due(CODE, 150_000).await;
    let (own, desk) = (format!("/thanh-toan/{charge}"), format!("/thanh-toan-xu-ly/{charge}"));
    for who in [PAYER, FILED_IT] {
        assert!(f.get(who, "/thanh-toan").await.page().contains(CODE));
        let page = f.get(who, &own).await.page();
        assert!(page.contains("150.000 đ") && page.contains("Chờ nộp"), "{page}");
    }
    assert!(!f.get(OTHER, "/thanh-toan").await.page().contains(CODE));
    assert_eq!(f.get(OTHER, &own).await.status, StatusCode::NOT_FOUND);
    assert!(f.get(DESK, "/thanh-toan-xu-ly").await.page().contains(CODE));
    assert!(f.get(DESK, &desk).await.page().contains("Trần Thị Demo"));
    assert!(!f.get(STRANGER, "/thanh-toan-xu-ly").await.page().contains(CODE));
    assert_eq!(f.get(STRANGER, &desk).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.cash(STRANGER, charge, f.id()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.cash(HEAD, charge, f.id()).await.status, StatusCode::FORBIDDEN);
    let begun = [("id", &*f.id().to_string())].map(|(name, value)| (name, value.to_owned()));
    let fields = begun.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(f.post(OTHER, &format!("{own}/cong"), &fields).await.status, StatusCode::NOT_FOUND);
    assert_eq!(f.charge(charge).await.state, State::Open);
}

#[store::test]
async fn what_a_dossier_tells_twice_is_one_charge_and_a_new_one_replaces_what_nobody_paid(f: Fixture) {
    let (dossier, first, second) = (f.id(), f.id(), f.id());
    f.due_for(dossier, first, CODE, 150_000).await;
    f.due_for(dossier, first, CODE, 150_000).await;
    assert_eq!(queries::of_subject(f.app.store.read(), dossier).await.unwrap().len(), 1);
    f.due_for(dossier, second, CODE, 20_000).await;
    assert_eq!(f.charge(first).await.state, State::Cancelled);
    assert_eq!(f.charge(second).await.state, State::Open);
}

#[store::test]
async fn cash_is_taken_once_and_receipts_have_no_gap(f: Fixture) {
    let (one, two, form) = (f.due(CODE, 150_000).await, f.due("H32.103-261120-0002", 20_000).await, f.id());
    for _ in 0..2 {
        f.cash(DESK, one, form).await.to();
    }
    assert_eq!(f.cash(DESK, one, f.id()).await.status, StatusCode::CONFLICT);
    f.cash(DESK, two, f.id()).await.to();
    f.work().await;
    for (charge, number) in [(one, "0000001/BL-2026"), (two, "0000002/BL-2026")] {
        assert_eq!(f.charge(charge).await.paid_by, Some(Way::Cash));
        let page = f.get(PAYER, &format!("/thanh-toan/{charge}")).await.page();
        assert!(page.contains(number) && page.contains("Tải biên lai"), "{page}");
        let paper = f.get(PAYER, &format!("/thanh-toan/{charge}/bien-lai")).await;
        assert_eq!(paper.kind.as_deref(), Some("application/pdf"));
        assert!(paper.body.starts_with("%PDF"));
        assert_eq!(f.get(OTHER, &format!("/thanh-toan/{charge}/bien-lai")).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(f.story(one).await, ["payments.opened", "payments.paid"]);
}

#[store::test]
async fn a_transfer_is_shown_as_a_code_and_counts_when_the_desk_finds_it(f: Fixture) {
    let (charge, other) = (f.due(CODE, 150_000).await, f.due("H32.103-261120-0002", 20_000).await);
    let (attempt, second) = (f.begin(charge, "chuyen-khoan").await, f.begin(other, "chuyen-khoan").await);
    assert_eq!(attempt.order, format!("{CODE}-1"));
    let page = f.get(PAYER, &format!("/thanh-toan/{charge}")).await.page();
    assert!(page.contains("<svg") && page.contains(&attempt.order) && page.contains("0000000000"), "{page}");
    let came = async |charge, order: &str, reference| {
        f.post(DESK, &format!("/thanh-toan-xu-ly/{charge}/chuyen-khoan"), &[("order", order), ("reference", reference)])
            .await
    };
    assert_eq!(came(charge, &attempt.order, " ").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(came(charge, &second.order, "FT-1").await.status, StatusCode::NOT_FOUND);
    came(charge, &attempt.order, "FT-1").await.to();
    assert_eq!(f.charge(charge).await.state, State::Paid);
    let used = came(other, &second.order, "FT-1").await;
    assert!(used.status == StatusCode::UNPROCESSABLE_ENTITY && used.body.contains("đã dùng"), "{}", used.body);
    assert_eq!(f.charge(other).await.state, State::Paying);
}

#[store::test]
async fn what_was_paid_for_a_dossier_that_stops_goes_back(f: Fixture) {
    let (with_paid, with_open) = (f.id(), f.id());
    let (one, two) = (f.id(), f.id());
    f.due_for(with_paid, one, CODE, 150_000).await;
    f.due_for(with_open, two, "H32.103-261120-0002", 20_000).await;
    f.cash(DESK, one, f.id()).await.to();
    let late = f.begin(two, "cong").await;
    f.stopped(with_paid).await;
    f.stopped(with_open).await;
    assert_eq!(f.charge(one).await.state, State::RefundAsked);
    assert_eq!(f.charge(two).await.state, State::Cancelled);
    // The money was on its way already.
    assert_eq!(f.calls(&paid(&late), super::fixture::SECRET).await, "goes-back");
    assert_eq!(f.charge(two).await.state, State::RefundAsked);
    for charge in [one, two] {
        let back = format!("/thanh-toan-xu-ly/{charge}/hoan-tien");
        assert_eq!(f.post(DESK, &back, &[("refund-reference", "HT-1")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(f.post(HEAD, &back, &[("refund-reference", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        f.post(HEAD, &back, &[("refund-reference", "HT-1")]).await.to();
        assert_eq!(f.charge(charge).await.state, State::Refunded);
    }
}

#[store::test]
async fn paid_online_is_what_came_through_the_gateway_while_it_was_due(f: Fixture) {
    let [by_gateway, by_cash, too_late] = [f.id(), f.id(), f.id()];
    let charges = [f.id(), f.id(), f.id()];
    for (number, dossier) in [by_gateway, by_cash, too_late].into_iter().enumerate() {
        f.due_for(dossier, charges[number], &format!("H32.103-261120-000{number}"), 20_000).await;
    }
    let [first, second, third] = charges;
    let (in_time, after) = (f.begin(first, "cong").await, f.begin(third, "cong").await);
    f.cash(DESK, second, f.id()).await.to();
    f.stopped(too_late).await;
    for attempt in [&in_time, &after] {
        f.calls(&paid(attempt), super::fixture::SECRET).await;
    }
    let online = queries::Online::new(f.app.clone());
    let told = async |dossier| online.paid_online(dossier).await.unwrap();
    assert_eq!([told(by_gateway).await, told(by_cash).await, told(too_late).await], [true, false, false]);
}
