//! A gateway that loses, doubles, delays, reorders and lies, falls silent for an hour, and a program that is cut off in the
//! middle: the next day's file agrees with every payment, and every one has one receipt.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use base::{FixedRandom, Random};
use contracts::crossing::{Comparison, Crossing as _};
use store::Sql;

use crate::charge::{Attempt, State};
use crate::gateway::{Notice, Status};
use crate::pages::fixture::{Fixture, HEAD, SECRET, Says, paid};
use crate::pages::tests::reconciling::{file, sent};
use crate::queries;

/// Payments of one step.
const TOGETHER: usize = 100;

/// What the gateway says of a payment, in the order in which it arrives; each says it to whoever signs with the secret.
fn said(attempt: &Attempt, random: &dyn Random) -> Vec<(Notice, &'static str)> {
    let told = paid(attempt);
    let failed = Notice { status: Status::Failed, ..told.clone() };
    let lie = Notice { amount: 1, ..told.clone() };
    match random.below(10) {
        0 => Vec::new(),
        1 => vec![(told.clone(), SECRET), (told, SECRET)],
        2 => vec![(failed, SECRET), (told, SECRET)],
        3 => vec![(told, SECRET), (failed, SECRET)],
        4 => vec![(lie, SECRET)],
        5 => vec![(told, "khác")],
        _ => vec![(told, SECRET)],
    }
}

#[store::test]
async fn the_next_days_file_agrees_with_every_payment(f: Fixture) {
    let count: usize = std::env::var("TINHSO_PAYMENTS").map_or(200, |count| count.parse().unwrap());
    let random: &dyn Random = &FixedRandom::new(23);
    let mut begun: Vec<Attempt> = Vec::new();
    let mut late: Vec<(Notice, &str)> = Vec::new();
    for step in 0..count.div_ceil(TOGETHER) {
        let (hour, minute) = (9 + step / 30, step % 30 * 2);
        f.on(&format!("2026-11-20T{hour:02}:{minute:02}:00+07:00"));
        // In the second hour nothing is said at all, and nothing answered.
        let silent = hour == 10;
        for number in step * TOGETHER..count.min((step + 1) * TOGETHER) {
            let amount = 10_000 + i64::try_from(number).unwrap();
            let charge = f.due(&format!("H32.103-261120-{number:05}"), amount).await;
            let attempt = f.begin(charge, "cong").await;
            f.says(&attempt.order, if silent { Says::Nothing } else { Says::Notice(paid(&attempt)) });
            for (notice, secret) in said(&attempt, random) {
                if silent || random.below(10) == 0 {
                    late.push((notice, secret));
                } else {
                    f.calls(&notice, secret).await;
                }
            }
            begun.push(attempt);
        }
        // The program stops wherever it is, and begins anew.
        let _ = tokio::time::timeout(Duration::from_millis(random.below(20)), f.work()).await;
    }
    for attempt in &begun {
        f.says(&attempt.order, Says::Notice(paid(attempt)));
    }
    // What was delayed comes last first.
    f.on("2026-11-20T15:00:00+07:00");
    for (notice, secret) in late.into_iter().rev() {
        f.calls(&notice, secret).await;
    }
    for hour in 16..24 {
        f.on(&format!("2026-11-20T{hour}:00:00+07:00"));
        f.work().await;
    }
    f.on("2026-11-21T08:00:00+07:00");
    sent(&f, HEAD, "2026-11-20", &file(begun.iter().map(paid))).await.to();
    let counted = queries::paid(f.app.store.clone());
    let compared: BTreeMap<_, _> =
        counted.figures(None, "2026-11-20".parse().unwrap()).await.unwrap().into_iter().collect();
    let all = i64::try_from(count).unwrap();
    assert_eq!(compared, BTreeMap::from([(Comparison::Matched, all)]));
    f.work().await;
    let receipts: Vec<(i64, uuid::Uuid)> = Sql::new("SELECT number, charge_id FROM payments_receipts ORDER BY number")
        .all(f.app.store.read(), |row| Ok((row.get(0)?, row.get(1)?)))
        .await
        .unwrap();
    assert!(receipts.iter().map(|(number, _)| *number).eq(1..=all), "a receipt is missing or twice");
    assert_eq!(receipts.iter().map(|(_, charge)| charge).collect::<BTreeSet<_>>().len(), count);
    for attempt in &begun {
        assert_eq!(f.charge(attempt.charge).await.state, State::Paid);
    }
}
