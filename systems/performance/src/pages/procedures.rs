//! The procedures behind an indicator; they are public, and so is the list.

use ::system::{Access, App, Routes};
use askama::Template;
use axum::extract::State;
use base::{Error, Result, local};
use contracts::figures::{PublishedVersion, PublishedVersions};
use serde::{Deserialize, Serialize};
use web::sheet::{Cell, Column, Sheet, Value};
use web::{Answer, Query, Visitor, filters};

use super::choices;
use super::shown::Shown;
use crate::announced::{self, Announced, Timely};
use crate::period::{Period, Span};

const LIST: &str = "/ket-qua-phuc-vu/thu-tuc";
const SIZE: usize = 20;

pub(super) fn routes() -> Routes {
    Routes::new().get("/ket-qua-phuc-vu/thu-tuc", Access::Public, page)
}

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
struct Wanted {
    #[serde(rename = "ky", skip_serializing_if = "String::is_empty")]
    period: String,
    #[serde(rename = "so", skip_serializing_if = "String::is_empty")]
    figure: String,
    /// How many rows were shown before.
    #[serde(rename = "tu", skip_serializing_if = "is_nothing")]
    from: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_nothing(number: &usize) -> bool {
    *number == 0
}

/// The two lists: versions of a time with their days, and what can be filed with the parts it lacks.
const ANNOUNCED: &str = "cong-bo";
const PARTS: &str = "bo-phan";

/// The list of what a measure counts.
pub(super) fn behind(period: Period, measure: &str) -> Result<Option<String>> {
    let figure = match measure {
        "procedures-announced"
        | "procedures-decided-in-time"
        | "procedures-published"
        | "procedures-published-in-time" => ANNOUNCED,
        "procedures-public" | "procedures-complete" => PARTS,
        _ => return Ok(None),
    };
    address(period, figure).map(Some)
}

fn address(period: Period, figure: &str) -> Result<String> {
    web::address(LIST, &Wanted { period: period.to_string(), figure: figure.to_owned(), from: 0 })
}

/// Where those stand of which nobody knows when they were decided.
pub(super) fn unknown(period: Period) -> Result<String> {
    address(period, ANNOUNCED)
}

#[derive(Template)]
#[template(path = "performance/procedures.html")]
struct Page {
    title: &'static str,
    period: String,
    back: String,
    table: Shown,
    next: String,
}

async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let period = choices::wanted(&wanted.period, Period::last_month, visitor.now)?;
    let span = period.finished(visitor.now).ok_or_else(|| Error::invalid("ky", "performance-period-unfinished"))?;
    let catalogue = app.ask::<dyn PublishedVersions>().ok_or(Error::NotFound)?;
    let (title, mut sheet) = match wanted.figure.as_str() {
        "" | ANNOUNCED => {
            let found = announced::announced(&app, visitor.now, &span)?.unwrap_or_default();
            ("performance-procedures-announced", days(&visitor, catalogue.as_ref(), found))
        }
        PARTS => ("performance-procedures-public", parts(&visitor, catalogue.as_ref(), &span)),
        _ => return Err(Error::invalid("so", "performance-table-unknown").into()),
    };
    let after = wanted.from.saturating_add(SIZE);
    let next = if sheet.rows.len() > after {
        web::address(LIST, &Wanted { period: period.to_string(), from: after, ..wanted.clone() })?
    } else {
        String::new()
    };
    sheet.rows = sheet.rows.into_iter().skip(wanted.from).take(SIZE).collect();
    let page = Page {
        title,
        period: choices::name(&visitor, period),
        back: web::address("/ket-qua-phuc-vu", &[("ky", period.to_string())])?,
        table: Shown::of(&visitor, sheet),
        next,
    };
    visitor.page(&visitor.text(title), &page)
}

fn sheet(visitor: &Visitor, title: &str, columns: &[(&'static str, &str)], rows: Vec<Vec<Cell>>) -> Sheet {
    let column = |(key, text): &(&'static str, &str)| Column { key, text: visitor.text(text) };
    Sheet { title: visitor.text(title), columns: columns.iter().map(column).collect(), rows }
}

fn name(catalogue: &dyn PublishedVersions, version: &PublishedVersion) -> Cell {
    let value = Value::Text(format!("{} {}", version.code, version.name));
    Cell { value, href: Some(catalogue.page(&version.code)) }
}

fn days(visitor: &Visitor, catalogue: &dyn PublishedVersions, found: Vec<Announced>) -> Sheet {
    let columns = [
        ("procedure", "performance-procedure"),
        ("decided", "performance-decided-on"),
        ("from", "performance-in-force-from"),
        ("decision", "performance-decision"),
        ("published", "performance-published-on"),
        ("publication", "performance-publication"),
    ];
    let timely = |timely: Timely| {
        let key = match timely {
            Timely::InTime => "performance-timely",
            Timely::Late => "performance-reports-late",
            Timely::Unknown => "performance-unknown",
        };
        Cell::from(Value::Text(visitor.text(key)))
    };
    let row = |one: Announced| {
        vec![
            name(catalogue, &one.version),
            one.version.decided.map_or(Value::Nothing, Value::Day).into(),
            Value::Day(one.version.from).into(),
            timely(one.decided),
            Value::Day(local(one.version.published_at).date_naive()).into(),
            timely(one.published),
        ]
    };
    sheet(visitor, "performance-procedures-announced", &columns, found.into_iter().map(row).collect())
}

fn parts(visitor: &Visitor, catalogue: &dyn PublishedVersions, span: &Span) -> Sheet {
    let columns = [("procedure", "performance-procedure"), ("missing", "performance-missing")];
    let mut offered = catalogue.offered_on(visitor.now, span.to.pred_opt().unwrap_or(span.to));
    // What lacks something stands first.
    offered.sort_by_key(|version| version.missing.is_empty());
    let row = |version: PublishedVersion| {
        let missing: Vec<String> =
            version.missing.iter().map(|part| visitor.text(&format!("performance-part-{part}"))).collect();
        let missing = if missing.is_empty() { Value::Nothing } else { Value::Text(missing.join("; ")) };
        vec![name(catalogue, &version), missing.into()]
    };
    sheet(visitor, "performance-procedures-public", &columns, offered.into_iter().map(row).collect())
}
