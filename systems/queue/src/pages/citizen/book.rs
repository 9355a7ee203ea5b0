//! An hour booked ahead, and the page of the booking, known by its link.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use chrono::{DateTime, Days, Utc};
use directory::Agency;
use system::App;
use web::{Answer, Choice, Flash, Form, Path, Sent, Visitor, filters, redirect, redirect_with};
use worktime::ledger::Calendars;

use crate::actions::{self, NewBooking};
use crate::booking::{Booking, State as Standing, slots};
use crate::pages::{by_chance, desk_of};
use crate::queries;
use crate::rules::rules;

#[derive(Template)]
#[template(path = "queue/citizen/book.html")]
struct Page<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    code: &'a str,
    agency: &'a str,
    id: String,
    kinds: Vec<Choice>,
    slots: Vec<Choice>,
    late_minutes: i64,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    form(&app, &visitor, &code, &Sent::default()).await
}

async fn form(app: &App, visitor: &Visitor, code: &str, sent: &Sent) -> Answer {
    let agency = desk_of(app, visitor, code).await?;
    let kinds = queries::kinds(app.store.read(), agency.id).await?;
    let page = Page {
        csrf: visitor.csrf(),
        sent,
        code,
        agency: &agency.name,
        id: by_chance(app).to_string(),
        kinds: kinds.into_iter().map(|kind| Choice { value: kind.id.to_string(), text: kind.name }).collect(),
        slots: free(app, visitor, &agency).await?,
        late_minutes: rules()?.booking.late_minutes,
    };
    visitor.form(&visitor.text("queue-book-title"), &sent.errors, &page)
}

/// The slots that can be booked, the next first, with how many may still book each.
async fn free(app: &App, visitor: &Visitor, agency: &Agency) -> Result<Vec<Choice>> {
    let (terms, now) = (rules()?.booking, visitor.now);
    let calendar = app.parts.get::<Calendars>()?.of(agency.id);
    let days = (0..=u64::from(terms.days_ahead)).filter_map(|days| now.today().checked_add_days(Days::new(days)));
    let offered = days.filter_map(|day| calendar.day(day)).flat_map(|day| slots(day, terms));
    let offered: Vec<DateTime<Utc>> = offered.filter(|slot| *slot > now.utc()).collect();
    let (Some(first), Some(last)) = (offered.first(), offered.last()) else { return Ok(Vec::new()) };
    let taken = queries::taken(app.store.read(), agency.id, *first, *last).await?;
    let left = |slot: &DateTime<Utc>| terms.per_slot - taken.get(slot).copied().unwrap_or_default();
    let choice = |slot: DateTime<Utc>| {
        let told = [("at", web::moment(visitor.lang, slot)), ("left", left(&slot).to_string())];
        Choice { value: slot.to_rfc3339(), text: visitor.text_with("queue-book-slot-left", &told) }
    };
    Ok(offered.into_iter().filter(|slot| left(slot) > 0).map(choice).collect())
}

pub(super) async fn book(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let agency = desk_of(&app, &visitor, &code).await?;
    let done = match wanted(&visitor, agency.id, &sent) {
        Ok(new) => actions::book(&app, visitor.now, new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(booking) => Ok(redirect(&format!("/hen/{}", booking.id))),
        Err(Error::Invalid(errors)) => form(&app, &visitor, &code, &sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

fn wanted(visitor: &Visitor, agency: Id, sent: &Sent) -> Result<NewBooking> {
    Ok(NewBooking {
        id: sent.value("id").parse().map_err(|_| Error::invalid("form", "web-error-form"))?,
        agency,
        kind: sent.value("kind").parse().map_err(|_| Error::invalid("kind", "queue-kind-missing"))?,
        starts_at: sent.value("slot").parse().map_err(|_| Error::invalid("slot", "queue-slot-missing"))?,
        sender: visitor.subscriber(),
    })
}

#[derive(Template)]
#[template(path = "queue/citizen/booking.html")]
struct Show<'a> {
    csrf: &'a str,
    agency: &'a Agency,
    kind: String,
    state: Standing,
    may_arrive: bool,
    early_minutes: i64,
    late_minutes: i64,
    booking: &'a Booking,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let c = app.store.read();
    let booking = queries::booking_by_id(c, id).await?.ok_or(Error::NotFound)?;
    let agency = directory::queries::agency(c, booking.agency).await?.ok_or(Error::NotFound)?;
    let terms = rules()?.booking;
    let page = Show {
        csrf: visitor.csrf(),
        agency: &agency,
        kind: queries::kind_by_id(c, booking.kind).await?.map(|kind| kind.name).unwrap_or_default(),
        state: booking.state(terms, visitor.now),
        may_arrive: booking.may_arrive(terms, visitor.now),
        early_minutes: terms.early_minutes,
        late_minutes: terms.late_minutes,
        booking: &booking,
    };
    visitor.page(&visitor.text("queue-booking-title"), &page)
}

pub(super) async fn arrive(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let ticket = actions::arrive(&app, visitor.now, id).await?;
    Ok(redirect(&format!("/so/{}", ticket.id)))
}

pub(super) async fn cancel(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    actions::cancel(&app, visitor.now, id).await?;
    Ok(redirect_with(&format!("/hen/{id}"), Flash::success("queue-told-cancelled")))
}
