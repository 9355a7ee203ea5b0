use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Query, Visitor, filters};

use crate::charge::Charge;
use crate::queries;

const SIZE: usize = 20;

#[derive(Template)]
#[template(path = "payments/citizen/list.html")]
struct List {
    charges: Vec<Charge>,
    next: String,
}

#[derive(Deserialize)]
pub(super) struct Place {
    #[serde(rename = "sau")]
    before: Option<String>,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(place): Query<Place>) -> Answer {
    let before = Cursor::read(place.before.as_deref().unwrap_or_default())?;
    let found = queries::own(app.store.read(), visitor.caller.citizen()?, before, SIZE).await?;
    let page = List {
        charges: found.rows,
        next: found.next.map_or_else(String::new, |next| format!("/thanh-toan?sau={next}")),
    };
    visitor.page(&visitor.text("payments-mine-title"), &page)
}
