//! The carrier of a demo, as a page: nothing is carried there.

use ::system::{Access, App, Routes};
use askama::Template;
use axum::extract::State;
use base::{Error, Result};
use serde::Deserialize;
use web::{Answer, Form, Visitor, filters, redirect};

use crate::carrier::Status;
use crate::demo::{self, Carrier, PATH};
use crate::order::{Order, State as Standing};
use crate::queries;

const SIZE: usize = 50;

pub(super) fn routes() -> Routes {
    // Public: it is somebody else's, and shows no more than codes.
    Routes::new()
        .get("/buu-chinh-minh-hoa", Access::Public, page)
        .post("/buu-chinh-minh-hoa", Access::Public, go_on)
        .example("demo-parcel", &[("order", "{order}"), ("viec", "accepted")])
}

/// Elsewhere there is none.
fn is_played(app: &App) -> Result<()> {
    app.parts.get::<Carrier>().map(|_| ()).map_err(|_| Error::NotFound)
}

#[derive(Template)]
#[template(path = "post/carrier.html")]
struct Page<'a> {
    csrf: &'a str,
    address: &'a str,
    rows: Vec<Row>,
}

struct Row {
    order: Order,
    /// What can happen to it next.
    next: Vec<Next>,
}

struct Next {
    value: &'static str,
    text: &'static str,
}

async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    is_played(&app)?;
    let orders = queries::with_carrier(app.store.read(), SIZE).await?;
    let row = |order: Order| {
        let next = STEPS.into_iter().map(Status::state).filter(|state| order.state.allows(*state));
        Row { next: next.map(|state| Next { value: state.as_str(), text: state.text() }).collect(), order }
    };
    let page = Page { csrf: visitor.csrf(), address: PATH, rows: orders.into_iter().map(row).collect() };
    visitor.page(&visitor.text("post-carrier-title"), &page)
}

const STEPS: [Status; 5] = [Status::Accepted, Status::Delivering, Status::Delivered, Status::Failed, Status::Returned];

#[derive(Deserialize)]
struct Step {
    order: String,
    viec: Status,
}

async fn go_on(State(app): State<App>, _: Visitor, Form(step): Form<Step>) -> Answer {
    is_played(&app)?;
    let order = queries::by_code(app.store.read(), &step.order).await?.ok_or(Error::NotFound)?;
    if order.state == Standing::Wanted {
        return Err(Error::NotFound.into());
    }
    demo::tell(&app, &order, step.viec).await?;
    Ok(redirect(PATH))
}
