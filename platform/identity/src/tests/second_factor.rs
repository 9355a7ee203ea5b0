use base::Error;
use chrono::TimeDelta;
use journal::Actor;
use system::PositionKind;

use super::{Demo, Fixture};
use crate::actions::{self, Confirmation, Step};
use crate::totp::SecondFactor;
use crate::{Stage, queries};

const SECRET: &[u8; 20] = b"12345678901234567890";

fn code(f: &Fixture, secret: &[u8]) -> String {
    SecondFactor::of(secret).unwrap().code(f.app.now())
}

#[store::test]
async fn the_code_is_asked_for_and_each_opens_once(f: Fixture) {
    let (account, ..) = f.officer("demo.lan", PositionKind::Leader).await;
    f.write(async |tx, now| actions::enrol_totp(tx, now, &Actor::PROGRAM, account, SECRET).await).await.unwrap();
    let opened = f.sign_in("demo.lan").await;
    assert_eq!(opened.stage, Some(Stage::Code));
    assert_eq!(f.session(&opened.secret).await, None);
    assert_eq!(actions::enter_code(&f.app, &opened.secret, "000000").await.unwrap(), Step::Wrong);
    let used = code(&f, SECRET);
    let Step::Opened(ready) = actions::enter_code(&f.app, &opened.secret, &used).await.unwrap() else {
        panic!("it opens")
    };
    assert_ne!(ready.secret, opened.secret);
    assert!(f.session(&ready.secret).await.is_some());

    // Somebody who saw the code and knows the password is refused with it.
    let again = f.sign_in("demo.lan").await;
    assert_eq!(actions::enter_code(&f.app, &again.secret, &used).await.unwrap(), Step::Wrong);
    f.pass(TimeDelta::seconds(30));
    let fresh = code(&f, SECRET);
    assert!(matches!(actions::enter_code(&f.app, &again.secret, &fresh).await.unwrap(), Step::Opened(_)));
}

#[store::test]
async fn codes_cannot_be_guessed_for_long(f: Fixture) {
    let (account, ..) = f.officer("demo.lan", PositionKind::Specialist).await;
    f.write(async |tx, now| actions::enrol_totp(tx, now, &Actor::PROGRAM, account, SECRET).await).await.unwrap();
    for _ in 0..5 {
        // Signing in anew gives no new tries.
        let opened = f.sign_in("demo.lan").await;
        assert_eq!(actions::enter_code(&f.app, &opened.secret, "000000").await.unwrap(), Step::Wrong);
    }
    let opened = f.sign_in("demo.lan").await;
    let right = code(&f, SECRET);
    assert!(matches!(actions::enter_code(&f.app, &opened.secret, &right).await.unwrap(), Step::Wait(_)));
}

#[store::test]
async fn a_leader_enrols_while_signing_in(f: Fixture) {
    let (account, ..) = f.officer("demo.lan", PositionKind::Leader).await;
    let opened = f.sign_in("demo.lan").await;
    let secret = queries::pending_enrolment(f.app.store.read(), opened.session).await.unwrap().unwrap();
    assert_eq!(actions::enter_enrolment(&f.app, &opened.secret, "000000").await.unwrap(), Step::Wrong);
    let right = code(&f, &secret);
    let Step::Opened(ready) = actions::enter_enrolment(&f.app, &opened.secret, &right).await.unwrap() else { panic!() };
    assert_eq!(ready.stage, None);
    assert!(f.session(&ready.secret).await.is_some());
    assert_eq!(f.sign_in("demo.lan").await.stage, Some(Stage::Code));
    assert!(f.verbs(account).await.contains(&"identity.second-factor-enrolled".to_owned()));
}

#[store::test]
async fn its_owner_turns_it_on_and_off_by_a_code(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    let (old, opened) = (f.sign_in("demo.lan").await, f.sign_in("demo.lan").await);
    let caller = f.caller(&opened.secret).await;
    let early = actions::confirm_enrolment(&f.app, &caller, opened.session, "000000").await;
    assert!(matches!(early, Err(Error::Conflict(_))));
    actions::start_enrolment(&f.app, opened.session).await.unwrap();
    let secret = queries::pending_enrolment(f.app.store.read(), opened.session).await.unwrap().unwrap();
    let wrong = actions::confirm_enrolment(&f.app, &caller, opened.session, "000000").await.unwrap();
    assert_eq!(wrong, Confirmation::Wrong);
    let right = code(&f, &secret);
    let done = actions::confirm_enrolment(&f.app, &caller, opened.session, &right).await.unwrap();
    assert_eq!(done, Confirmation::Done);
    assert_eq!(f.session(&old.secret).await, None, "a browser that knew only the password is signed out");
    // The code that enrolled is used up.
    assert_eq!(actions::drop_second_factor(&f.app, &caller, &right).await.unwrap(), Confirmation::Wrong);
    f.pass(TimeDelta::seconds(30));
    let fresh = code(&f, &secret);
    assert_eq!(actions::drop_second_factor(&f.app, &caller, &fresh).await.unwrap(), Confirmation::Done);
    assert_eq!(f.sign_in("demo.lan").await.stage, None);
}

#[store::test]
async fn a_leader_may_turn_it_off_in_a_demo_only(f: Demo) {
    let f = f.0;
    let (account, ..) = f.officer("demo.lan", PositionKind::Leader).await;
    f.write(async |tx, now| actions::enrol_totp(tx, now, &Actor::PROGRAM, account, SECRET).await).await.unwrap();
    let opened = f.sign_in("demo.lan").await;
    let right = code(&f, SECRET);
    let Step::Opened(ready) = actions::enter_code(&f.app, &opened.secret, &right).await.unwrap() else { panic!() };
    let caller = f.caller(&ready.secret).await;
    f.pass(TimeDelta::seconds(30));
    let fresh = code(&f, SECRET);
    assert_eq!(actions::drop_second_factor(&f.app, &caller, &fresh).await.unwrap(), Confirmation::Done);
}

#[store::test]
async fn a_leader_may_not_turn_it_off(f: Fixture) {
    let (account, ..) = f.officer("demo.lan", PositionKind::Leader).await;
    f.write(async |tx, now| actions::enrol_totp(tx, now, &Actor::PROGRAM, account, SECRET).await).await.unwrap();
    let opened = f.sign_in("demo.lan").await;
    let right = code(&f, SECRET);
    let Step::Opened(ready) = actions::enter_code(&f.app, &opened.secret, &right).await.unwrap() else { panic!() };
    let caller = f.caller(&ready.secret).await;
    f.pass(TimeDelta::seconds(30));
    let fresh = code(&f, SECRET);
    assert!(matches!(actions::drop_second_factor(&f.app, &caller, &fresh).await, Err(Error::Conflict(_))));
}
