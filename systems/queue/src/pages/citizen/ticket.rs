//! One's own ticket, known by its link: on the telephone, and on 80 millimetres of paper.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use directory::Agency;
use qrcode::QrCode;
use qrcode::render::svg;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect_with};

use crate::desk::{Counter, wait};
use crate::ticket::Ticket;
use crate::{actions, queries};

/// The pace of the queue follows from so many last calls.
const CALLS: usize = 20;
const REFRESH_SECONDS: u32 = 15;

#[derive(Template)]
#[template(path = "queue/citizen/ticket.html")]
struct Page<'a> {
    csrf: &'a str,
    refresh: u32,
    agency: &'a Agency,
    kind: String,
    counter: Option<Counter>,
    /// Today's, and not at an end.
    live: bool,
    before: i64,
    /// Minutes, by today's pace.
    wait: Option<i64>,
    ticket: &'a Ticket,
}

#[derive(Template)]
#[template(path = "queue/citizen/slip.html")]
struct Slip<'a> {
    agency: &'a Agency,
    kind: String,
    before: i64,
    qr: String,
    ticket: &'a Ticket,
}

async fn found(app: &App, id: Id) -> Result<(Ticket, Agency, String)> {
    let c = app.store.read();
    let ticket = queries::ticket_by_id(c, id).await?.ok_or(Error::NotFound)?;
    let agency = directory::queries::agency(c, ticket.agency).await?.ok_or(Error::NotFound)?;
    let kind = queries::kind_by_id(c, ticket.kind).await?.map(|kind| kind.name).unwrap_or_default();
    Ok((ticket, agency, kind))
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let (ticket, agency, kind) = found(&app, id).await?;
    let c = app.store.read();
    let before = queries::before(c, &ticket).await?;
    let calls = queries::calls(c, ticket.agency, ticket.day, ticket.kind, CALLS).await?;
    let counter = match ticket.counter {
        Some(counter) => queries::counter_by_id(c, counter).await?,
        None => None,
    };
    let page = Page {
        csrf: visitor.csrf(),
        refresh: REFRESH_SECONDS,
        agency: &agency,
        kind,
        counter,
        live: ticket.day == visitor.now.today() && !ticket.state.is_end(),
        before,
        wait: wait(&calls, before),
        ticket: &ticket,
    };
    visitor.page(&ticket.label(), &page)
}

/// For a printer of slips; whoever has it can follow the ticket by the picture on it.
pub(super) async fn slip(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let (ticket, agency, kind) = found(&app, id).await?;
    let before = queries::before(app.store.read(), &ticket).await?;
    let qr = drawn(&format!("{}/so/{}", app.settings.public_url, ticket.id))?;
    visitor.page(&ticket.label(), &Slip { agency: &agency, kind, before, qr, ticket: &ticket })
}

/// A QR code as an SVG that stands inside a page, where an XML declaration may not.
fn drawn(address: &str) -> Result<String> {
    let svg = QrCode::new(address)?.render::<svg::Color>().min_dimensions(140, 140).build();
    Ok(svg.split_once("?>").map_or(svg.clone(), |(_, inner)| inner.to_owned()))
}

pub(super) async fn drop_out(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    actions::drop_out(&app, visitor.now, id).await?;
    Ok(redirect_with(&format!("/so/{id}"), Flash::success("queue-told-dropped")))
}
