//! Messages, deliveries and events: what a demo without connectors does not have is brought about for real.

use std::sync::Arc;

use base::{Error, Id, Now, Result};
use chrono::TimeDelta;
use contracts::Answer;
use exchange::{Connector, Connectors, Delivery, NewDelivery, Outcome};
use journal::{Actor, Event, Listener, Thing as Subject};
use notify::{Message, To};
use store::Tx;
use system::{App, Parts, PositionKind};

use super::Thing;
use super::accounts::newcomer;
use crate::province::{Person, Province};

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    Some(match name {
        "message" => message(province).await,
        "delivery-given-up" => given_up(province).await,
        "event-parked" => parked(province).await,
        _ => return None,
    })
}

async fn message(province: &Province) -> Thing {
    let (app, citizens) = (province.app(), province.citizens().await);
    let about = Subject { kind: "account", id: Id::new(app.now()) };
    let to = To { person: citizens[0].caller.person().unwrap() };
    let message = Message { text: "identity-account", parameters: &[], link: "/tai-khoan", about };
    let id =
        app.store.write(async |tx| notify::tell(tx, app, app.now(), &Actor::PROGRAM, to, message).await).await.unwrap();
    let officers = province.officers().await;
    Thing::of(citizens[0].clone()).with("id", id).hidden_from([citizens[1].clone(), officers[0].clone()])
}

/// A way to the outside at whose end everything is refused.
struct Refusing;

impl Connector for Refusing {
    fn name(&self) -> &'static str {
        "refusing"
    }

    fn deliver<'a>(&'a self, _: &'a App, _: &'a Delivery) -> Answer<'a, Outcome> {
        Box::pin(async { Ok(Outcome::Reject { reason: "nobody of that name".to_owned() }) })
    }
}

async fn administrators(province: &Province) -> Vec<Person> {
    let officers = province.officers().await.into_iter();
    officers.filter(|one| one.officer().is_some_and(|one| one.kind == PositionKind::Administrator)).collect()
}

async fn given_up(province: &Province) -> Thing {
    let (app, administrators) = (province.app(), administrators(province).await);
    let new = NewDelivery {
        connector: "refusing",
        key: Id::new(app.now()).to_string(),
        destination: "nơi nhận minh họa".to_owned(),
        payload: String::new(),
        subject: Subject { kind: "account", id: Id::new(app.now()) },
        agency: administrators[0].officer().map(|officer| officer.agency),
    };
    let id = app.store.write(async |tx| exchange::enqueue(tx, app.now(), &Actor::PROGRAM, new).await).await.unwrap();
    let policy = exchange::Policy::parse(exchange::Policy::STANDARD).unwrap();
    let parts = Parts::default().with(Connectors::new(policy).with(Arc::new(Refusing)));
    let (store, files, settings) = (app.store.clone(), app.files.clone(), app.settings.clone());
    let connected = App::new(store, app.clock.clone(), app.random.clone(), files, settings, parts);
    exchange::run(&connected).await.unwrap();
    Thing::of(administrators[0].clone()).with("id", id).hidden_from([administrators[1].clone()])
}

/// A reaction that never succeeds.
struct Failing(&'static str);

impl Listener for Failing {
    fn name(&self) -> &'static str {
        self.0
    }

    fn verbs(&self) -> &[&'static str] {
        &["directory.appointed"]
    }

    fn react<'a>(
        &'a self,
        _: &'a Tx,
        _: &'a Event,
        _: Now,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async { Err(Error::inside("it never succeeds")) })
    }
}

async fn parked(province: &Province) -> Thing {
    let (app, listener) = (province.app(), Failing("access-test.failing"));
    let runs_it = newcomer(province, &app.settings.province.code, PositionKind::Administrator).await;
    journal::sequence(&app.store, app.now()).await.unwrap();
    let mut now = app.now();
    while !journal::parked(&app.store).await.unwrap().iter().any(|parked| parked.listener == listener.name()) {
        journal::deliver(&app.store, &listener, now).await.unwrap();
        now = Now::at(now.utc() + TimeDelta::days(1));
    }
    let parked = journal::parked(&app.store).await.unwrap();
    let parked = parked.into_iter().find(|parked| parked.listener == listener.name()).unwrap();
    Thing::of(runs_it)
        .with("listener", parked.listener)
        .with("position", parked.position)
        .hidden_from(administrators(province).await.into_iter().take(1))
}
