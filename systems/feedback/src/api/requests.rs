use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use base::{Error, Id, Result, local};
use chrono::{DateTime, Duration, Utc};
use directory::queries::Names;
use geo::Place;
use serde::{Deserialize, Serialize};
use system::App;
use web::{Path, Query, Visitor};

use super::format::{Format, List};
use crate::queries::{self, Filter};
use crate::report::Report;
use crate::rules::{self, rules};

/// Requests that one answer has at most; the standard's own figure.
const MOST: usize = 1000;
/// How far back a list goes that does not say, and the longest it can be; the standard's own figure.
const DAYS: i64 = 90;

#[derive(Serialize)]
#[serde(rename = "service_requests")]
struct Requests {
    request: Vec<ServiceRequest>,
}

impl List for Requests {
    type Things = [ServiceRequest];

    fn things(&self) -> &[ServiceRequest] {
        &self.request
    }
}

/// A report; times are RFC 3339 with the hours of Vietnam.
#[expect(clippy::struct_field_names, reason = "the names of the standard")]
#[derive(Serialize)]
struct ServiceRequest {
    service_request_id: String,
    status: &'static str,
    status_notes: String,
    service_name: String,
    service_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    agency_responsible: String,
    requested_datetime: String,
    updated_datetime: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_datetime: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    long: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_url: Option<String>,
}

/// What a list is narrowed by. Unknown parameters of the standard (`jurisdiction_id`) are not needed here: there is one.
#[derive(Deserialize)]
pub(super) struct Wanted {
    /// Codes, separated by commas; overrides everything else.
    #[serde(default)]
    service_request_id: String,
    #[serde(default)]
    service_code: String,
    #[serde(default)]
    start_date: String,
    #[serde(default)]
    end_date: String,
    #[serde(default)]
    status: String,
}

pub(super) async fn list(
    State(app): State<App>,
    format: Format,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Response {
    match found(&app, &visitor, &wanted).await {
        Ok(request) => format.answer(Requests { request }),
        Err(error) => format.refuse(&visitor, error),
    }
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Path(file): Path<String>) -> Response {
    let (code, format) = Format::split(&file);
    match by_code(&app, &visitor, code).await {
        Ok(request) => format.answer(Requests { request: vec![request] }),
        Err(error) => format.refuse(&visitor, error),
    }
}

async fn found(app: &App, visitor: &Visitor, wanted: &Wanted) -> Result<Vec<ServiceRequest>> {
    let c = app.store.read();
    let reports = if wanted.service_request_id.is_empty() {
        queries::public_list(c, app.store.kind(), &wanted.filter(visitor)?, None, MOST).await?.rows
    } else {
        let codes: Vec<&str> = wanted.service_request_id.split(',').map(str::trim).take(MOST).collect();
        queries::public_of(c, &codes).await?
    };
    let forms: Vec<Id> = reports.iter().map(|report| report.form_id).collect();
    let mut pictures: HashMap<Id, Id> = HashMap::new();
    for photo in queries::shown_photos(c, &forms).await? {
        pictures.entry(photo.owner).or_insert(photo.id);
    }
    let mut names = Names::default();
    let mut requests = Vec::new();
    for report in reports {
        let picture = pictures.get(&report.form_id).copied();
        requests.push(request(app, visitor, &report, names.of(c, report.agency).await?, picture));
    }
    Ok(requests)
}

/// The report; of one that the desk has not read yet only that it is there, if reports of its sort become public.
async fn by_code(app: &App, visitor: &Visitor, code: &str) -> Result<ServiceRequest> {
    let c = app.store.read();
    let report = queries::by_code(c, code).await?.ok_or(Error::NotFound)?;
    let becomes_public = rules()?.sort(report.sort.as_str()).is_some_and(|sort| sort.public) && !report.state.is_end();
    let waits = (report.received_at.is_none() || report.joined.is_some()) && becomes_public;
    if report.public_at.is_none() && !waits {
        return Err(Error::NotFound);
    }
    let picture = queries::shown_photos(c, &[report.form_id]).await?.first().map(|photo| photo.id);
    let agency = Names::default().of(c, report.agency).await?;
    let matter = queries::matter(c, &report).await?;
    let mut request = request(app, visitor, &report, agency, picture);
    request.status = status(&matter);
    Ok(request)
}

/// Of a report that is joined into another, ask for the other's.
const fn status(matter: &Report) -> &'static str {
    if matter.state.is_answered_or_ended() { "closed" } else { "open" }
}

fn request(app: &App, visitor: &Visitor, report: &Report, agency: String, picture: Option<Id>) -> ServiceRequest {
    let told = report.moderated.as_ref().filter(|_| report.public_at.is_some());
    let place = report.place.filter(|_| told.is_some());
    let written = |at: DateTime<Utc>| local(at).to_rfc3339_opts(chrono::SecondsFormat::Secs, false);
    let updated =
        [report.closed_at, report.answered_at, report.public_at, report.received_at].into_iter().flatten().max();
    ServiceRequest {
        service_request_id: report.code.clone(),
        status: status(report),
        status_notes: visitor.text(report.state.text()),
        service_name: rules::kind_title(&report.kind),
        service_code: report.kind.clone(),
        description: told.map(|told| told.words.clone()),
        agency_responsible: agency,
        requested_datetime: written(report.filed_at),
        updated_datetime: written(updated.unwrap_or(report.filed_at)),
        expected_datetime: report.promised_at.map(written),
        address: told.map(|told| told.place_words.clone()).filter(|words| !words.is_empty()),
        lat: place.map(Place::lat_degrees),
        long: place.map(Place::lon_degrees),
        media_url: picture
            .filter(|_| told.is_some())
            .map(|photo| format!("{}/phan-anh/{}/anh/{photo}", app.settings.public_url, report.code)),
    }
}

impl Wanted {
    /// # Errors
    /// [`Error::Invalid`] for a status or a time that is none.
    fn filter(&self, visitor: &Visitor) -> Result<Filter> {
        let end = moment("end_date", &self.end_date)?.unwrap_or_else(|| visitor.now.utc());
        let earliest = end - Duration::days(DAYS);
        let begin = moment("start_date", &self.start_date)?.map_or(earliest, |begin| begin.max(earliest));
        let ended = match self.status.as_str() {
            "" | "open,closed" | "closed,open" => None,
            "open" => Some(false),
            "closed" => Some(true),
            _ => return Err(Error::invalid("status", "feedback-open311-status")),
        };
        let kind = (!self.service_code.is_empty()).then(|| self.service_code.clone());
        Ok(Filter { kind, sent: Some((begin, end)), ended, ..Filter::default() })
    }
}

/// `2010-01-01T00:00:00Z`; nothing for an empty one.
fn moment(field: &str, text: &str) -> Result<Option<DateTime<Utc>>> {
    if text.is_empty() {
        return Ok(None);
    }
    // A plus in an address is a blank to those who read it.
    let read = DateTime::parse_from_rfc3339(&text.replace(' ', "+"));
    let read = read.map_err(|_| Error::invalid(field, "feedback-open311-date"))?;
    Ok(Some(read.with_timezone(&Utc)))
}
