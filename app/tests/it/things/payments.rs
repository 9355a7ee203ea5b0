//! Charges, each told of as a dossier tells it and taken as far as a route needs it.

use base::Id;
use contracts::events::{DossierChanged, ItemDue, PaymentDue};
use journal::{Actor, Entry, Thing as Subject};
use payments::actions::NewStatement;
use payments::charge::{Attempt, Charge, Way};
use payments::statement::Theirs;
use payments::{actions, demo, queries};
use system::PositionKind::{self, Head, Reception};
use tinhso::Worker;

use super::{Owner, Thing};
use crate::province::{Person, Province};

const WARD: &str = "H32.103";

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    let app = province.app();
    let now = app.now();
    Some(match name {
        "own-charge" | "own-charge-paid" => {
            let (charge, payer) = due(province).await;
            if name == "own-charge-paid" {
                paid(province, &charge).await;
            }
            let citizens = province.citizens().await.into_iter();
            let other = citizens.filter(|one| one.caller.person() != Some(charge.payer)).take(1);
            let desk = stranger(province, Reception).await;
            of(Thing::of(payer), &charge, now).hidden_from(other.chain([desk]))
        }
        "charge-desk" => desk(province, Reception, &due(province).await.0).await,
        "charge-paid" => {
            let (charge, _) = due(province).await;
            paid(province, &charge).await;
            desk(province, Reception, &charge).await
        }
        "charge-transfer" => {
            let (charge, payer) = due(province).await;
            let attempt = begun(province, &charge, &payer, Way::Transfer).await;
            desk(province, Reception, &charge).await.with("order", attempt.order)
        }
        "charge-to-refund" => {
            let (charge, _) = due(province).await;
            paid(province, &charge).await;
            stopped(province, &charge).await;
            desk(province, Head, &charge).await
        }
        "payment-file" => {
            let thing = Thing::of(officer(province, Head, WARD).await).with("id", Id::new(now));
            let day = now.today().pred_opt().unwrap();
            thing.with("day", day).with_file("order,transaction,amount\nH32.103-X-1,GD-X,1000\n").everyones()
        }
        "payment-statement" => {
            let head = officer(province, Head, WARD).await;
            let statement = statement(province, &head).await;
            Thing::of(head).with("statement", statement).hidden_from([stranger(province, Head).await])
        }
        "payment-notice" => {
            let (charge, payer) = due(province).await;
            let attempt = begun(province, &charge, &payer, Way::Gateway).await;
            let told = demo::told(app, &attempt.order, attempt.amount).unwrap();
            Thing::of(Owner::Anyone).with_file(told)
        }
        "demo-order" => {
            let (charge, payer) = due(province).await;
            let attempt = begun(province, &charge, &payer, Way::Gateway).await;
            order(province, &charge, &attempt)
        }
        _ => return None,
    })
}

fn of(thing: Thing, charge: &Charge, now: base::Now) -> Thing {
    thing.with("charge", charge.id).with("id", Id::new(now))
}

/// The order as the demo's gateway is told of it.
fn order(province: &Province, charge: &Charge, attempt: &Attempt) -> Thing {
    let app = province.app();
    let back = format!("http://localhost/thanh-toan/{}", charge.id);
    let wanted = demo::wanted(app, &attempt.order, attempt.amount, &back).unwrap();
    let signature = |text: &str| text.rsplit_once("signature=").unwrap().1.to_owned();
    let asked = demo::question(app, &attempt.order).unwrap();
    Thing::of(Owner::Anyone)
        .with("merchant", "MINH-HOA")
        .with("order", &attempt.order)
        .with("amount", attempt.amount)
        .with("back", back)
        .with("signature", signature(&wanted))
        .with("asked", signature(&asked))
        .with("wanted", wanted)
}

async fn officer(province: &Province, kind: PositionKind, code: &str) -> Person {
    let (app, today) = (province.app(), province.app().now().today());
    let agency = directory::queries::agency_by_code(app.store.read(), code, today).await.unwrap().unwrap();
    let fits = |one: &Person| one.officer().is_some_and(|one| one.kind == kind && one.agency == agency.id);
    province.officers().await.into_iter().find(fits).unwrap()
}

/// The like of an officer in another ward, which has nothing to do with it.
async fn stranger(province: &Province, kind: PositionKind) -> Person {
    officer(province, kind, "H32.101").await
}

async fn desk(province: &Province, kind: PositionKind, charge: &Charge) -> Thing {
    let thing = Thing::of(officer(province, kind, WARD).await).hidden_from([stranger(province, kind).await]);
    of(thing, charge, province.app().now())
}

async fn tell(province: &Province, entry: Entry) {
    let (app, now) = (province.app(), province.app().now());
    app.store.write(async |tx| journal::record(tx, now, &Actor::PROGRAM, entry.clone()).await).await.unwrap();
    Worker::new(&province.demo.program).drain().await;
}

/// A citizen has to pay for a dossier at the ward.
async fn due(province: &Province) -> (Charge, Person) {
    let (app, now) = (province.app(), province.app().now());
    let payer = province.citizens().await.swap_remove(0);
    let desk = officer(province, Reception, WARD).await;
    let (charge, dossier) = (Id::new(now), Id::new(now));
    let due = PaymentDue {
        charge,
        code: format!("{WARD}-261120-{}", &dossier.to_string()[24..]),
        procedure: dossier,
        payer: payer.caller.person().unwrap(),
        filed_by: None,
        agency: desk.officer().unwrap().agency,
        items: vec![ItemDue { code: "duty".to_owned(), kind: "duty".to_owned(), amount: 50_000 }],
    };
    tell(province, Entry::new("dossiers.payment-due", Subject { kind: "dossier", id: dossier }, &due).unwrap()).await;
    (queries::by_id(app.store.read(), charge).await.unwrap().unwrap(), payer)
}

/// A day with one line that nobody knows here.
async fn statement(province: &Province, head: &Person) -> Id {
    let (app, now) = (province.app(), province.app().now());
    let before = queries::statements(app.store.read(), head.officer().unwrap(), None, 1).await.unwrap().rows;
    let theirs = Theirs { order: "H32.103-X-1".to_owned(), transaction: "GD-X".to_owned(), amount: 1_000 };
    if let Some((statement, _)) = before.into_iter().next() {
        return statement.id;
    }
    let day = now.today() - chrono::Days::new(2);
    let new = NewStatement { id: Id::new(now), day, file_name: "ngay.csv".to_owned(), lines: vec![theirs] };
    actions::reconcile(app, now, &head.caller, new).await.unwrap()
}

async fn paid(province: &Province, charge: &Charge) {
    let (app, now) = (province.app(), province.app().now());
    let desk = officer(province, Reception, WARD).await;
    actions::collect(app, now, &desk.caller, charge.id, Id::new(now)).await.unwrap();
    actions::make_receipts(app).await.unwrap();
}

async fn begun(province: &Province, charge: &Charge, payer: &Person, way: Way) -> Attempt {
    let (app, now) = (province.app(), province.app().now());
    actions::begin(app, now, &payer.caller, charge.id, Id::new(now), way).await.unwrap()
}

async fn stopped(province: &Province, charge: &Charge) {
    let told = DossierChanged {
        code: charge.code.clone(),
        procedure: String::new(),
        agency: charge.agency,
        state: 8,
        promised_at: None,
        result_number: None,
    };
    let dossier = Subject { kind: "dossier", id: charge.subject };
    tell(province, Entry::new("dossiers.stopped", dossier, &told).unwrap()).await;
}
