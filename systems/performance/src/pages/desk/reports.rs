//! The reports behind a figure.

use axum::extract::State;
use base::{Error, Result};
use store::Cursor;
use system::App;
use web::{Answer, Query, Visitor};

use super::super::choices;
use super::super::sheets;
use super::super::shown::Shown;
use super::Wanted;
use super::list::{Page, SIZE};
use crate::access::READ;
use crate::period::Period;
use crate::queries::{self, Reports};

const LIST: &str = "/thong-ke/phan-anh";
/// Where the figures stand that these lists are behind.
const FIGURES: &str = "/ket-qua-phuc-vu";

/// The list of what a measure counts, for those who may open it.
pub(in super::super) fn behind(visitor: &Visitor, period: Period, measure: &str) -> Result<Option<String>> {
    let figure = match measure {
        "reports-filed" => Reports::Filed,
        "reports-kept" => Reports::Kept,
        _ => return Ok(None),
    };
    if visitor.caller.officer_who_may(READ).is_err() {
        return Ok(None);
    }
    let figure = figure.as_str().to_owned();
    Wanted { period: period.to_string(), figure, ..Wanted::default() }.at(LIST).map(Some)
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let period = choices::wanted(&wanted.period, Period::last_month, visitor.now)?;
    let span = period.finished(visitor.now).ok_or_else(|| Error::invalid("ky", "performance-period-unfinished"))?;
    let wanted = Wanted { period: period.to_string(), ..wanted };
    let figure = if wanted.figure.is_empty() { Some(Reports::Filed) } else { Reports::parse(&wanted.figure) };
    let figure = figure.ok_or_else(|| Error::invalid("so", "performance-table-unknown"))?;
    let before = Cursor::read(&wanted.after)?;
    let scope = visitor.caller.officer_who_may(READ)?.agency;
    let found = queries::reports(app.store.read(), figure, scope, &span, before, SIZE).await?;
    let next = match found.next {
        Some(after) => Wanted { after, ..wanted.clone() }.at(LIST)?,
        None => String::new(),
    };
    let page = Page {
        figure: figure.text(),
        nothing: "performance-reports-nothing",
        period: choices::name(&visitor, period),
        back: web::address(FIGURES, &[("ky", &wanted.period)])?,
        narrowings: Vec::new(),
        table: Shown::of(&visitor, sheets::reports(&app, &visitor, span.end, found.rows).await?),
        next,
        downloads: None,
    };
    visitor.page(&visitor.text(figure.text()), &page)
}
