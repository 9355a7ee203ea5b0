use std::collections::BTreeSet;

use base::{Error, Id, Result};
use chrono::TimeDelta;
use journal::Actor;
use system::{Authenticate, Caller, PositionKind};

use super::{EXAMINE, Fixture};
use crate::actions::{self, NewToken};
use crate::{Identity, TokenSecret, queries};

async fn create(f: &Fixture, new: NewToken) -> Result<TokenSecret> {
    let policy = &Identity::of(&f.app).unwrap().policy;
    f.write(async |tx, now| actions::create_token(tx, now, &*f.app.random, policy, &Actor::PROGRAM, new).await).await
}

fn new(f: &Fixture, account: Id, holding: Option<Id>) -> NewToken {
    NewToken {
        id: Id::new(f.app.now()),
        account,
        holding,
        scopes: BTreeSet::from(["tests.read".to_owned()]),
        name: "Máy quét".to_owned(),
        ends_at: f.app.now().utc() + TimeDelta::days(30),
    }
}

async fn caller(f: &Fixture, token: &TokenSecret) -> Option<Caller> {
    f.authenticator.token(&f.app, token.reveal()).await.unwrap()
}

#[store::test]
async fn an_officers_token_acts_in_one_position_until_it_ends_or_is_revoked(f: Fixture) {
    let (account, person, holding) = f.officer("demo.lan", PositionKind::Specialist).await;
    let made = new(&f, account, Some(holding));
    let token = create(&f, made.clone()).await.unwrap();
    let Some(Caller::Officer(officer)) = caller(&f, &token).await else { panic!("an officer") };
    assert_eq!((officer.account, officer.person), (account, person));
    assert_eq!(officer.permissions.into_iter().collect::<Vec<_>>(), [EXAMINE]);
    let listed = queries::tokens_of(f.app.store.read(), account, f.app.now()).await.unwrap();
    assert_eq!(listed[0].name, "Máy quét");
    assert_eq!(listed[0].used_at, Some(f.app.now().utc()));
    let revoke =
        async |of| f.write(async |tx, now| actions::revoke_token(tx, now, &Actor::PROGRAM, of, made.id).await).await;
    assert!(matches!(revoke(Id::new(f.app.now())).await, Err(Error::NotFound)), "another's token");
    revoke(account).await.unwrap();
    assert_eq!(caller(&f, &token).await, None);
    let later = create(&f, new(&f, account, Some(holding))).await.unwrap();
    f.pass(TimeDelta::days(30));
    assert_eq!(caller(&f, &later).await, None);
}

#[store::test]
async fn a_token_is_refused_for_anothers_position_too_long_a_time_or_sent_twice(f: Fixture) {
    let (account, _, holding) = f.officer("demo.lan", PositionKind::Specialist).await;
    let (.., foreign) = f.officer("demo.mau", PositionKind::Specialist).await;
    let field = |outcome: Result<TokenSecret>| match outcome {
        Err(Error::Invalid(fields)) => fields.into_keys().next().unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(create(&f, new(&f, account, Some(foreign))).await), "holding");
    let ends_at = f.app.now().utc() + TimeDelta::days(366);
    assert_eq!(field(create(&f, NewToken { ends_at, ..new(&f, account, Some(holding)) }).await), "days");
    assert_eq!(field(create(&f, NewToken { name: " ".to_owned(), ..new(&f, account, Some(holding)) }).await), "name");
    let once = new(&f, account, Some(holding));
    create(&f, once.clone()).await.unwrap();
    assert!(matches!(create(&f, once).await, Err(Error::Conflict(_))));
}

#[store::test]
async fn a_program_has_the_scopes_of_its_token_and_no_password(f: Fixture) {
    let account =
        f.write(async |tx, now| actions::create_client(tx, now, &Actor::PROGRAM, "Cổng ví dụ").await).await.unwrap();
    let token = create(&f, new(&f, account, None)).await.unwrap();
    let Some(Caller::Client(client)) = caller(&f, &token).await else { panic!("a client") };
    assert_eq!(client.scopes.into_iter().collect::<Vec<_>>(), ["tests.read"]);
    assert_eq!(client.name, "Cổng ví dụ");
}

#[store::test]
async fn tokens_nobody_made_open_nothing(f: Fixture) {
    let made_up = TokenSecret::new(&*f.app.random);
    assert_eq!(caller(&f, &made_up).await, None);
    for text in ["", "ts_", "ts_x", "Bearer x"] {
        assert_eq!(f.authenticator.token(&f.app, text).await.unwrap(), None);
    }
}
