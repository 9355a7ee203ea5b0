//! The portal has every dossier as it is, or it stands on the page why not; what is filed there becomes one dossier here.

mod arriving;
mod faults;

use super::fixture::{DESK, Fixture, NUMBER, STRANGER};

#[store::test]
async fn the_portal_is_told_of_every_change_with_who_and_what_it_is(f: Fixture) {
    let dossier = f.dossier(1);
    f.change(&dossier, "dossiers.submitted", 1).await;
    f.work().await;
    let told = f.portal.lock().unwrap().dossiers[&dossier.code].clone();
    assert_eq!((told.applicant.as_str(), told.applicant_number.as_str()), ("Trần Thị Demo", NUMBER));
    assert_eq!((told.field_name.as_str(), told.channel.as_str()), ("Ví dụ", "2"));
    assert_eq!((told.submitted.as_str(), told.received.as_str()), ("20261120090000", ""));
    assert!(f.portal.lock().unwrap().progress[&dossier.code] > 0);
    for (verb, state) in [("dossiers.received", 2), ("dossiers.taken-up", 4), ("dossiers.finished", 9)] {
        f.change(&dossier, verb, state).await;
        f.work().await;
        assert_eq!(f.theirs(&dossier.code), Some(state.to_string()));
    }
    assert!(f.told(&dossier).await.is_matched());
    assert_eq!(f.portal.lock().unwrap().made[&dossier.code], 1);
    assert!(f.get(DESK, "/lien-thong-quoc-gia").await.page().contains(&dossier.code));
    assert!(!f.get(DESK, "/lien-thong-quoc-gia?chua-khop=1").await.page().contains(&dossier.code));
    assert!(!f.get(STRANGER, "/lien-thong-quoc-gia").await.page().contains(&dossier.code));
}

#[store::test]
async fn only_the_newest_is_told_and_the_same_event_twice_is_one(f: Fixture) {
    let dossier = f.dossier(1);
    for (verb, state) in [("dossiers.submitted", 1), ("dossiers.received", 2), ("dossiers.taken-up", 4)] {
        f.change(&dossier, verb, state).await;
    }
    f.work().await;
    // The dossier and its steps, once each; what was queued behind is known by then.
    assert_eq!(f.portal.lock().unwrap().calls, 2);
    assert_eq!(f.theirs(&dossier.code).as_deref(), Some("4"));
    f.hear_events().await;
    f.work().await;
    assert_eq!(f.portal.lock().unwrap().calls, 2);
}

#[store::test]
async fn what_the_portal_refuses_stands_there_in_its_words_until_it_takes_it(f: Fixture) {
    let dossier = f.dossier(1);
    f.portal.lock().unwrap().refused.insert(dossier.code.clone());
    f.change(&dossier, "dossiers.submitted", 1).await;
    f.work().await;
    let page = f.get(DESK, "/lien-thong-quoc-gia?chua-khop=1").await.page();
    assert!(page.contains("05: Mã TTHC chưa công bố"), "{page}");
    f.portal.lock().unwrap().refused.clear();
    f.change(&dossier, "dossiers.received", 2).await;
    f.work().await;
    assert!(f.told(&dossier).await.is_matched());
    assert!(!f.get(DESK, "/lien-thong-quoc-gia").await.page().contains("05:"));
}
