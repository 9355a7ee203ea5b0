//! Officers see what the national portal knows of their dossiers, and what was filed there.

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use ::system::{Access, App, Routes};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use store::Cursor;
use web::{Answer, Query, Visitor, filters};

use crate::access::READ;
use crate::queries::{self, Arrival, Told};

const SIZE: usize = 50;
const TOLD: &str = "/lien-thong-quoc-gia";
const ARRIVALS: &str = "/lien-thong-quoc-gia/tiep-nhan";

pub(crate) fn routes() -> Routes {
    const MAY: Access = Access::Needs(READ);
    Routes::new().get("/lien-thong-quoc-gia", MAY, told).get("/lien-thong-quoc-gia/tiep-nhan", MAY, arrivals)
}

#[derive(Deserialize)]
struct Wanted {
    /// Only those that the portal does not have as they are.
    #[serde(rename = "chua-khop", default)]
    behind: String,
    #[serde(rename = "sau")]
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "national/told.html")]
struct ToldPage {
    demo: bool,
    behind: bool,
    rows: Vec<Told>,
    next: String,
}

async fn told(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer_who_may(READ)?;
    let before = wanted.before.map(|text| text.parse::<Cursor>()).transpose()?;
    let behind = wanted.behind == "1";
    let found = queries::for_desk(app.store.read(), officer, behind, before, SIZE).await?;
    let page = ToldPage {
        demo: app.settings.demo,
        behind,
        rows: found.rows,
        next: found.next.map_or_else(String::new, |next| format!("{TOLD}?chua-khop={}&sau={next}", wanted.behind)),
    };
    visitor.page(&visitor.text("national-told-title"), &page)
}

#[derive(Template)]
#[template(path = "national/arrivals.html")]
struct ArrivalsPage {
    demo: bool,
    rows: Vec<Arrival>,
    next: String,
}

async fn arrivals(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer_who_may(READ)?;
    let before = wanted.before.map(|text| text.parse::<Cursor>()).transpose()?;
    let found = queries::arrivals(app.store.read(), officer, before, SIZE).await?;
    let next = found.next.map_or_else(String::new, |next| format!("{ARRIVALS}?sau={next}"));
    let page = ArrivalsPage { demo: app.settings.demo, rows: found.rows, next };
    visitor.page(&visitor.text("national-arrivals-title"), &page)
}
