//! A report as everybody sees it: moderated words and pictures, the clock, the answers.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::{Error, Id, Result};
use directory::queries::Names;
use flow::pages::{Clock, Station};
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect_with};

use crate::pages::clock::clock;
use crate::pages::pictures;
use crate::pages::timeline::stations;
use crate::pages::view::View;
use crate::queries::Photo;
use crate::report::{Moderated, Report};
use crate::{actions, queries, rules};

#[derive(Template)]
#[template(path = "feedback/citizen/show.html")]
struct Show<'a> {
    csrf: &'a str,
    own_form: Id,
    report: &'a Report,
    moderated: &'a Moderated,
    title: String,
    commune: String,
    agency: String,
    clock: Option<Clock>,
    photos: Vec<Photo>,
    answers: Vec<Answered>,
    stations: Vec<Station>,
    view: Option<View>,
}

struct Answered {
    answer: queries::Answer,
    agency: String,
    photos: Vec<Photo>,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let c = app.store.read();
    let report = match queries::public(c, &code).await {
        Err(Error::NotFound) => return joined(&app, &code).await,
        found => found?,
    };
    let moderated = report.moderated.as_ref().ok_or(Error::NotFound)?;
    let mut names = Names::default();
    let page = Show {
        csrf: visitor.csrf(),
        own_form: visitor.form_id(),
        moderated,
        title: rules::kind_title(&report.kind),
        commune: names.of(app.store.read(), report.commune).await?,
        agency: names.of(app.store.read(), report.agency).await?,
        clock: clock(&app, &visitor, &report).await?,
        photos: shown(&app, report.form_id).await?,
        answers: answers(&app, &report, &mut names).await?,
        stations: stations(&app, &report).await?,
        view: report.place.map(View::at),
        report: &report,
    };
    visitor.page(&format!("{} · {}", page.title, report.code), &page)
}

/// One that was public before it was joined into another leads to that.
async fn joined(app: &App, code: &str) -> Answer {
    let c = app.store.read();
    let report =
        queries::by_code(c, code).await?.filter(|report| report.joined.is_some() && report.moderated.is_some());
    let lead = queries::matter(c, &report.ok_or(Error::NotFound)?).await?;
    lead.public_at.ok_or(Error::NotFound)?;
    Ok(Redirect::to(&format!("/phan-anh/{}", lead.code)).into_response())
}

async fn shown(app: &App, form: Id) -> Result<Vec<Photo>> {
    let photos = queries::photos(app.store.read(), form).await?;
    Ok(photos.into_iter().filter(|photo| photo.shown).collect())
}

/// The approved answers; their pictures were approved with them.
async fn answers(app: &App, report: &Report, names: &mut Names) -> Result<Vec<Answered>> {
    let mut approved = Vec::new();
    for answer in queries::answers(app.store.read(), report.id).await? {
        if answer.approved_at.is_some() {
            let photos = queries::photos(app.store.read(), answer.id).await?;
            approved.push(Answered { agency: names.of(app.store.read(), answer.agency).await?, photos, answer });
        }
    }
    Ok(approved)
}

pub(super) async fn picture(State(app): State<App>, Path((code, photo)): Path<(String, Id)>) -> Answer {
    let report = queries::public(app.store.read(), &code).await?;
    let own = shown(&app, report.form_id).await?;
    let of_answers = answers(&app, &report, &mut Names::default()).await?;
    let mut all = own.into_iter().chain(of_answers.into_iter().flat_map(|answered| answered.photos));
    let photo = all.find(|one| one.id == photo).ok_or(Error::NotFound)?;
    pictures::picture(&app, &photo.clean).await
}

#[derive(Deserialize)]
pub(super) struct Supporting {
    form: Id,
}

/// Somebody sees the same.
pub(super) async fn support(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(supporting): Form<Supporting>,
) -> Answer {
    let sender = visitor.subscriber();
    actions::support(&app, visitor.now, &visitor.caller, &code, supporting.form, sender.as_deref()).await?;
    Ok(redirect_with(&format!("/phan-anh/{code}"), Flash::success("feedback-told-supported")))
}
