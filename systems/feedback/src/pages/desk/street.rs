//! For whoever stands in the street with a telephone: where it is, what it looked like, and what was done.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use directory::queries::Names;
use flow::pages::with_step;
use flow::{OpenStep, Work};
use system::App;
use web::{Answer, Flash, Path, Sent, Upload, Visitor, filters, redirect_with};

use super::LIST;
use super::decide::proposed;
use crate::pages::view::View;
use crate::queries::{self, Photo};
use crate::report::Report;
use crate::rules;

#[derive(Template)]
#[template(path = "feedback/desk/street.html")]
struct Page<'a> {
    csrf: &'a str,
    errors: &'a web::Errors,
    report: &'a Report,
    title: String,
    commune: String,
    address: String,
    photos: Vec<Photo>,
    view: Option<View>,
    /// What is to be done now; nothing for one who has handed it on.
    step: Option<Id>,
    id: String,
    answer: String,
    kept: usize,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let report = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let sent = Sent::default();
    let page = content(&app, &visitor, &report, &sent).await?;
    visitor.page(&report.code, &page)
}

pub(super) async fn done(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    upload: Upload,
) -> Answer {
    let report: Report = with_step(&app, &visitor, &code, step).await?;
    let (sent, done) = proposed(&app, &visitor, &report, step, upload).await?;
    match done {
        Ok(_) => Ok(redirect_with(&format!("{LIST}/{code}/tai-cho"), Flash::success("feedback-told-proposed"))),
        Err(Error::Invalid(errors)) => {
            let sent = sent.wrong(&visitor, &errors);
            again(&app, &visitor, &code, sent).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The page once more, with what was sent and why it did not go through.
async fn again(app: &App, visitor: &Visitor, code: &str, sent: Sent) -> Answer {
    let report = queries::for_officer(app.store.read(), visitor.caller.officer()?, code).await?;
    let page = content(app, visitor, &report, &sent).await?;
    visitor.rejected(&report.code, &page)
}

async fn content<'a>(app: &App, visitor: &'a Visitor, report: &'a Report, sent: &'a Sent) -> Result<Page<'a>> {
    let c = app.store.read();
    let steps = flow::queries::steps_of(c, report.id).await?;
    let handles = |step: &&OpenStep| step.closed_at.is_none() && step.does == Work::Examine;
    let step = flow::queries::at_hand(visitor.caller.officer()?, &steps, None).filter(handles);
    let id = sent.value("id").parse().unwrap_or_else(|_| visitor.form_id());
    let shown = queries::photos(c, report.form_id).await?;
    if step.is_none() && report.state.is_at_triage() {
        return Err(Error::NotFound);
    }
    Ok(Page {
        csrf: visitor.csrf(),
        errors: &sent.errors,
        title: rules::kind_title(&report.kind),
        commune: Names::default().of(c, report.commune).await?,
        address: format!("{LIST}/{}", report.code),
        photos: shown,
        view: report.place.map(View::at),
        step: step.map(|step| step.id),
        kept: queries::photos(c, id).await?.len(),
        id: id.to_string(),
        answer: sent.value("answer").to_owned(),
        report,
    })
}
