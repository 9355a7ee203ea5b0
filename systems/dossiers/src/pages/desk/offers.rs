//! Dossiers for which an apology is offered before their date passes.

use askama::Template;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::MomentCursor;
use system::App;
use web::{Answer, Query, Visitor, filters};

use crate::queries::offers::{self, Offer};
use crate::rules::rules;

const SIZE: usize = 50;
pub(super) const PAGE: &str = "/mot-cua/xin-loi";

#[derive(Template)]
#[template(path = "dossiers/desk/offers.html")]
struct Offers<'a> {
    days: u32,
    basis: &'a str,
    rows: Vec<Offer>,
    next: String,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "sau")]
    after: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer()?;
    let after = MomentCursor::read(&wanted.after)?;
    let found = offers::offered(app.store.read(), officer, visitor.now, after, SIZE).await?;
    let next = match found.next {
        Some(after) => web::address(PAGE, &Wanted { after })?,
        None => String::new(),
    };
    let rule = &rules()?.apology;
    let page = Offers { days: rule.within_working_days, basis: &rule.basis, rows: found.rows, next };
    visitor.page(&visitor.text("dossiers-offers-title"), &page)
}

#[cfg(test)]
mod tests;
