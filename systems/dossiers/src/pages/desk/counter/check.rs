//! Everything once more before it goes in.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use directory::Person;
use form::render::{self, Options};
use form::{Context, FieldErrors, Page, Values};
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect, redirect_with};

use super::Filled;
use super::papers::must_be_there;
use crate::actions::{self, NewDossier};
use crate::declared;
use crate::dossier::Channel;
use crate::pages::filling;
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
    missing: Vec<&'a str>,
    papers_at: String,
    send_to: String,
    discard_at: String,
}

struct Line<'a> {
    name: &'a str,
    files: usize,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let filled = Filled::open(&app, &visitor, id).await?;
    let applicant = applicant(&app, &filled).await?;
    show(&visitor, &filled, &applicant, false)
}

async fn applicant(app: &App, filled: &Filled) -> Result<Person> {
    directory::queries::person(app.store.read(), filled.draft.applicant).await?.ok_or(Error::NotFound)
}

fn accept(visitor: &Visitor, filled: &Filled) -> Result<Result<Values, FieldErrors>> {
    let context = Context { today: visitor.now.today(), lists: declared::lists()? };
    Ok(filled.form.accept(&filled.draft.answers, &context))
}

fn missing(filled: &Filled) -> Vec<&str> {
    let held = |code: &str| filled.draft.papers.iter().any(|paper| paper.component == code);
    let wanted = filled.procedure.papers.iter().filter(|paper| must_be_there(paper) && !held(&paper.code));
    wanted.map(|paper| paper.name.as_str()).collect()
}

fn show(visitor: &Visitor, filled: &Filled, applicant: &Person, tried: bool) -> Answer {
    let text = filling::texts(visitor);
    let change = |page: &Page| filled.page_at(page);
    let options = Options { change: Some(&change), ..Options::new(&text, declared::lists()?) };
    let errors = accept(visitor, filled)?.err().unwrap_or_default();
    let files = |code: &str| filled.draft.papers.iter().filter(|paper| paper.component == code).count();
    let papers = filled.procedure.papers.iter().map(|paper| Line { name: &paper.name, files: files(&paper.code) });
    let fees = filled.procedure.fees.iter().filter(|fee| fee.channel == Channel::Counter.as_str());
    let page = CheckPage {
        csrf: visitor.csrf(),
        procedure: &filled.procedure.name,
        deadline: &filled.procedure.deadline.written,
        fee: fees.map(|fee| fee.amount).sum(),
        applicant,
        errors: render::error_summary(&filled.form, None, &errors, &options),
        answers: render::summary(&filled.form, &filled.draft.answers, &options),
        papers: papers.collect(),
        missing: missing(filled),
        papers_at: filled.at("giay-to"),
        send_to: filled.at("gui"),
        discard_at: filled.at("bo"),
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
    let filled = Filled::open(&app, &visitor, id).await?;
    let applicant = applicant(&app, &filled).await?;
    let answers = match accept(&visitor, &filled)? {
        Ok(answers) if missing(&filled).is_empty() => answers,
        _ => return show(&visitor, &filled, &applicant, true),
    };
    let new = NewDossier {
        form_id: filled.draft.id,
        procedure: filled.procedure.code.clone(),
        applicant: filled.draft.applicant,
        applicant_name: applicant.name,
        agency: officer.agency,
        receiving: officer.agency,
        channel: Channel::Counter,
        answers,
        papers: filled.draft.papers.clone(),
        draft: Some(filled.draft.id),
    };
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
    let filled = Filled::open(&app, &visitor, id).await?;
    actions::drop_draft(&app, &filled.draft).await?;
    Ok(redirect_with("/mot-cua/tiep-nhan", Flash::success("dossiers-told-discarded")))
}
