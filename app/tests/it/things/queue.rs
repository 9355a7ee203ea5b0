//! Desks with a queue, and tickets drawn there and called as far as a route needs it.

use ::province::{BookingTerms, Queue};
use ::queue::actions::{self, At, Drawing, NewBooking};
use ::queue::booking::slots;
use ::queue::desk::{Counter, Kind};
use ::queue::queries;
use ::queue::ticket::Ticket;
use base::{Id, Now};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use system::PositionKind::{self, Head, Reception};
use worktime::ledger::Calendars;

use super::{Owner, Thing};
use crate::province::{Person, Province};

/// A desk of the demo, and an agency that has none.
const WARD: &str = "H32.103";
const ELSEWHERE: &str = "H32.17";

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    let app = province.app();
    Some(match name {
        "kiosk" => {
            let kind = kind(province).await;
            let thing =
                Thing::of(Owner::Anyone).with("code", WARD).with("kind", kind.id).with("slot", slot(province).await);
            thing.with("id", Id::new(app.now())).everyones()
        }
        "booking" => Thing::of(Owner::Anyone).with("booking", booked(province).await).everyones(),
        "booking-to-come" => Thing::of(Owner::Anyone).with("booking", due(province).await).everyones(),
        "drawn-ticket" => Thing::of(Owner::Anyone).with("ticket", drawn(province).await.id).everyones(),
        "desk-to-begin" => Thing::of(officer(province, Head, ELSEWHERE).await),
        "desk-to-manage" => {
            let own = Thing::of(officer(province, Head, WARD).await).with("id", Id::new(app.now()));
            let own = own.with("kind", kind(province).await.id).with("counter", counter(province).await.id);
            own.hidden_from([officer(province, Head, ELSEWHERE).await])
        }
        "kind-to-add" => {
            let own = Thing::of(officer(province, Head, WARD).await).with("id", Id::new(app.now()));
            own.with("kind", kind(province).await.id)
        }
        "own-counter" => desk(province, counter(province).await.id).await,
        "called-ticket" => {
            let (counter, ticket) = called(province).await;
            desk(province, counter).await.with("ticket", ticket.id)
        }
        _ => return None,
    })
}

async fn desk(province: &Province, counter: Id) -> Thing {
    let own = Thing::of(officer(province, Reception, WARD).await).with("counter", counter);
    own.hidden_from([officer(province, Reception, ELSEWHERE).await])
}

async fn agency(province: &Province, code: &str) -> Id {
    let app = province.app();
    let agency = directory::queries::agency_by_code(app.store.read(), code, app.now().today()).await.unwrap();
    agency.unwrap().id
}

async fn officer(province: &Province, kind: PositionKind, code: &str) -> Person {
    let agency = agency(province, code).await;
    let officers = province.officers().await.into_iter();
    let fits = |one: &Person| one.officer().is_some_and(|one| one.kind == kind && one.agency == agency);
    officers.into_iter().find(fits).unwrap()
}

async fn kind(province: &Province) -> Kind {
    queries::kinds(province.store().read(), agency(province, WARD).await).await.unwrap().remove(0)
}

/// A counter that serves the first kind; whoever was at it is done with.
async fn counter(province: &Province) -> Counter {
    let (app, kind) = (province.app(), kind(province).await);
    let counters = queries::counters(app.store.read(), kind.agency).await.unwrap();
    let counter = counters.into_iter().find(|counter| counter.serves.contains(&kind.id)).unwrap();
    if let Some(ticket) = queries::at_counter(app.store.read(), counter.id, app.now().today()).await.unwrap() {
        let desk = officer(province, Reception, WARD).await;
        actions::act(app, app.now(), &desk.caller, counter.id, ticket.id, At::Finish).await.unwrap();
    }
    counter
}

async fn drawn(province: &Province) -> Ticket {
    let (app, kind) = (province.app(), kind(province).await);
    let drawing =
        Drawing { id: Id::new(app.now()), agency: kind.agency, kind: kind.id, priority: String::new(), sender: None };
    actions::draw(app, app.now(), drawing).await.unwrap()
}

async fn called(province: &Province) -> (Id, Ticket) {
    let (app, counter) = (province.app(), counter(province).await.id);
    drawn(province).await;
    let desk = officer(province, Reception, WARD).await;
    (counter, actions::call_next(app, app.now(), &desk.caller, counter).await.unwrap().unwrap())
}

/// A slot of the desk that nobody has booked out.
async fn slot(province: &Province) -> String {
    offered(province).await.to_rfc3339()
}

async fn offered(province: &Province) -> DateTime<Utc> {
    let now = province.app().now();
    let days = (0..7).map(|days| now.today() + Days::new(days));
    let mut offered = Vec::new();
    for day in days {
        offered.extend(slots_on(province, day).await);
    }
    offered.into_iter().rfind(|slot| *slot > now.utc()).unwrap()
}

async fn slots_on(province: &Province, day: NaiveDate) -> Vec<DateTime<Utc>> {
    let calendar = province.app().parts.get::<Calendars>().unwrap().of(agency(province, WARD).await);
    calendar.day(day).map(|day| slots(day, terms())).unwrap_or_default()
}

fn terms() -> BookingTerms {
    Queue::load().unwrap().booking
}

async fn booked(province: &Province) -> Id {
    let slot = offered(province).await;
    book(province, province.app().now(), slot).await
}

/// One whose holder may come now.
async fn due(province: &Province) -> Id {
    let now = province.app().now();
    let an_hour_ago = Now::at(now.utc() - TimeDelta::hours(1));
    let (early, late) = (TimeDelta::minutes(terms().early_minutes), TimeDelta::minutes(terms().late_minutes));
    let slots = slots_on(province, now.today()).await;
    let slot = slots.into_iter().find(|slot| *slot - early <= now.utc() && now.utc() <= *slot + late).unwrap();
    book(province, an_hour_ago, slot).await
}

async fn book(province: &Province, at: Now, starts_at: DateTime<Utc>) -> Id {
    let (app, kind) = (province.app(), kind(province).await);
    let new = NewBooking { id: Id::new(app.now()), agency: kind.agency, kind: kind.id, starts_at, sender: None };
    actions::book(app, at, new).await.unwrap().id
}
