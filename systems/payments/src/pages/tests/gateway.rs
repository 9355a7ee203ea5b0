//! A gateway that answers slowly, twice, wrongly signed, with a wrong amount, out of order, or never.

use base::Id;
use http::StatusCode;
use store::Sql;

use crate::charge::{State, Tried};
use crate::gateway::{Notice, Status};
use crate::pages::fixture::{DESK, Fixture, PAYER, SECRET, Says, paid};
use crate::queries;

const CODE: &str = "H32.103-261120-0001";

#[store::test]
async fn a_payment_through_the_gateway_counts_once_however_often_it_is_told(f: Fixture) {
    let charge = f.due(CODE, 150_000).await;
    let attempt = f.begin(charge, "cong").await;
    let page = f.get(PAYER, &format!("/thanh-toan/{charge}")).await.page();
    assert!(page.contains("Tới cổng thanh toán") && page.contains("signature="), "{page}");
    // Coming back from the gateway says nothing, whatever stands in the address.
    let back = f.get(PAYER, &format!("/thanh-toan/{charge}?status=paid&amount=150000")).await.page();
    assert!(back.contains("Đang thanh toán"), "{back}");
    let told = paid(&attempt);
    assert_eq!(f.calls(&told, SECRET).await, "taken");
    for _ in 0..3 {
        assert_eq!(f.calls(&told, SECRET).await, "repeated");
    }
    // A failure that was overtaken.
    assert_eq!(f.calls(&Notice { status: Status::Failed, ..told }, SECRET).await, "repeated");
    assert_eq!(f.charge(charge).await.state, State::Paid);
    assert_eq!(f.story(charge).await, ["payments.opened", "payments.attempted", "payments.paid"]);
    let begun = f.post(PAYER, &format!("/thanh-toan/{charge}/cong"), &[("id", &f.id().to_string())]).await;
    assert_eq!(begun.status, StatusCode::CONFLICT);
}

#[store::test]
async fn what_is_not_the_gateways_or_not_the_order_is_refused_and_noted(f: Fixture) {
    let (charge, other) = (f.due(CODE, 150_000).await, f.due("H32.103-261120-0002", 150_000).await);
    let (attempt, second) = (f.begin(charge, "cong").await, f.begin(other, "cong").await);
    assert_eq!(f.calls(&paid(&attempt), "khác").await, "403");
    assert_eq!(f.calls(&Notice { amount: 15_000, ..paid(&attempt) }, SECRET).await, "wrong-amount");
    assert_eq!(f.calls(&Notice { order: "H32.103-1".to_owned(), ..paid(&attempt) }, SECRET).await, "unknown-order");
    assert_eq!(f.charge(charge).await.state, State::Paying);
    let page = f.get(DESK, &format!("/thanh-toan-xu-ly/{charge}")).await.page();
    assert!(page.contains("Sai số tiền"), "{page}");
    assert_eq!(f.calls(&paid(&attempt), SECRET).await, "taken");
    let stolen = Notice { transaction: paid(&attempt).transaction, ..paid(&second) };
    assert_eq!(f.calls(&stolen, SECRET).await, "wrong-transaction");
    assert_eq!(f.charge(other).await.state, State::Paying);
}

#[store::test]
async fn who_gives_up_may_try_again_and_who_pays_twice_is_told_of(f: Fixture) {
    let charge = f.due(CODE, 150_000).await;
    let first = f.begin(charge, "cong").await;
    assert_eq!(f.calls(&Notice { status: Status::Failed, ..paid(&first) }, SECRET).await, "taken");
    assert_eq!(f.charge(charge).await.state, State::Open);
    assert!(f.get(PAYER, &format!("/thanh-toan/{charge}")).await.page().contains("không thành công"));
    let second = f.begin(charge, "cong").await;
    assert_eq!(second.order, format!("{CODE}-2"));
    assert_eq!(f.calls(&paid(&second), SECRET).await, "taken");
    // The first went through after all.
    assert_eq!(f.calls(&paid(&first), SECRET).await, "paid-twice");
    assert!(f.get(DESK, &format!("/thanh-toan-xu-ly/{charge}")).await.page().contains("Nộp hai lần"));
    assert_eq!(f.charge(charge).await.amount, 150_000);
}

#[store::test]
async fn a_silent_gateway_is_asked_after_a_quarter_of_an_hour(f: Fixture) {
    let charge = f.due(CODE, 150_000).await;
    let attempt = f.begin(charge, "cong").await;
    f.says(&attempt.order, Says::Slowly(paid(&attempt)));
    f.on("2026-11-20T09:14:59+07:00");
    f.work().await;
    assert_eq!(f.charge(charge).await.state, State::Paying);
    f.on("2026-11-20T09:15:00+07:00");
    f.work().await;
    assert_eq!(f.charge(charge).await.state, State::Paid);
    // It calls at last.
    assert_eq!(f.calls(&paid(&attempt), SECRET).await, "repeated");
}

/// How the stand-in treats the payment of this number.
fn behaviour(number: usize) -> &'static str {
    ["calls", "twice", "silent", "slow", "forged", "wrong-amount", "gives-up", "late-failure", "never", "forged-answer"]
        [number % 10]
}

#[store::test]
async fn two_hundred_payments_all_end_where_the_gateway_has_them(f: Fixture) {
    let mut begun = Vec::new();
    for number in 0..200_i64 {
        let charge = f.due(&format!("H32.103-261120-{number:04}"), 10_000 + number).await;
        begun.push((charge, f.begin(charge, "cong").await));
    }
    for (number, (_, attempt)) in begun.iter().enumerate() {
        let told = paid(attempt);
        let failed = Notice { status: Status::Failed, ..told.clone() };
        match behaviour(number) {
            "twice" => {
                f.calls(&told, SECRET).await;
                f.calls(&told, SECRET).await;
            }
            "silent" => f.says(&attempt.order, Says::Notice(told)),
            "slow" => f.says(&attempt.order, Says::Slowly(told)),
            "forged" => drop(f.calls(&told, "khác").await),
            "wrong-amount" => drop(f.calls(&Notice { amount: 1, ..told }, SECRET).await),
            "gives-up" => drop(f.calls(&failed, SECRET).await),
            "late-failure" => {
                f.calls(&told, SECRET).await;
                f.calls(&failed, SECRET).await;
            }
            "never" => f.says(&attempt.order, Says::Nothing),
            "forged-answer" => f.says(&attempt.order, Says::WronglySigned(told)),
            _ => drop(f.calls(&told, SECRET).await),
        }
    }
    f.on("2026-11-20T09:30:00+07:00");
    f.work().await;
    let mut paid_charges = 0;
    for (number, (charge, attempt)) in begun.iter().enumerate() {
        let behaviour = behaviour(number);
        let wanted = match behaviour {
            "calls" | "twice" | "silent" | "slow" | "late-failure" => State::Paid,
            "gives-up" => State::Open,
            _ => State::Paying,
        };
        let found = f.charge(*charge).await;
        assert_eq!(found.state, wanted, "{behaviour}");
        paid_charges += i64::from(wanted == State::Paid);
        let attempt = queries::attempt_by_order(f.app.store.read(), &attempt.order).await.unwrap().unwrap();
        assert_eq!(attempt.state == Tried::Paid, wanted == State::Paid, "{behaviour}");
        // Whatever is not settled says on its page, or on that of deliveries, why.
        let heard = queries::heard_of(f.app.store.read(), *charge).await.unwrap();
        let asked = open_questions(&f, *charge).await;
        let explained = wanted != State::Paying || asked > 0 || heard.iter().any(|one| one.verdict == "wrong-amount");
        assert!(explained, "{behaviour}");
    }
    assert_eq!(paid_charges, 100);
    let numbers: Vec<i64> = Sql::new("SELECT number FROM payments_receipts ORDER BY number")
        .all(f.app.store.read(), |row| row.get(0))
        .await
        .unwrap();
    assert_eq!(numbers, (1..=100).collect::<Vec<_>>());
}

/// Questions about a charge that stand on the ledger without an answer.
async fn open_questions(f: &Fixture, charge: Id) -> i64 {
    Sql::new("SELECT count(*) FROM exchange_deliveries WHERE subject_id = $1 AND state <> 'delivered'")
        .bind(charge.uuid())
        .one(f.app.store.read(), |row| row.get(0))
        .await
        .unwrap()
        .unwrap()
}
