use base::Error;
use journal::{Actor, Event};
use serde_json::json;
use system::PositionKind;

use super::{Demo, Fixture, PASSWORD};
use crate::actions::{self, Refusal, SignIn};
use crate::{Stage, queries};

/// An administrator of the department, who has no second factor because the province is a demo.
async fn administrator(f: &Fixture) -> system::Officer {
    f.officer("demo.quantri", PositionKind::Administrator).await;
    f.officer_of(&f.sign_in("demo.quantri").await.secret).await
}

#[store::test]
async fn a_locked_account_is_out_at_once_and_back_when_unlocked(f: Demo) {
    let f = f.0;
    let (account, ..) = f.officer("demo.lan", PositionKind::Specialist).await;
    let opened = f.sign_in("demo.lan").await;
    let admin = administrator(&f).await;
    f.write(async |tx, now| actions::block(tx, now, &admin, account).await).await.unwrap();
    assert_eq!(f.session(&opened.secret).await, None);
    assert_eq!(f.try_sign_in("demo.lan", PASSWORD).await, SignIn::Refused(Refusal::Blocked));
    assert_eq!(f.try_sign_in("demo.lan", "wrong").await, SignIn::Refused(Refusal::Wrong));
    f.write(async |tx, now| actions::unblock(tx, now, &admin, account).await).await.unwrap();
    f.sign_in("demo.lan").await;
}

#[store::test]
async fn a_password_handed_out_must_be_replaced(f: Demo) {
    let f = f.0;
    let (account, ..) = f.officer("demo.lan", PositionKind::Specialist).await;
    let opened = f.sign_in("demo.lan").await;
    let admin = administrator(&f).await;
    let password = actions::reset_password(&f.app, &admin, account).await.unwrap();
    assert_eq!(password.len(), 19);
    assert_eq!(f.session(&opened.secret).await, None);
    assert_eq!(f.try_sign_in("demo.lan", PASSWORD).await, SignIn::Refused(Refusal::Wrong));
    let SignIn::Opened(opened) = f.try_sign_in("demo.lan", &password).await else { panic!("it opens") };
    assert_eq!(opened.stage, Some(Stage::Password));
}

#[store::test]
async fn administrators_reach_their_scope_but_not_above_it_nor_themselves(f: Demo) {
    let f = f.0;
    let admin = administrator(&f).await;
    let (above, person, _) = f.officer("demo.tinh", PositionKind::Specialist).await;
    let (beside, ..) = f.officer("demo.lan", PositionKind::Specialist).await;
    let position = f.position(f.committee, PositionKind::Specialist).await;
    let moved = Event {
        position: 1,
        at: f.app.now().utc(),
        verb: "directory.appointed".to_owned(),
        thing_kind: "holding".to_owned(),
        thing_id: person,
        actor: Actor::PROGRAM,
        data: json!({ "position": position, "person": person, "acting_for": null }),
    };
    f.write(async |tx, _| actions::follow_appointment(tx, &moved).await).await.unwrap();
    let block = async |account| f.write(async |tx, now| actions::block(tx, now, &admin, account).await).await;
    assert!(matches!(block(above).await, Err(Error::NotFound)));
    assert!(matches!(block(admin.account).await, Err(Error::Conflict(_))));
    let list = async |agency, login: Option<&str>| {
        let login = login.and_then(crate::Login::parse);
        let found = queries::listed(f.app.store.read(), agency, login.as_ref(), None, 10).await.unwrap();
        found.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(list(f.department, None).await, [admin.account, beside]);
    assert_eq!(list(f.department, Some("demo.lan")).await, [beside]);
    assert_eq!(list(f.department, Some("demo.tinh")).await, []);
    assert_eq!(list(f.committee, None).await, [admin.account, above, beside]);
    let plain = f.officer_of(&f.sign_in("demo.lan").await.secret).await;
    let outcome = f.write(async |tx, now| actions::block(tx, now, &plain, admin.account).await).await;
    assert!(matches!(outcome, Err(Error::Forbidden(_))));
}

#[store::test]
async fn who_lost_the_telephone_gets_rid_of_the_second_factor_through_the_administrator(f: Demo) {
    let f = f.0;
    let (account, ..) = f.officer("demo.lan", PositionKind::Specialist).await;
    f.write(async |tx, now| actions::enrol_totp(tx, now, &Actor::PROGRAM, account, &[1; 20]).await).await.unwrap();
    assert_eq!(f.sign_in("demo.lan").await.stage, Some(Stage::Code));
    let admin = administrator(&f).await;
    f.write(async |tx, now| actions::remove_second_factor(tx, now, &admin, account).await).await.unwrap();
    assert_eq!(f.sign_in("demo.lan").await.stage, None);
}
