//! The register of dossiers (sổ theo dõi hồ sơ): a list, a page to print, and files.

use askama::Template;
use axum::extract::State;
use base::Result;
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use store::MomentCursor;
use system::{App, Officer};
use web::sheet::{Cell, Column, FileOf, Sheet, Value};
use web::{Answer, Query, Visitor, filters};

use crate::queries::register::{Entry, register};
use crate::rules::rules;

const SIZE: usize = 50;
/// Lines of a file or of what is printed, at most.
const MOST: usize = 20_000;
/// Days of one register at most.
const LONGEST: i64 = 366;
pub(super) const PAGE: &str = "/mot-cua/so-theo-doi";
pub(super) const PRINT: &str = "/mot-cua/so-theo-doi/in";
pub(super) const CSV: &str = "/mot-cua/so-theo-doi.csv";
pub(super) const XLSX: &str = "/mot-cua/so-theo-doi.xlsx";

#[derive(Template)]
#[template(path = "dossiers/desk/register.html")]
struct Register<'a> {
    wanted: &'a Wanted,
    rows: Vec<Entry>,
    next: String,
    print: String,
    files: [String; 2],
}

#[derive(Template)]
#[template(path = "dossiers/desk/register_print.html")]
struct Printed<'a> {
    back: String,
    /// The form and the act that has it, where one holds.
    form: String,
    agency: &'a str,
    from: NaiveDate,
    until: NaiveDate,
    rows: Vec<Entry>,
    cut: bool,
}

/// The days of the register, the last one with them.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "tu", skip_serializing_if = "String::is_empty")]
    from: String,
    #[serde(rename = "den", skip_serializing_if = "String::is_empty")]
    until: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

impl Wanted {
    /// The days; without any, those of this month until today.
    fn days(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let until = base::iso_day(&self.until).unwrap_or(today);
        let from = base::iso_day(&self.from).unwrap_or_else(|| until.with_day(1).unwrap_or(until));
        let from = from.min(until);
        if (until - from).num_days() > LONGEST {
            (until - Days::new(LONGEST.unsigned_abs()), until)
        } else {
            (from, until)
        }
    }

    fn of((from, until): (NaiveDate, NaiveDate)) -> Self {
        Self { from: from.to_string(), until: until.to_string(), after: String::new() }
    }
}

fn moments((from, until): (NaiveDate, NaiveDate)) -> (DateTime<Utc>, DateTime<Utc>) {
    (base::hours_of(from).0, base::hours_of(until).1)
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer()?;
    let days = wanted.days(visitor.now.today());
    let after = MomentCursor::read(&wanted.after)?;
    let found = register(app.store.read(), officer, moments(days), after, SIZE).await?;
    let wanted = Wanted::of(days);
    let next = match found.next {
        Some(after) => web::address(PAGE, &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let page = Register {
        rows: found.rows,
        next,
        print: web::address(PRINT, &wanted)?,
        files: [web::address(CSV, &wanted)?, web::address(XLSX, &wanted)?],
        wanted: &wanted,
    };
    visitor.page(&visitor.text("dossiers-register-title"), &page)
}

pub(super) async fn print(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer()?;
    let days = wanted.days(visitor.now.today());
    let (rows, cut) = all(&app, officer, days).await?;
    let form = rules()?.register_on(days.1).map(|form| format!("{}, {}", form.form, form.basis)).unwrap_or_default();
    let page = Printed {
        back: web::address(PAGE, &Wanted::of(days))?,
        form,
        agency: &officer.agency_name,
        from: days.0,
        until: days.1,
        rows,
        cut,
    };
    visitor.page(&visitor.text("dossiers-register-title"), &page)
}

pub(super) async fn csv(app: State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    file(&app, &visitor, &wanted, FileOf::Csv).await
}

pub(super) async fn xlsx(app: State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    file(&app, &visitor, &wanted, FileOf::Xlsx).await
}

async fn file(app: &App, visitor: &Visitor, wanted: &Wanted, kind: FileOf) -> Answer {
    let officer = visitor.caller.officer()?;
    let days = wanted.days(visitor.now.today());
    let (rows, _) = all(app, officer, days).await?;
    Ok(sheet(visitor, rows)?.file(kind, &format!("so-theo-doi-{}-{}", days.0, days.1))?)
}

/// As many lines as are told at once, and whether there are more.
async fn all(app: &App, officer: &Officer, days: (NaiveDate, NaiveDate)) -> Result<(Vec<Entry>, bool)> {
    let found = register(app.store.read(), officer, moments(days), None, MOST).await?;
    Ok((found.rows, found.next.is_some()))
}

fn sheet(visitor: &Visitor, entries: Vec<Entry>) -> Result<Sheet> {
    let column = |key, text: &str| Column { key, text: visitor.text(text) };
    let moment = |at: Option<DateTime<Utc>>| at.map_or(Value::Nothing, Value::Moment);
    let mut rows = Vec::with_capacity(entries.len());
    for (place, entry) in entries.into_iter().enumerate() {
        let how = entry.how().map_or(Value::Nothing, |text| Value::Text(visitor.text(text)));
        let values = [
            Value::Number(i64::try_from(place + 1)?),
            Value::Text(entry.code),
            Value::Text(entry.procedure),
            Value::Text(entry.applicant),
            Value::Text(entry.agency),
            Value::Moment(entry.received_at),
            moment(entry.promised_at),
            moment(entry.returned_at),
            how,
            Value::Nothing,
        ];
        rows.push(values.map(Cell::from).to_vec());
    }
    Ok(Sheet {
        title: visitor.text("dossiers-register-title"),
        columns: vec![
            column("number", "dossiers-register-number"),
            column("code", "dossiers-desk-code"),
            column("procedure", "dossiers-desk-procedure"),
            column("applicant", "dossiers-desk-applicant"),
            column("agency", "dossiers-register-agency"),
            column("received", "dossiers-desk-received"),
            column("promised", "dossiers-desk-promised"),
            column("returned", "dossiers-register-returned"),
            column("how", "dossiers-register-how"),
            column("signature", "dossiers-register-signature"),
        ],
        rows,
    })
}

#[cfg(test)]
mod tests;
