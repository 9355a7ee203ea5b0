use base::{Id, Now};
use futures_util::future::join_all;
use http::StatusCode;

use crate::actions::{self, NewBooking};
use crate::pages::fixture::{Fixture, NOBODY};
use crate::queries;

const MONDAY: &str = "2026-11-23T08:00:00+07:00";

async fn new(f: &Fixture) -> NewBooking {
    NewBooking {
        id: Id::new(f.app.now()),
        agency: f.ward.id,
        kind: f.kind("A").await.id,
        starts_at: slot(),
        sender: None,
    }
}

/// The first slot of the next working day.
fn slot() -> chrono::DateTime<chrono::Utc> {
    Now::parse(MONDAY).utc()
}

#[store::test]
async fn who_booked_and_comes_in_time_is_called_before_who_did_not(f: Fixture) {
    let page = f.get(NOBODY, "/dat-hen/H32.103").await.page();
    let rest = page.split("<option value=\"2026-11-23T").nth(1).unwrap_or_else(|| panic!("{page}"));
    let slot = format!("2026-11-23T{}", rest.split('"').next().unwrap());
    let (id, kind) = (Id::new(f.app.now()).to_string(), f.kind("A").await.id.to_string());
    let fields = [("id", id.as_str()), ("kind", kind.as_str()), ("slot", slot.as_str())];
    let address = f.post(NOBODY, "/dat-hen/H32.103", &fields).await.to();
    assert_eq!(f.post(NOBODY, "/dat-hen/H32.103", &fields).await.to(), address, "sent twice it is one");
    assert!(!f.get(NOBODY, &address).await.page().contains("Tôi đã đến"));
    assert_eq!(f.post(NOBODY, &format!("{address}/den"), &[]).await.status, StatusCode::CONFLICT, "days before");

    let booked = queries::booking_by_id(f.app.store.read(), id.parse().unwrap()).await.unwrap().unwrap();
    f.on(&booked.starts_at.to_rfc3339());
    f.draw("A", "").await;
    f.draw("A", "disabled").await;
    assert!(f.get(NOBODY, &address).await.page().contains("Tôi đã đến"));
    let ticket = f.post(NOBODY, &format!("{address}/den"), &[]).await.to();
    assert_eq!(f.post(NOBODY, &format!("{address}/den"), &[]).await.to(), ticket, "once");
    assert!(f.get(NOBODY, &ticket).await.page().contains("A003"));
    assert_eq!(f.post(NOBODY, &format!("{address}/huy"), &[]).await.status, StatusCode::CONFLICT);
    for expected in ["A002", "A003", "A001"] {
        assert_eq!(f.call(1).await.as_deref(), Some(expected));
        f.finish(1).await;
    }
}

#[store::test]
async fn a_slot_takes_no_more_than_it_has_places_even_when_all_come_at_once(f: Fixture) {
    let mut wanted = Vec::new();
    for _ in 0..8 {
        wanted.push(new(&f).await);
    }
    let done = join_all(wanted.iter().map(|new| actions::book(&f.app, f.app.now(), new.clone()))).await;
    let booked: Vec<_> = done.into_iter().filter_map(Result::ok).collect();
    assert_eq!(booked.len(), 4);
    assert!(
        !f.get(NOBODY, "/dat-hen/H32.103").await.page().contains(&slot().to_rfc3339()),
        "it is not offered any more"
    );
    actions::cancel(&f.app, f.app.now(), booked[0].id).await.unwrap();
    assert!(actions::cancel(&f.app, f.app.now(), booked[0].id).await.is_err(), "once");
    actions::book(&f.app, f.app.now(), new(&f).await).await.unwrap();
}

#[store::test]
async fn no_hour_is_booked_that_is_over_too_far_away_or_outside_the_hours_of_the_office(f: Fixture) {
    for moment in [
        "2026-11-20T07:30:00+07:00",
        "2026-11-22T08:00:00+07:00",
        "2026-11-23T03:00:00+07:00",
        "2026-12-07T08:00:00+07:00",
    ] {
        let new = NewBooking { starts_at: Now::parse(moment).utc(), ..new(&f).await };
        assert!(actions::book(&f.app, f.app.now(), new).await.is_err(), "{moment}");
    }
    let nothing = f.post(NOBODY, "/dat-hen/H32.103", &[("id", &Id::new(f.app.now()).to_string()), ("kind", "")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let late = actions::book(&f.app, f.app.now(), new(&f).await).await.unwrap();
    f.on("2026-11-23T08:16:00+07:00");
    assert_eq!(f.post(NOBODY, &format!("/hen/{}/den", late.id), &[]).await.status, StatusCode::CONFLICT);
    assert!(f.get(NOBODY, &format!("/hen/{}", late.id)).await.page().contains("Đã lỡ"));
}
