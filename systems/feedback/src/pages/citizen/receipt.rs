//! What whoever reported sees: by the link given at sending, or by their account.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use directory::queries::Names;
use flow::pages::{Clock, Station};
use identity::LinkSecret;
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Path, Query, Visitor, filters, redirect_with};

use crate::pages::clock::clock;
use crate::pages::pictures;
use crate::pages::timeline::stations;
use crate::queries::{Photo, Remark};
use crate::report::{Report, State as Standing};
use crate::rules::{self, rules};
use crate::{access, actions, queries};

#[derive(Template)]
#[template(path = "feedback/citizen/receipt.html")]
struct Receipt<'a> {
    csrf: &'a str,
    report: &'a Report,
    title: String,
    /// The link's secret, carried by the forms of the page; empty for one who is known by their account.
    secret: &'a str,
    link: String,
    receiving: String,
    agency: String,
    written: String,
    clock: Option<Clock>,
    photos: Vec<Photo>,
    answers: Vec<queries::Answer>,
    refusal: Option<Remark>,
    stations: Vec<Station>,
    may_rate: bool,
    may_reopen: bool,
    reopening_days: i64,
    /// The report that is answered for this one, where that is another.
    lead: Option<Report>,
}

#[derive(Deserialize)]
pub(super) struct Key {
    #[serde(default)]
    khoa: String,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(key): Query<Key>,
) -> Answer {
    let secret = LinkSecret::read(&key.khoa);
    let report = own(&app, &visitor, secret.as_ref(), &code).await?;
    let c = app.store.read();
    let matter = queries::matter(c, &report).await?;
    let mut names = Names::default();
    let secret = secret.as_ref().map_or("", LinkSecret::reveal);
    let page = Receipt {
        csrf: visitor.csrf(),
        title: rules::kind_title(&report.kind),
        link: address(&app.settings.public_url, &report.code, secret),
        secret,
        receiving: names.of(app.store.read(), report.receiving).await?,
        agency: names.of(app.store.read(), matter.agency).await?,
        written: rules::written(&report.kind),
        clock: clock(&app, &visitor, &matter).await?,
        photos: queries::photos(c, report.form_id).await?,
        answers: approved(queries::answers(c, matter.id).await?),
        refusal: refusal(&report, queries::remarks(c, report.id).await?),
        stations: stations(&app, &report).await?,
        may_rate: report.may_rate(&matter),
        may_reopen: report.may_reopen(&matter, rules()?.reopening, visitor.now.utc()),
        reopening_days: rules()?.reopening.days,
        lead: (matter.id != report.id).then_some(matter),
        report: &report,
    };
    visitor.page(&report.code, &page)
}

fn approved(answers: Vec<queries::Answer>) -> Vec<queries::Answer> {
    answers.into_iter().filter(|answer| answer.approved_at.is_some()).collect()
}

fn refusal(report: &Report, remarks: Vec<Remark>) -> Option<Remark> {
    remarks.into_iter().rev().find(|remark| report.state == Standing::Refused && remark.kind == "refused")
}

/// Where the receipt stands, with its secret where there is one.
fn address(site: &str, code: &str, secret: &str) -> String {
    let key = if secret.is_empty() { String::new() } else { format!("?khoa={secret}") };
    format!("{site}/phan-anh/da-gui/{code}{key}")
}

async fn own(app: &App, visitor: &Visitor, secret: Option<&LinkSecret>, code: &str) -> Result<Report> {
    let found = queries::by_code(app.store.read(), code).await?.ok_or(Error::NotFound)?;
    access::own(&visitor.caller, secret, found)
}

#[derive(Deserialize)]
pub(super) struct Rating {
    #[serde(default)]
    khoa: String,
    #[serde(rename = "hai-long")]
    satisfied: Satisfied,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Satisfied {
    Co,
    Khong,
}

pub(super) async fn rate(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(rating): Form<Rating>,
) -> Answer {
    let secret = LinkSecret::read(&rating.khoa);
    let report = own(&app, &visitor, secret.as_ref(), &code).await?;
    let satisfied = rating.satisfied == Satisfied::Co;
    actions::rate(&app, visitor.now, &visitor.caller, secret.as_ref(), report.id, satisfied).await?;
    Ok(back(&code, secret.as_ref(), "feedback-told-rated"))
}

#[derive(Deserialize)]
pub(super) struct Reopening {
    #[serde(default)]
    khoa: String,
    reason: String,
}

pub(super) async fn reopen(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(asked): Form<Reopening>,
) -> Answer {
    let secret = LinkSecret::read(&asked.khoa);
    let report = own(&app, &visitor, secret.as_ref(), &code).await?;
    actions::reopen(&app, visitor.now, &visitor.caller, secret.as_ref(), report.id, &asked.reason).await?;
    Ok(back(&code, secret.as_ref(), "feedback-told-reopened"))
}

fn back(code: &str, secret: Option<&LinkSecret>, told: &str) -> axum::response::Response {
    redirect_with(&address("", code, secret.map_or("", LinkSecret::reveal)), Flash::success(told))
}

/// One's own pictures, shown to everybody or not.
pub(super) async fn picture(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, photo)): Path<(String, Id)>,
    Query(key): Query<Key>,
) -> Answer {
    let report = own(&app, &visitor, LinkSecret::read(&key.khoa).as_ref(), &code).await?;
    let photos = queries::photos(app.store.read(), report.form_id).await?;
    let photo = photos.into_iter().find(|one| one.id == photo).ok_or(Error::NotFound)?;
    pictures::picture(&app, &photo.clean).await
}
