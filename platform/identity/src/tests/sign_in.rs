use std::net::{IpAddr, Ipv4Addr};

use base::{Error, Id};
use chrono::TimeDelta;
use journal::Actor;
use store::Sql;
use system::{Caller, PositionKind};

use super::{Demo, EXAMINE, Fixture, PASSWORD, browser};
use crate::actions::{self, Browser, GrantTo, NewGrant, Refusal, SignIn, Step};
use crate::{Stage, queries};

#[store::test]
async fn who_knows_the_password_is_the_officer_in_their_position(f: Fixture) {
    let (account, person, _) = f.officer("demo.lan@h99.1", PositionKind::Specialist).await;
    let opened = f.sign_in(" Demo.Lan@H99.1").await;
    let officer = f.officer_of(&opened.secret).await;
    assert_eq!((officer.account, officer.person, officer.agency), (account, person, f.department));
    assert_eq!(officer.name, "Trần Thị Demo");
    assert_eq!(officer.agency_name, "Sở Ví dụ");
    assert_eq!(officer.permissions.into_iter().collect::<Vec<_>>(), [EXAMINE]);
    assert_eq!(f.verbs(account).await, ["identity.account-created", "identity.signed-in"]);
}

#[store::test]
async fn a_wrong_password_and_an_unknown_login_are_answered_alike(f: Fixture) {
    let (account, ..) = f.officer("demo.lan", PositionKind::Specialist).await;
    for (login, password) in
        [("demo.lan", "sáu con vịt xanh"), ("demo.khong", PASSWORD), ("", PASSWORD), ("demo.lan", "")]
    {
        assert_eq!(f.try_sign_in(login, password).await, SignIn::Refused(Refusal::Wrong), "{login}");
    }
    assert!(f.verbs(account).await.contains(&"identity.sign-in-refused".to_owned()));
}

#[store::test]
async fn after_five_failures_even_the_right_password_waits_and_the_wait_grows(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    for _ in 0..5 {
        assert_eq!(f.try_sign_in("demo.lan", "wrong").await, SignIn::Refused(Refusal::Wrong));
    }
    let until = f.app.now().utc() + TimeDelta::seconds(60);
    assert_eq!(f.try_sign_in("demo.lan", PASSWORD).await, SignIn::Refused(Refusal::Wait(until)));
    f.pass(TimeDelta::seconds(60));
    assert_eq!(f.try_sign_in("demo.lan", "wrong").await, SignIn::Refused(Refusal::Wrong));
    let until = f.app.now().utc() + TimeDelta::seconds(120);
    assert_eq!(f.try_sign_in("demo.lan", PASSWORD).await, SignIn::Refused(Refusal::Wait(until)));
    f.pass(TimeDelta::seconds(120));
    f.sign_in("demo.lan").await;
    // Having been right, the account has its free tries again.
    for _ in 0..4 {
        assert_eq!(f.try_sign_in("demo.lan", "wrong").await, SignIn::Refused(Refusal::Wrong));
    }
    f.sign_in("demo.lan").await;
}

#[store::test]
async fn failures_are_forgotten_after_a_day(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    for _ in 0..4 {
        f.try_sign_in("demo.lan", "wrong").await;
    }
    f.pass(TimeDelta::days(1) + TimeDelta::seconds(1));
    f.try_sign_in("demo.lan", "wrong").await;
    f.sign_in("demo.lan").await;
}

#[store::test]
async fn tries_made_at_once_do_not_outrun_the_count(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    let mut tasks = Vec::new();
    for _ in 0..20 {
        let app = f.app.clone();
        tasks.push(tokio::spawn(async move { actions::sign_in(&app, &browser(), "demo.lan", "wrong").await.unwrap() }));
    }
    let mut wrong = 0;
    for task in tasks {
        wrong += usize::from(task.await.unwrap() == SignIn::Refused(Refusal::Wrong));
    }
    assert_eq!(wrong, 5);
}

#[store::test]
async fn one_address_cannot_try_many_logins(f: Fixture) {
    f.officer("demo.lan", PositionKind::Specialist).await;
    for number in 0..50 {
        assert_eq!(f.try_sign_in(&format!("demo.{number}x"), "wrong").await, SignIn::Refused(Refusal::Wrong));
    }
    assert!(matches!(f.try_sign_in("demo.lan", PASSWORD).await, SignIn::Refused(Refusal::Wait(_))));
    let elsewhere = Browser { address: Some(IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1))), ..browser() };
    let other = actions::sign_in(&f.app, &elsewhere, "demo.lan", PASSWORD).await.unwrap();
    assert!(matches!(other, SignIn::Opened(_)));
}

#[store::test]
async fn an_officer_without_a_position_today_is_told_so(f: Fixture) {
    let (_, _, holding) = f.officer("demo.lan", PositionKind::Specialist).await;
    f.write(async |tx, now| {
        directory::actions::relieve(tx, now, &Actor::PROGRAM, holding, super::day("2026-11-19")).await
    })
    .await
    .unwrap();
    assert_eq!(f.try_sign_in("demo.lan", PASSWORD).await, SignIn::Refused(Refusal::NoPosition));
}

#[store::test]
async fn a_handed_out_password_opens_only_the_page_that_replaces_it(f: Fixture) {
    let person = f.person("Nguyễn Văn Mẫu").await;
    let position = f.position(f.department, PositionKind::Specialist).await;
    f.appoint(person, position, None, None).await;
    f.account("demo.mau", person, true).await;
    let opened = f.sign_in("demo.mau").await;
    assert_eq!(opened.stage, Some(Stage::Password));
    assert_eq!(f.session(&opened.secret).await, None);
    let choose =
        async |password: &str, again: &str| actions::choose_password(&f.app, &opened.secret, password, again).await;
    for (password, again, field) in [
        (PASSWORD, PASSWORD, "password"),
        ("ngắn", "ngắn", "password"),
        ("tám con gà vàng", "tám con gà", "password-again"),
    ] {
        match choose(password, again).await {
            Err(Error::Invalid(fields)) => assert!(fields.contains_key(field), "{password}: {fields:?}"),
            other => panic!("{password}: {other:?}"),
        }
    }
    let Step::Opened(ready) = choose("tám con gà vàng", "tám con gà vàng").await.unwrap() else {
        panic!("it opens")
    };
    assert_eq!(ready.stage, None);
    assert!(f.session(&ready.secret).await.is_some());
    assert_eq!(choose("chín con gà vàng", "chín con gà vàng").await.unwrap(), Step::Ended);
    assert_eq!(f.try_sign_in("demo.mau", PASSWORD).await, SignIn::Refused(Refusal::Wrong));
}

#[store::test]
async fn a_step_that_is_not_taken_in_ten_minutes_begins_again(f: Fixture) {
    let person = f.person("Nguyễn Văn Mẫu").await;
    let position = f.position(f.department, PositionKind::Specialist).await;
    f.appoint(person, position, None, None).await;
    f.account("demo.mau", person, true).await;
    let opened = f.sign_in("demo.mau").await;
    f.pass(TimeDelta::minutes(10));
    let step = actions::choose_password(&f.app, &opened.secret, "tám con gà vàng", "tám con gà vàng").await.unwrap();
    assert_eq!(step, Step::Ended);
}

#[store::test]
async fn leaders_and_administrators_enrol_a_second_factor_before_anything_else(f: Fixture) {
    for (login, kind) in [("demo.lanhdao", PositionKind::Leader), ("demo.quantri", PositionKind::Administrator)] {
        f.officer(login, kind).await;
        let opened = f.sign_in(login).await;
        assert_eq!(opened.stage, Some(Stage::Enrol), "{login}");
        assert_eq!(f.session(&opened.secret).await, None);
    }
}

#[store::test]
async fn in_a_demo_nobody_has_to_enrol(f: Demo) {
    f.0.officer("demo.lanhdao", PositionKind::Leader).await;
    assert_eq!(f.0.sign_in("demo.lanhdao").await.stage, None);
}

#[store::test]
async fn a_hash_of_older_parameters_is_made_anew_at_sign_in(f: Fixture) {
    let (account, ..) = f.officer("demo.lan", PositionKind::Specialist).await;
    let mut old = super::policy().password;
    old.passes = 2;
    let hash = crate::Hashing::new(&old).unwrap().hash(&*f.app.random, PASSWORD).await.unwrap();
    f.run(Sql::new("UPDATE identity_accounts SET password = $1").bind(hash.as_str())).await;
    f.sign_in("demo.lan").await;
    let stored = queries::account(f.app.store.read(), account).await.unwrap().unwrap().password.unwrap();
    assert!(stored.contains("t=1"), "{stored}");
    f.sign_in("demo.lan").await;
}

#[store::test]
async fn grants_of_the_day_add_to_and_take_from_a_position(f: Fixture) {
    let (.., holding) = f.officer("demo.lan", PositionKind::Specialist).await;
    let held = directory::queries::holding(f.app.store.read(), holding, f.app.now().today()).await.unwrap().unwrap();
    let opened = f.sign_in("demo.lan").await;
    let of_kind = GrantTo::Kind { agency: f.department, kind: PositionKind::Specialist };
    let own = GrantTo::Position(held.position.id);
    for (to, permission, granted, until) in [
        (of_kind, "tests.publish", true, "2026-11-20"),
        (own, EXAMINE, false, "2026-11-20"),
        (GrantTo::Position(Id::new(f.app.now())), "tests.of-somebody-else", true, "2026-11-20"),
        (of_kind, "tests.ended", true, "2026-11-19"),
    ] {
        let (permission, from) = (permission.to_owned(), super::day("2026-01-01"));
        let new = NewGrant { to, permission, granted, from, until: Some(super::day(until)) };
        f.write(async |tx, now| actions::grant(tx, now, &Actor::PROGRAM, new).await).await.unwrap();
    }
    let Caller::Officer(officer) = f.caller(&opened.secret).await else { panic!("an officer") };
    assert_eq!(officer.permissions.into_iter().collect::<Vec<_>>(), ["tests.publish"]);
}
