use base::Error;
use chrono::TimeDelta;
use store::Sql;
use system::{Authenticate, PositionKind};

use super::{Fixture, browser, day};
use crate::actions::{self, Browser, SignIn};
use crate::queries;

#[store::test]
async fn a_session_ends_when_it_is_not_used_and_in_any_case(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    let idle = f.sign_in("demo.lan").await;
    f.pass(TimeDelta::hours(8));
    assert_eq!(f.session(&idle.secret).await, None);
    let used = f.sign_in("demo.lan").await;
    for _ in 0..3 {
        f.pass(TimeDelta::hours(7));
        assert!(f.session(&used.secret).await.is_some());
    }
    f.pass(TimeDelta::hours(3));
    assert_eq!(f.session(&used.secret).await, None, "24 hours are the longest");
}

#[store::test]
async fn use_is_written_down_at_most_once_a_minute(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    let opened = f.sign_in("demo.lan").await;
    let seen = async || {
        Sql::new("SELECT seen_at FROM identity_sessions")
            .one(f.app.store.read(), |row| row.get::<chrono::DateTime<chrono::Utc>>(0))
            .await
            .unwrap()
            .unwrap()
    };
    let first = f.app.now().utc();
    f.pass(TimeDelta::seconds(59));
    f.session(&opened.secret).await;
    assert_eq!(seen().await, first);
    f.pass(TimeDelta::seconds(1));
    f.session(&opened.secret).await;
    assert_eq!(seen().await, f.app.now().utc());
}

#[store::test]
async fn where_many_are_at_work_their_use_is_written_down_together(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    let (first, second, third) =
        (f.sign_in("demo.lan").await, f.sign_in("demo.lan").await, f.sign_in("demo.lan").await);
    let seen_since = async |at: chrono::DateTime<chrono::Utc>| -> i64 {
        let count = Sql::new("SELECT count(*) FROM identity_sessions WHERE seen_at >= $1").bind(at);
        count.one(f.app.store.read(), |row| row.get(0)).await.unwrap().unwrap()
    };
    f.pass(TimeDelta::minutes(2));
    let at = f.app.now().utc();
    f.session(&first.secret).await;
    assert_eq!(seen_since(at).await, 1, "nothing waits where nobody came just before");
    f.pass(TimeDelta::milliseconds(1500));
    f.session(&second.secret).await;
    assert_eq!(seen_since(at).await, 1);
    f.pass(TimeDelta::milliseconds(500));
    f.session(&third.secret).await;
    assert_eq!(seen_since(at).await, 3);

    f.pass(TimeDelta::minutes(2));
    f.session(&first.secret).await;
    f.pass(TimeDelta::seconds(1));
    let at = f.app.now().utc();
    f.session(&second.secret).await;
    assert_eq!(seen_since(at).await, 0);
    let identity = crate::Identity::of(&f.app).unwrap();
    assert_eq!(identity.signs_of_life.write(&f.app.store, f.app.now()).await.unwrap(), 1);
    assert_eq!(seen_since(at).await, 1, "and by the next round at the latest");
}

#[store::test]
async fn only_the_digest_of_a_secret_is_stored(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    let opened = f.sign_in("demo.lan").await;
    let stored: String = Sql::new("SELECT token FROM identity_sessions")
        .one(f.app.store.read(), |row| row.get(0))
        .await
        .unwrap()
        .unwrap();
    assert_ne!(stored, opened.secret.reveal());
    assert_eq!(f.authenticator.session(&f.app, &stored).await.unwrap(), None, "the digest opens nothing");
}

#[store::test]
async fn signing_in_again_ends_the_session_the_browser_had(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    let before = f.sign_in("demo.lan").await;
    let same = Browser { secret: Some(before.secret.clone()), ..browser() };
    let SignIn::Opened(after) = actions::sign_in(&f.app, &same, "demo.lan", super::PASSWORD).await.unwrap() else {
        panic!("it opens");
    };
    assert_eq!(f.session(&before.secret).await, None);
    assert!(f.session(&after.secret).await.is_some());
}

#[store::test]
async fn the_token_of_forms_stays_the_same_within_a_session_and_differs_between_them(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    let (one, other) = (f.sign_in("demo.lan").await, f.sign_in("demo.lan").await);
    let first = f.session(&one.secret).await.unwrap().csrf;
    f.pass(TimeDelta::minutes(5));
    assert_eq!(f.session(&one.secret).await.unwrap().csrf, first);
    assert_ne!(f.session(&other.secret).await.unwrap().csrf, first);
}

#[store::test]
async fn an_owner_sees_and_ends_only_their_own_sessions(f: Fixture) {
    let (lan, ..) = f.officer("demo.lan", PositionKind::Specialist).await;
    let (mau, ..) = f.officer("demo.mau", PositionKind::Specialist).await;
    let (one, two, foreign) = (f.sign_in("demo.lan").await, f.sign_in("demo.lan").await, f.sign_in("demo.mau").await);
    let listed = queries::sessions_of(f.app.store.read(), lan, f.app.now()).await.unwrap();
    assert_eq!(listed.iter().map(|session| session.id).collect::<Vec<_>>(), [two.session, one.session]);
    assert_eq!(listed[0].address, "203.0.113.•");
    let actor = f.caller(&one.secret).await.actor();
    let revoke = async |session| actions::revoke(&f.app.store, f.app.now(), &actor, lan, session).await;
    assert!(matches!(revoke(foreign.session).await, Err(Error::NotFound)));
    revoke(two.session).await.unwrap();
    assert_eq!(f.session(&two.secret).await, None);
    let three = f.sign_in("demo.lan").await;
    assert_eq!(actions::revoke_others(&f.app.store, f.app.now(), &actor, lan, one.session).await.unwrap(), 1);
    assert_eq!(f.session(&three.secret).await, None);
    assert!(f.session(&one.secret).await.is_some());
    actions::sign_out(&f.app.store, f.app.now(), &actor, lan, one.session).await.unwrap();
    assert_eq!(f.session(&one.secret).await, None);
    assert!(f.session(&foreign.secret).await.is_some());
    assert!(f.verbs(mau).await.iter().all(|verb| verb != "identity.session-revoked"));
}

#[store::test]
async fn a_change_of_password_ends_the_other_sessions(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    let (here, there) = (f.sign_in("demo.lan").await, f.sign_in("demo.lan").await);
    let caller = f.caller(&here.secret).await;
    let new = "tám con gà vàng";
    let wrong = actions::change_password(&f.app, &caller, here.session, "wrong", new, new).await;
    assert!(matches!(wrong, Err(Error::Invalid(fields)) if fields.contains_key("current")));
    actions::change_password(&f.app, &caller, here.session, super::PASSWORD, new, new).await.unwrap();
    assert!(f.session(&here.secret).await.is_some());
    assert_eq!(f.session(&there.secret).await, None);
}

#[store::test]
async fn an_officer_switches_to_positions_of_their_own_only_under_a_new_secret(f: Fixture) {
    let (_, lan, first) = f.officer("demo.lan", PositionKind::Specialist).await;
    let (.., foreign) = f.officer("demo.mau", PositionKind::Reception).await;
    let reception = f.position(f.committee, PositionKind::Reception).await;
    let second = f.appoint(lan, reception, None, None).await;
    let opened = f.sign_in("demo.lan").await;
    let officer = f.officer_of(&opened.secret).await;
    assert_eq!(officer.kind, PositionKind::Specialist);
    let refused = actions::switch_position(&f.app, &officer, opened.session, foreign).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    let switched = actions::switch_position(&f.app, &officer, opened.session, second).await.unwrap();
    assert_eq!(f.session(&opened.secret).await, None);
    let officer = f.officer_of(&switched.secret).await;
    assert_eq!((officer.kind, officer.agency), (PositionKind::Reception, f.committee));
    assert_eq!(officer.permissions.iter().collect::<Vec<_>>(), [crate::access::CONFIRM]);
    let back = actions::switch_position(&f.app, &officer, switched.session, first).await.unwrap();
    assert_eq!(f.officer_of(&back.secret).await.agency, f.department);
}

#[store::test]
async fn a_position_that_signs_is_not_entered_without_a_second_factor(f: Fixture) {
    let (account, lan, _) = f.officer("demo.lan", PositionKind::Specialist).await;
    let opened = f.sign_in("demo.lan").await;
    let leading = f.position(f.department, PositionKind::Leader).await;
    let leader = f.appoint(lan, leading, None, None).await;
    let officer = f.officer_of(&opened.secret).await;
    let early = actions::switch_position(&f.app, &officer, opened.session, leader).await;
    assert!(matches!(early, Err(Error::Conflict(_))));
    f.write(async |tx, now| actions::enrol_totp(tx, now, &journal::Actor::PROGRAM, account, &[1; 20]).await)
        .await
        .unwrap();
    actions::switch_position(&f.app, &officer, opened.session, leader).await.unwrap();
}

#[store::test]
async fn acting_for_another_ends_with_its_last_day(f: Fixture) {
    let (_, leader, own) = f.officer("demo.lanhdao", PositionKind::Head).await;
    let (_, deputy, _) = f.officer("demo.pho", PositionKind::Specialist).await;
    let held = directory::queries::holding(f.app.store.read(), own, f.app.now().today()).await.unwrap().unwrap();
    let acting = f.appoint(deputy, held.position.id, Some(leader), Some("2026-11-20")).await;
    let opened = f.sign_in("demo.pho").await;
    let officer = f.officer_of(&opened.secret).await;
    assert_eq!(officer.acting_for, None, "their own position comes first");
    let switched = actions::switch_position(&f.app, &officer, opened.session, acting).await.unwrap();
    let officer = f.officer_of(&switched.secret).await;
    assert_eq!((officer.kind, officer.acting_for), (PositionKind::Head, Some(leader)));
    assert_eq!(f.caller(&switched.secret).await.actor().acting_for, Some(leader));
    // 20 November ends at midnight in Vietnam; the session would have gone on.
    for _ in 0..3 {
        f.pass(TimeDelta::hours(5));
        assert!(f.session(&switched.secret).await.is_some());
    }
    f.pass(TimeDelta::hours(1));
    assert_eq!(f.app.now().today(), day("2026-11-21"));
    assert_eq!(f.session(&switched.secret).await, None);
    assert_eq!(f.officer_of(&f.sign_in("demo.pho").await.secret).await.acting_for, None);
}

#[store::test]
async fn what_has_ended_is_swept_and_what_has_not_stays(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    let old = f.sign_in("demo.lan").await;
    f.try_sign_in("demo.khong", "wrong").await;
    f.pass(TimeDelta::hours(30));
    let fresh = f.sign_in("demo.lan").await;
    let sweep = crate::system().timers.into_iter().find(|timer| timer.name == "identity.sweep").unwrap().run;
    assert_eq!(sweep(&f.app).await.unwrap(), 2, "a session and a count of tries");
    assert_eq!(f.session(&old.secret).await, None);
    assert!(f.session(&fresh.secret).await.is_some());
}
