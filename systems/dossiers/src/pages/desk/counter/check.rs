//! Everything once more before it goes in.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use contracts::questions::Paper;
use directory::Person;
use form::Page;
use form::render::{self, Options};
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect, redirect_with};

use crate::actions;
use crate::declared;
use crate::dossier::Channel;
use crate::filing::{self, Identified};
use crate::pages::filling::{self, Filling};
use crate::queries;

#[derive(Template)]
#[template(path = "dossiers/desk/counter/check.html")]
struct CheckPage<'a> {
    csrf: &'a str,
    procedure: &'a str,
    deadline: &'a str,
    fee: i64,
    applicant: &'a Person,
    /// Made by the crate `form`, which escapes what people typed.
    errors: String,
    answers: String,
    papers: Vec<Line<'a>>,
    missing: Vec<&'a Paper>,
    papers_at: String,
    send_to: String,
    discard_at: String,
}

struct Line<'a> {
    name: &'a str,
    files: usize,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    let applicant = applicant(&app, &filling).await?;
    show(&visitor, &filling, &applicant, false)
}

async fn applicant(app: &App, filling: &Filling) -> Result<Person> {
    directory::queries::person(app.store.read(), filling.draft.applicant).await?.ok_or(Error::NotFound)
}

fn show<'a>(visitor: &'a Visitor, filling: &'a Filling, applicant: &'a Person, tried: bool) -> Answer {
    let text = filling::texts(visitor);
    let change = |page: &Page| filling.page_at(page);
    let options = Options { change: Some(&change), ..Options::new(&text, declared::lists()?) };
    let errors = filling.accept(visitor.now)?.err().unwrap_or_default();
    let line = |paper: &'a Paper| Line { name: &paper.name, files: filling.files(&paper.code).count() };
    let page = CheckPage {
        csrf: visitor.csrf(),
        procedure: &filling.procedure.name,
        deadline: &filling.procedure.deadline.written,
        fee: filing::fee(&filling.procedure, Channel::Counter),
        applicant,
        errors: render::error_summary(&filling.form, None, &errors, &options),
        answers: render::summary(&filling.form, &filling.draft.answers, &options),
        papers: filling.procedure.files().map(line).collect(),
        missing: filling.missing_papers(Identified::Card),
        papers_at: filling.at("giay-to"),
        send_to: filling.at("gui"),
        discard_at: filling.at("bo"),
    };
    let title = visitor.text("dossiers-counter-check");
    if tried { visitor.rejected(&title, &page) } else { visitor.page(&title, &page) }
}

/// Sends it in; the step of receiving then lies open before the officer.
pub(super) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let officer = visitor.caller.officer()?;
    if let Some(sent) = queries::by_form(app.store.read(), id).await? {
        // Sent already; whether the officer may see it is for its own page to say.
        return Ok(redirect(&format!("/mot-cua/ho-so/{}", sent.code)));
    }
    let filling = super::filling(&app, &visitor, id).await?;
    let applicant = applicant(&app, &filling).await?;
    let answers = match filling.accept(visitor.now)? {
        Ok(answers) if filling.missing_papers(Identified::Card).is_empty() => answers,
        _ => return show(&visitor, &filling, &applicant, true),
    };
    let new = filling.dossier(Channel::Counter, officer.agency, applicant.name, answers);
    let dossier = actions::file(&app, visitor.now, &visitor.caller, new).await?;
    Ok(redirect_with(&format!("/mot-cua/ho-so/{}", dossier.code), Flash::success("dossiers-told-filed")))
}

/// Throws away what was begun.
pub(super) async fn discard(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    actions::drop_draft(&app, &filling.draft).await?;
    Ok(redirect_with("/mot-cua/tiep-nhan", Flash::success("dossiers-told-discarded")))
}
