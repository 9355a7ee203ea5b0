//! Orders of the post, each wished for by the applicant of a dossier of the demo and taken as far as a route needs it.

use ::post::carrier::Status;
use ::post::order::{Leg, Order, Party, State};
use ::post::{demo, queries};
use base::Id;
use contracts::events::DossierChanged;
use dossiers::dossier::{Dossier, State as Standing};
use journal::{Actor, Entry, Thing as Subject};
use system::PositionKind::Reception;
use tinhso::Worker;

use super::dossiers::{all, applicant};
use super::{Owner, Thing};
use crate::province::{Person, Province};

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    let app = province.app();
    Some(match name {
        "own-dossier-posted" => {
            let (order, person) = wished(province).await;
            let thing = Thing::of(person).with("code", &order.dossier_code).with("order", order.id);
            thing.hidden_from(other(province, order.person).await)
        }
        "own-dossier-unposted" => {
            let dossier = free(province).await;
            let thing = Thing::of(applicant(province, &dossier).await).with("code", &dossier.code);
            thing.with("id", Id::new(app.now())).hidden_from(other(province, dossier.applicant).await)
        }
        "carried-order" => {
            let (order, _) = wished(province).await;
            let desks = province.officers().await.into_iter();
            let desks = desks.filter(|one| one.officer().is_some_and(|one| one.kind == Reception));
            let (own, others): (Vec<Person>, Vec<Person>) =
                desks.partition(|one| one.officer().is_some_and(|one| one.agency == order.agency));
            let own = own.into_iter().next().unwrap();
            Thing::of(own).with("order", order.id).hidden_from(others.into_iter().take(1))
        }
        "carrier-word" => {
            let order = sent(province).await;
            Thing::of(Owner::Anyone).with_file(demo::told(app, &order, Status::Accepted).unwrap())
        }
        "demo-parcel" => Thing::of(Owner::Anyone).with("order", sent(province).await.code),
        _ => return None,
    })
}

async fn other(province: &Province, person: Id) -> Vec<Person> {
    let citizens = province.citizens().await.into_iter();
    citizens.filter(|one| one.caller.person() != Some(person)).take(1).collect()
}

/// A dossier under work for whose result nobody has asked the post.
async fn free(province: &Province) -> Dossier {
    for dossier in all(province).await {
        let orders = queries::of_dossier(province.store().read(), dossier.id).await.unwrap();
        let at_work = matches!(dossier.state, Standing::Received | Standing::Processing);
        if at_work && orders.iter().all(|order| order.leg != Leg::Return || order.state == State::Cancelled) {
            return dossier;
        }
    }
    panic!("the demo has no dossier for whose result the post may be chosen");
}

async fn wished(province: &Province) -> (Order, Person) {
    let (app, dossier) = (province.app(), free(province).await);
    let person = applicant(province, &dossier).await;
    let party = Party {
        name: dossier.applicant_name.clone(),
        phone: "0950000001".to_owned(),
        address: "1 đường Ví Dụ".to_owned(),
        commune: String::new(),
    };
    demo::choose(app, &person.caller, &dossier.code, party).await.unwrap();
    (queries::of_dossier(app.store.read(), dossier.id).await.unwrap().pop().unwrap(), person)
}

/// One that the carrier was told of.
pub(super) async fn sent(province: &Province) -> Order {
    let app = province.app();
    let (order, _) = wished(province).await;
    let told = DossierChanged {
        code: order.dossier_code.clone(),
        procedure: String::new(),
        agency: order.agency,
        state: 9,
        promised_at: None,
        result_number: None,
    };
    let dossier = Subject { kind: "dossier", id: order.dossier };
    let entry = Entry::new("dossiers.finished", dossier, &told).unwrap();
    let now = app.now();
    app.store.write(async |tx| journal::record(tx, now, &Actor::PROGRAM, entry.clone()).await).await.unwrap();
    Worker::new(&province.demo.program).drain().await;
    queries::by_id(app.store.read(), order.id).await.unwrap().unwrap()
}
