//! The screen on the wall: large, calm, and new every few seconds.

use askama::Template;
use axum::extract::State;
use system::App;
use web::{Answer, Path, Visitor, filters};

use super::desk_of;
use crate::queries;

const REFRESH_SECONDS: u32 = 5;
/// So many of those who wait are named.
const NEXT: usize = 8;

#[derive(Template)]
#[template(path = "queue/screen.html")]
struct Page<'a> {
    refresh: u32,
    agency: &'a str,
    code: &'a str,
    called: Vec<Called>,
    next: Vec<String>,
}

struct Called {
    label: String,
    counter: i64,
    name: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let agency = desk_of(&app, &visitor, &code).await?;
    let (c, today) = (app.store.read(), visitor.now.today());
    let counters = queries::counters(c, agency.id).await?;
    let called = queries::called(c, agency.id, today).await?.into_iter().filter_map(|ticket| {
        let counter = counters.iter().find(|counter| Some(counter.id) == ticket.counter)?;
        Some(Called { label: ticket.label(), counter: counter.number, name: counter.name.clone() })
    });
    let next = queries::next(c, agency.id, today, NEXT).await?;
    let page = Page {
        refresh: REFRESH_SECONDS,
        agency: &agency.name,
        code: &agency.code,
        called: called.collect(),
        next: next.iter().map(crate::ticket::Ticket::label).collect(),
    };
    visitor.page(&visitor.text("queue-screen-title"), &page)
}
