//! An hour is booked, called off, or its holder is here.

use base::{Error, Id, Now, Result};
use chrono::{DateTime, Days, Utc};
use identity::actions::count_stranger;
use journal::{Actor, Entry, Thing, record};
use serde_json::json;
use store::{Sql, Tx, next_number};
use system::App;
use worktime::ledger::Calendars;

use super::draw::{self, Drawing};
use crate::booking::{Booking, State, slots};
use crate::queries;
use crate::rules::rules;
use crate::ticket::{Rank, Ticket};

/// What is booked. `id` was made with the page, by chance: the same form sent twice books one hour.
#[derive(Clone, Debug)]
pub struct NewBooking {
    pub id: Id,
    pub agency: Id,
    pub kind: Id,
    pub starts_at: DateTime<Utc>,
    /// Whose bookings are counted together.
    pub sender: Option<String>,
}

/// Books a slot of a desk.
///
/// # Errors
/// [`Error::Invalid`] at `kind` for one that is not offered, at `slot` for one that is none, begins too late or is full.
pub async fn book(app: &App, now: Now, new: NewBooking) -> Result<Booking> {
    if let Some(booked) = queries::booking_by_id(app.store.read(), new.id).await? {
        return Ok(booked);
    }
    let terms = rules()?.booking;
    let last = now.today().checked_add_days(Days::new(terms.days_ahead.into())).unwrap_or(now.today());
    let day = base::local(new.starts_at).date_naive();
    let calendar = app.parts.get::<Calendars>()?.of(new.agency);
    let offered = calendar.day(day).is_some_and(|day| slots(day, terms).contains(&new.starts_at));
    if !offered || new.starts_at <= now.utc() || day > last {
        return Err(Error::invalid("slot", "queue-slot-missing"));
    }
    let booking = Booking {
        id: new.id,
        agency: new.agency,
        kind: new.kind,
        starts_at: new.starts_at,
        made_at: now.utc(),
        arrived_at: None,
        cancelled_at: None,
    };
    let done = app
        .store
        .write(async |tx| {
            let most = rules()?.limits.per_address_and_hour;
            if !count_stranger(tx, now, "booking", new.sender.as_deref(), most).await? {
                return Err(Error::invalid("kind", "queue-drawn-too-many"));
            }
            if queries::kinds(tx, booking.agency).await?.iter().all(|kind| kind.id != booking.kind) {
                return Err(Error::invalid("kind", "queue-kind-missing"));
            }
            // The counter of the slot stays locked until the booking is written: nobody else counts meanwhile.
            let (desk, slot) = (format!("queue-slot:{}", booking.agency), booking.starts_at.timestamp().to_string());
            next_number(tx, &desk, &slot).await?;
            let taken = queries::taken(tx, booking.agency, booking.starts_at, booking.starts_at).await?;
            if taken.values().sum::<i64>() >= terms.per_slot {
                return Err(Error::invalid("slot", "queue-slot-full"));
            }
            insert(tx, &booking).await?;
            tell(tx, now, &booking, "queue.booked").await?;
            Ok(booking.clone())
        })
        .await;
    match done {
        // Sent twice at once: the other one was quicker.
        Err(error) if store::is_duplicate(&error) => {
            queries::booking_by_id(app.store.read(), booking.id).await?.ok_or(error)
        }
        done => done,
    }
}

async fn insert(tx: &Tx, booking: &Booking) -> Result<()> {
    Sql::new("INSERT INTO queue_bookings (id, agency_id, kind_id, starts_at, made_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(booking.id.uuid())
        .bind(booking.agency.uuid())
        .bind(booking.kind.uuid())
        .bind(booking.starts_at)
        .bind(booking.made_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Whoever holds the booking is here: draws the ticket that goes before those who did not book.
///
/// # Errors
/// [`Error::Conflict`] too early, too late, or when it was called off.
pub async fn arrive(app: &App, now: Now, booking: Id) -> Result<Ticket> {
    if let Some(drawn) = queries::ticket_by_id(app.store.read(), booking).await? {
        return Ok(drawn);
    }
    let terms = rules()?.booking;
    app.store
        .write(async |tx| {
            let booking = queries::booking_by_id(tx, booking).await?.ok_or(Error::NotFound)?;
            if !booking.may_arrive(terms, now) {
                return Err(Error::Conflict("queue-booking-not-now"));
            }
            settle(tx, now, booking.id, "arrived_at").await?;
            let Booking { id, agency, kind, .. } = booking;
            let drawing = Drawing { id, agency, kind, priority: String::new(), sender: None };
            draw::insert(tx, now, &drawing, Rank::Booked).await
        })
        .await
}

/// Whoever holds the booking does not come; the slot is free again.
///
/// # Errors
/// [`Error::Conflict`] when it is at an end.
pub async fn cancel(app: &App, now: Now, booking: Id) -> Result<()> {
    let terms = rules()?.booking;
    app.store
        .write(async |tx| {
            let booking = queries::booking_by_id(tx, booking).await?.ok_or(Error::NotFound)?;
            if booking.state(terms, now) != State::Booked {
                return Err(Error::Conflict("queue-booking-over"));
            }
            settle(tx, now, booking.id, "cancelled_at").await?;
            tell(tx, now, &booking, "queue.booking-cancelled").await
        })
        .await
}

/// Writes the moment of an end into its column, if no end is written yet.
async fn settle(tx: &Tx, now: Now, booking: Id, column: &'static str) -> Result<()> {
    let settled = Sql::composed(format!(
        "UPDATE queue_bookings SET {column} = $2 WHERE id = $1 AND arrived_at IS NULL AND cancelled_at IS NULL"
    ))
    .bind(booking.uuid())
    .bind(now.utc())
    .run(tx)
    .await?;
    if settled == 1 { Ok(()) } else { Err(Error::Conflict("queue-booking-over")) }
}

async fn tell(tx: &Tx, now: Now, booking: &Booking, verb: &'static str) -> Result<()> {
    let data = json!({ "agency": booking.agency, "starts_at": booking.starts_at });
    let thing = Thing { kind: "queue-booking", id: booking.id };
    record(tx, now, &Actor::PROGRAM, Entry::new(verb, thing, &data)?).await?;
    Ok(())
}
