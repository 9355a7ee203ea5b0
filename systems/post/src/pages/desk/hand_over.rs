//! What the carrier takes along on a day.

use askama::Template;
use axum::extract::State;
use base::Error;
use chrono::NaiveDate;
use serde::Deserialize;
use system::App;
use web::{Answer, Query, Visitor, filters};

use super::show;
use crate::access::READ;
use crate::order::Order;
use crate::{actions, paper, queries};

/// More than a desk hands over on a day.
const SIZE: usize = 500;

#[derive(Template)]
#[template(path = "post/desk/hand_over.html")]
struct Page {
    day: NaiveDate,
    rows: Vec<Line>,
    print: String,
}

struct Line {
    order: Order,
    href: String,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "ngay", default)]
    day: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer_who_may(READ)?;
    let day = visitor.day(&wanted.day)?;
    let orders = queries::handed_over(app.store.read(), officer, day, SIZE).await?;
    let line = |order: Order| Line { href: show::address(order.id), order };
    let print = format!("/buu-chinh-xu-ly/ban-giao/in?ngay={day}");
    let page = Page { day, rows: orders.into_iter().map(line).collect(), print };
    visitor.page(&visitor.text("post-hand-over-title"), &page)
}

/// The list as a paper; whoever prints it has seen the addresses.
pub(super) async fn print(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer_who_may(READ)?;
    let day = visitor.day(&wanted.day)?;
    let c = app.store.read();
    let orders = queries::handed_over(c, officer, day, SIZE).await?;
    for order in &orders {
        actions::look(&app, visitor.now, &visitor.caller, order).await?;
    }
    let agency = directory::queries::agency(c, officer.agency).await?.ok_or(Error::NotFound)?;
    let paper = paper::hand_over(&app, &agency, day, &orders, &officer.name);
    super::printed(&app, paper, visitor.now.utc(), &format!("ban-giao-{day}")).await
}
