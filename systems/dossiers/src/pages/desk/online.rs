//! What was filed online and waits for the desk, and how soon the desk answered in the last months.

use askama::Template;
use axum::extract::State;
use base::{Error, Result};
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use flow::pages::time_left;
use serde::{Deserialize, Serialize};
use store::{Cursor, MomentCursor};
use system::App;
use web::{Answer, Query, Visitor, filters};
use worktime::ledger::Calendars;

use crate::online_check;
use crate::queries::online::{self, Answered, Filed};
use crate::rules::rules;

const SIZE: usize = 50;
pub(super) const PAGE: &str = "/mot-cua/kiem-tra-truc-tuyen";
pub(super) const BEHIND: &str = "/mot-cua/kiem-tra-truc-tuyen/ho-so";
const IN_TIME: &str = "kip";
const LATE: &str = "tre";

#[derive(Template)]
#[template(path = "dossiers/desk/online.html")]
struct Online<'a> {
    hours: u32,
    basis: &'a str,
    rows: Vec<Row>,
    next: String,
    months: Vec<Month>,
}

/// One that waits: what is left of its time in words, the state, and the share used in percent.
struct Row {
    filed: Filed,
    left: String,
    state: &'static str,
    used: i64,
    due_at: Option<DateTime<Utc>>,
}

struct Month {
    name: String,
    answered: Answered,
    share: String,
    median: String,
    all: String,
    in_time: String,
    late: String,
}

#[derive(Template)]
#[template(path = "dossiers/desk/online_behind.html")]
struct Behind {
    month: String,
    what: &'static str,
    back: &'static str,
    rows: Vec<(Filed, String)>,
    next: String,
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// `2026-10`.
    #[serde(rename = "thang", skip_serializing_if = "String::is_empty")]
    month: String,
    #[serde(rename = "tra-loi", skip_serializing_if = "String::is_empty")]
    answered: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer()?;
    let c = app.store.read();
    let rule = &rules()?.online_check;
    let found = online::waiting(c, officer, Cursor::read(&wanted.after)?, SIZE).await?;
    let calendars = app.parts.get::<Calendars>()?;
    let calendar = calendars.of(officer.agency);
    let mut rows = Vec::with_capacity(found.rows.len());
    for filed in found.rows {
        let held = online_check::clock(officer.agency, filed.submitted_at, &calendar)?;
        let (left, state, used) = time_left(&held, calendars, visitor.now)?;
        rows.push(Row { filed, left, state, used, due_at: held.due_at });
    }
    let this = first_of_month(visitor.now.today());
    let firsts: Vec<NaiveDate> = (0..=rule.months).rev().map(|back| this - Months::new(back)).collect();
    let ends = firsts.iter().chain([&(this + Months::new(1))]).map(|day| base::hours_of(*day).0).collect::<Vec<_>>();
    let answered = online::answered(c, officer, &ends, online_check::limit()?).await?;
    let months: Result<Vec<Month>> =
        firsts.iter().zip(answered).rev().map(|(first, answered)| month(&visitor, *first, answered)).collect();
    let next = match found.next {
        Some(after) => web::address(PAGE, &Wanted { after, ..Wanted::default() })?,
        None => String::new(),
    };
    let page = Online { hours: rule.working_hours, basis: &rule.basis, rows, next, months: months? };
    visitor.page(&visitor.text("dossiers-online-title"), &page)
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn month(visitor: &Visitor, first: NaiveDate, answered: Answered) -> Result<Month> {
    let behind = |how: &str| {
        let month = first.format("%Y-%m").to_string();
        web::address(BEHIND, &Wanted { month, answered: how.to_owned(), after: String::new() })
    };
    let share =
        if answered.all == 0 { "–".to_owned() } else { format!("{}%", answered.in_time * 100 / answered.all) };
    Ok(Month {
        name: first.format("%m/%Y").to_string(),
        share,
        median: answered.median.map_or_else(|| "–".to_owned(), |minutes| took(visitor, minutes)),
        all: behind("")?,
        in_time: behind(IN_TIME)?,
        late: behind(LATE)?,
        answered,
    })
}

/// Working time in hours and minutes.
fn took(visitor: &Visitor, minutes: i64) -> String {
    let parts = [("hours", (minutes / 60).to_string()), ("minutes", (minutes % 60).to_string())];
    visitor.text_with("dossiers-online-took", &parts)
}

/// The dossiers behind a figure.
pub(super) async fn behind(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer()?;
    let first = if wanted.month.is_empty() {
        first_of_month(visitor.now.today())
    } else {
        base::iso_day(&format!("{}-01", wanted.month)).ok_or(Error::NotFound)?
    };
    let span = (base::hours_of(first).0, base::hours_of(first + Months::new(1)).0);
    let limit = online_check::limit()?;
    let (in_time, what) = match wanted.answered.as_str() {
        IN_TIME => (Some((true, limit)), "dossiers-online-in-time"),
        LATE => (Some((false, limit)), "dossiers-online-late"),
        _ => (None, "dossiers-online-answered"),
    };
    let before = MomentCursor::read(&wanted.after)?;
    let found = online::behind(app.store.read(), officer, span, in_time, before, SIZE).await?;
    let next = match found.next {
        Some(after) => web::address(BEHIND, &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let row = |filed: Filed| {
        let took = took(&visitor, filed.minutes.unwrap_or_default());
        (filed, took)
    };
    let month = first.format("%m/%Y").to_string();
    let page = Behind { month, what, back: PAGE, rows: found.rows.into_iter().map(row).collect(), next };
    visitor.page(&visitor.text("dossiers-online-title"), &page)
}

#[cfg(test)]
mod tests;
