//! What the gateway has of a day is put beside what the program has; whatever differs stands on the page with its reason.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use contracts::crossing::{Comparison, Crossing as _};
use http::StatusCode;

use crate::charge::{Attempt, State};
use crate::gateway::Notice;
use crate::pages::fixture::{DESK, Fixture, HEAD, SECRET, STRANGER, paid};
use crate::queries;

const LIST: &str = "/thanh-toan-xu-ly/doi-soat";

/// A file of the gateway: order, transaction, amount.
pub(super) fn file(lines: impl IntoIterator<Item = Notice>) -> String {
    lines.into_iter().fold("order,transaction,amount\n".to_owned(), |mut file, line| {
        let _ = writeln!(file, "{},{},{}", line.order, line.transaction, line.amount);
        file
    })
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

pub(super) async fn sent(f: &Fixture, who: &str, day: &str, file: &str) -> web::testing::Answered {
    let id = f.id().to_string();
    f.upload(who, LIST, &[("id", &id), ("day", day)], &[("file", "ngay.csv", file.as_bytes())]).await
}

async fn payments(f: &Fixture, count: i64) -> Vec<Attempt> {
    let mut begun = Vec::new();
    for number in 0..count {
        let charge = f.due(&format!("H32.103-261120-{number:04}"), 10_000 + number).await;
        begun.push(f.begin(charge, "cong").await);
    }
    begun
}

#[store::test]
async fn differences_stand_on_the_page_until_somebody_says_why(f: Fixture) {
    let begun = payments(&f, 4).await;
    for attempt in &begun[..3] {
        assert_eq!(f.calls(&paid(attempt), SECRET).await, "taken");
    }
    // The first agrees, the second differs, the third is not there, and one is of nobody.
    let differs = Notice { amount: 1, ..paid(&begun[1]) };
    let foreign = Notice { order: "H32.103-X-1".to_owned(), transaction: "GD-X".to_owned(), ..paid(&begun[0]) };
    let file = file([paid(&begun[0]), differs, foreign]);
    f.on("2026-11-21T08:00:00+07:00");
    assert_eq!(sent(&f, DESK, "2026-11-20", &file).await.status, StatusCode::FORBIDDEN);
    assert_eq!(sent(&f, HEAD, "2026-11-21", &file).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let columns = sent(&f, HEAD, "2026-11-20", "a,b\n1,2\n").await;
    assert!(columns.status == StatusCode::UNPROCESSABLE_ENTITY && columns.body.contains("thiếu cột"), "{columns:?}");
    let statement = sent(&f, HEAD, "2026-11-20", &file).await.to();
    let twice = sent(&f, HEAD, "2026-11-20", &file).await;
    assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.body.contains("đã đối soát"), "{twice:?}");

    let page = f.get(HEAD, &statement).await.page();
    for part in ["Lệch số tiền", "Chỉ bên ta có", "Chỉ bên kia có", "H32.103-X-1", "hỏi cổng thanh toán"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let only_ours = f.get(HEAD, &format!("{statement}?ket-qua=only-ours")).await.page();
    assert!(only_ours.contains(&begun[2].order) && !only_ours.contains("H32.103-X-1"), "{only_ours}");
    // The same of all partners beside each other; the fourth is still being paid.
    let counted = queries::paid(f.app.store.clone());
    let compared: BTreeMap<_, _> = counted.figures(None, day("2026-11-20")).await.unwrap().into_iter().collect();
    let one_each =
        [Comparison::Matched, Comparison::OnlyOurs, Comparison::OnlyTheirs, Comparison::Different, Comparison::Waiting];
    assert_eq!(compared, one_each.map(|comparison| (comparison, 1)).into());
    let rows = counted.rows(Some(f.ward.id), day("2026-11-20"), Comparison::OnlyTheirs, "", 10).await.unwrap();
    assert!(rows.len() == 1 && rows[0].key.starts_with("H32.103-X-1") && rows[0].href == statement, "{rows:?}");
    assert_eq!(f.get(STRANGER, &statement).await.status, StatusCode::FORBIDDEN);

    let close =
        async |number, note| f.post(HEAD, &format!("{statement}/dong"), &[("dong", number), ("note", note)]).await;
    assert_eq!(close("2", " ").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(close("1", "Khớp").await.status, StatusCode::CONFLICT);
    for number in ["2", "3", "4"] {
        close(number, "Đã hỏi cổng thanh toán").await.to();
    }
    assert_eq!(close("2", "Lại nữa").await.status, StatusCode::CONFLICT);
    let page = f.get(HEAD, &statement).await.page();
    assert!(page.contains("Đã hỏi cổng thanh toán") && !page.contains("Đóng chênh lệch"), "{page}");
}

#[store::test]
async fn what_crosses_midnight_is_no_difference_of_either_day(f: Fixture) {
    f.on("2026-11-20T23:59:00+07:00");
    let begun = payments(&f, 1).await;
    f.on("2026-11-21T00:01:00+07:00");
    assert_eq!(f.calls(&paid(&begun[0]), SECRET).await, "taken");
    f.on("2026-11-22T08:00:00+07:00");
    for (day, lines) in [("2026-11-20", vec![paid(&begun[0])]), ("2026-11-21", Vec::new())] {
        let statement = sent(&f, HEAD, day, &file(lines)).await.to();
        assert!(!f.get(HEAD, &statement).await.page().contains("Đóng chênh lệch"), "{day}");
    }
}

#[store::test]
async fn two_hundred_payments_end_reconciled(f: Fixture) {
    let begun = payments(&f, 200).await;
    // Half of the calls are lost; five tell too little.
    for (number, attempt) in begun.iter().enumerate() {
        match number % 40 {
            7 => drop(f.calls(&Notice { amount: 1, ..paid(attempt) }, SECRET).await),
            even if even % 2 == 0 => drop(f.calls(&paid(attempt), SECRET).await),
            _ => {}
        }
    }
    f.on("2026-11-21T08:00:00+07:00");
    let statement = sent(&f, HEAD, "2026-11-20", &file(begun.iter().map(paid))).await.to();
    let page = f.get(HEAD, &statement).await.page();
    assert!(!page.contains("Đóng chênh lệch"), "{page}");
    let sum: i64 = (0..200).map(|number| 10_000 + number).sum();
    assert!(page.contains(&base::Money(sum).to_string()), "{page}");
    for attempt in &begun {
        assert_eq!(f.charge(attempt.charge).await.state, State::Paid);
    }
}
