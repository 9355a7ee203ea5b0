//! A portal that loses, answers nonsense, ends sessions and falls silent: in the end it has every dossier as it is.

use std::collections::BTreeMap;

use base::{FixedRandom, Random};
use contracts::crossing::{Comparison, Crossing as _};

use crate::pages::fixture::Fixture;
use crate::queries::synchronised;

const COURSES: [&[(&str, u8)]; 3] = [
    &[("dossiers.submitted", 1), ("dossiers.not-received", 3)],
    &[("dossiers.submitted", 1), ("dossiers.received", 2), ("dossiers.taken-up", 4), ("dossiers.finished", 9)],
    &[
        ("dossiers.submitted", 1),
        ("dossiers.received", 2),
        ("dossiers.supplement-asked", 5),
        ("dossiers.supplement-answered", 4),
        ("dossiers.finished", 9),
        ("dossiers.returned", 10),
    ],
];

#[store::test]
async fn the_portal_ends_with_every_dossier_as_it_is(f: Fixture) {
    let count: usize = std::env::var("TINHSO_NATIONAL_DOSSIERS").map_or(60, |count| count.parse().unwrap());
    let random = FixedRandom::new(11);
    {
        let mut portal = f.portal.lock().unwrap();
        (portal.lost_before, portal.lost_after) = (10, 20);
        (portal.nonsense, portal.session_ends) = (25, 50);
    }
    let dossiers: Vec<_> = (0..count).map(|number| f.dossier(number)).collect();
    let refused = dossiers[1].code.clone();
    f.portal.lock().unwrap().refused.insert(refused.clone());
    for (hour, step) in (9..).zip(0..6) {
        f.on(&format!("2026-11-20T{hour:02}:00:00+07:00"));
        // For an hour nothing is answered at all.
        f.portal.lock().unwrap().silent = step == 2;
        for (number, dossier) in dossiers.iter().enumerate() {
            if let Some((verb, state)) = COURSES[number % 3].get(step) {
                f.happens(dossier, verb, *state).await;
            }
            // Some rounds of the worker fall between two changes, so that old and new are under way together.
            if (&random as &dyn Random).below(50) == 0 {
                f.hear_events().await;
                exchange::run(&f.app).await.unwrap();
            }
        }
        f.hear_events().await;
        f.work().await;
    }
    for hour in 15..24 {
        f.on(&format!("2026-11-20T{hour}:00:00+07:00"));
        f.work().await;
    }
    for day in 21..25 {
        for hour in ["06", "12", "18", "23"] {
            f.on(&format!("2026-11-{day}T{hour}:00:00+07:00"));
            f.work().await;
        }
    }
    let mut explained = 0;
    for (number, dossier) in dossiers.iter().enumerate() {
        let (ours, told) = (COURSES[number % 3].last().unwrap().1, f.told(dossier).await);
        if f.theirs(&dossier.code) == Some(ours.to_string()) && told.is_matched() {
            continue;
        }
        assert_eq!(told.refused.as_deref(), Some("05: Mã TTHC chưa công bố"), "{told:?}");
        explained += 1;
    }
    let synchronised = synchronised(f.app.store.clone());
    let mut compared = BTreeMap::new();
    for day in ["2026-11-20", "2026-11-21"] {
        for (comparison, found) in synchronised.figures(None, day.parse().unwrap()).await.unwrap() {
            *compared.entry(comparison).or_insert(0) += found;
        }
    }
    let all = i64::try_from(count).unwrap();
    assert_eq!(compared, BTreeMap::from([(Comparison::Matched, all - 1), (Comparison::Different, 1)]));
    assert_eq!(explained, 1, "only the refused one is left, and says so");
    assert!(f.portal.lock().unwrap().made.values().all(|times| *times == 1));
}
