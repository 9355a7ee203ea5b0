//! Reports of one matter, joined and taken out again.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::{Error, Id, Result};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use store::Cursor;
use system::App;
use web::{Answer, Flash, Form, Path, Query, Sent, Visitor, filters, redirect_with};

use super::LIST;
use crate::access::TRIAGE;
use crate::queries::{self, Alike, Chosen};
use crate::report::Report;
use crate::rules::{self, rules};
use crate::{access, actions};

const SIZE: usize = 50;
/// In an address: wherever in the commune.
const COMMUNE: &str = "xa";

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// Metres, or the whole commune.
    #[serde(rename = "trong", skip_serializing_if = "String::is_empty")]
    within: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

#[derive(Template)]
#[template(path = "feedback/desk/join.html")]
struct Page<'a> {
    csrf: &'a str,
    report: &'a Report,
    title: String,
    address: String,
    circles: Vec<Circle>,
    within: String,
    rows: Vec<Line>,
    all: i64,
    next: String,
}

struct Circle {
    metres: Option<u32>,
    href: String,
    current: bool,
}

struct Line {
    report: Report,
    metres: Option<i64>,
}

/// What may be joined into a report, a page of it.
pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let c = app.store.read();
    let lead = at_own_desk(&app, &visitor, &code).await?;
    let alike = circle(&wanted.within, &lead)?;
    let days = TimeDelta::days(rules()?.near.days);
    let found = queries::alike(c, &lead, alike, days, Cursor::read(&wanted.after)?, SIZE).await?;
    let address = format!("{LIST}/{code}");
    let next = match found.next {
        Some(after) => web::address(&format!("{address}/gop"), &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let page = Page {
        csrf: visitor.csrf(),
        title: rules::kind_title(&lead.kind),
        circles: circles(&address, &lead, alike)?,
        within: wanted.within,
        rows: found.rows.into_iter().map(|report| line(&lead, report)).collect(),
        all: queries::count_alike(c, &lead, alike, days).await?,
        report: &lead,
        address,
        next,
    };
    visitor.page(&visitor.text_with("feedback-join-title", &[("code", lead.code.clone())]), &page)
}

pub(super) async fn join(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let lead = at_own_desk(&app, &visitor, &code).await?;
    let sent = Sent::new(pairs);
    let chosen = if sent.value("tat-ca") == "yes" { Chosen::All } else { Chosen::These(ticked(&sent)) };
    let alike = circle(sent.value("trong"), &lead)?;
    match actions::join(&app, visitor.now, &visitor.caller, lead.id, alike, &chosen).await {
        Ok(_) => Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success("feedback-told-joined"))),
        Err(Error::Invalid(_)) => Ok(none_chosen(&format!("{LIST}/{code}/gop?trong={}", sent.value("trong")))),
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "feedback/desk/joined.html")]
struct Joined<'a> {
    csrf: &'a str,
    report: &'a Report,
    address: String,
    rows: Vec<Report>,
    may_take_out: bool,
    next: String,
}

/// What is joined into a report.
pub(super) async fn joined(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let c = app.store.read();
    let lead = queries::for_officer(c, visitor.caller.officer()?, &code).await?;
    let found = queries::joined_into(c, lead.id, Cursor::read(&wanted.after)?, SIZE).await?;
    let address = format!("{LIST}/{code}");
    let page = Joined {
        csrf: visitor.csrf(),
        rows: found.rows,
        may_take_out: lead.state.takes_in() && may_join(&visitor, &lead),
        next: found.next.map(|after| format!("{address}/da-gop?sau={after}")).unwrap_or_default(),
        report: &lead,
        address,
    };
    visitor.page(&visitor.text_with("feedback-joined-title", &[("code", lead.code.clone())]), &page)
}

pub(super) async fn take_out(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let lead = at_own_desk(&app, &visitor, &code).await?;
    let chosen = ticked(&Sent::new(pairs));
    let address = format!("{LIST}/{code}/da-gop");
    match actions::take_out(&app, visitor.now, &visitor.caller, lead.id, &chosen).await {
        Ok(_) => Ok(redirect_with(&address, Flash::success("feedback-told-taken-out"))),
        Err(Error::Invalid(_)) => Ok(none_chosen(&address)),
        Err(error) => Err(error.into()),
    }
}

fn none_chosen(address: &str) -> Response {
    redirect_with(address, Flash::error("feedback-none-chosen"))
}

/// One page at most: a form holds no more.
fn ticked(sent: &Sent) -> Vec<Id> {
    sent.all("report").filter_map(|id| id.parse().ok()).take(SIZE).collect()
}

/// Whether the officer's desk received the report and joins others into it.
pub(super) fn may_join(visitor: &Visitor, report: &Report) -> bool {
    access::may(&visitor.caller, TRIAGE).is_ok_and(|officer| officer.agency == report.receiving)
}

async fn at_own_desk(app: &App, visitor: &Visitor, code: &str) -> Result<Report> {
    let report = queries::for_officer(app.store.read(), visitor.caller.officer()?, code).await?;
    if may_join(visitor, &report) { Ok(report) } else { Err(Error::NotFound) }
}

/// The circle that was asked for; the usual one when none was.
fn circle(within: &str, lead: &Report) -> Result<Alike> {
    if within == COMMUNE || lead.place.is_none() {
        return Ok(Alike::Commune);
    }
    let known = &rules()?.joining.metres;
    let asked = within.parse().ok().filter(|metres| known.contains(metres));
    Ok(asked.or_else(|| known.first().copied()).map_or(Alike::Commune, Alike::Within))
}

/// How many are likely the same within the usual circle.
pub(super) async fn count(app: &App, lead: &Report) -> Result<i64> {
    let days = TimeDelta::days(rules()?.near.days);
    queries::count_alike(app.store.read(), lead, circle("", lead)?, days).await
}

fn circles(address: &str, lead: &Report, chosen: Alike) -> Result<Vec<Circle>> {
    let metres = if lead.place.is_some() { rules()?.joining.metres.as_slice() } else { &[] };
    let around = metres.iter().map(|metres| Circle {
        metres: Some(*metres),
        href: format!("{address}/gop?trong={metres}"),
        current: chosen == Alike::Within(*metres),
    });
    let commune =
        Circle { metres: None, href: format!("{address}/gop?trong={COMMUNE}"), current: chosen == Alike::Commune };
    Ok(around.chain([commune]).collect())
}

fn line(lead: &Report, report: Report) -> Line {
    let metres = lead.place.zip(report.place).map(|(one, other)| one.metres_to(other));
    Line { metres: metres.map(queries::whole_metres), report }
}
