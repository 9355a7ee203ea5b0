//! Several people before the same pile.

use std::collections::BTreeSet;

use base::{Error, Id, PositionKind};
use flow::actions::Flow;
use system::Caller;

use crate::acts::{Act, pass, submit};
use crate::province::Province;

/// What somebody gets who asks for what is due first.
async fn next(province: &Province, caller: &Caller) -> Option<Id> {
    let app = &province.app;
    let taken = app
        .store
        .write(async |tx| {
            let flow = Flow { tx, app, now: app.now(), actor: caller.actor() };
            Ok::<_, Error>(flow.claim_next(caller.officer()?).await?.map(|step| step.case))
        })
        .await;
    taken.unwrap()
}

#[store::test]
async fn colleagues_who_ask_at_the_same_moment_get_different_work_and_what_is_due_first(province: Province) {
    let mut filed = Vec::new();
    for _ in 0..4 {
        filed.push(submit(&province, 0).await.unwrap());
        pass(&province, Act::Hours(1)).await.unwrap();
    }
    let agency = filed[0].agency;
    let colleague = |number| province.officer(agency, PositionKind::Reception, None, number);
    let (first, second) = (colleague(0), colleague(1));
    let (one, other) = tokio::join!(next(&province, &first), next(&province, &second));
    let of = |dossiers: &[dossiers::dossier::Dossier]| dossiers.iter().map(|dossier| dossier.case).collect();
    let both: BTreeSet<Id> = [one, other].into_iter().flatten().collect();
    let due_first: BTreeSet<Id> = of(&filed[..2]);
    assert_eq!(both, due_first);
    let rest: Vec<Option<Id>> = vec![next(&province, &first).await, next(&province, &second).await];
    assert_eq!(rest, [Some(filed[2].case), Some(filed[3].case)]);
    assert_eq!(next(&province, &first).await, None, "nothing is left");
}
