//! The pages of the form: what was typed is kept whether it is right or not.

use askama::Template;
use axum::extract::State;
use base::{Error, Id};
use form::render::{self, Options};
use form::{Context, Definition, FieldError, Known, Page, RowChange, Values};
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect, redirect_with};

use super::filing::{Filing, Stage, Step};
use crate::actions;
use crate::declared;
use crate::pages::filling as forms;

#[derive(Template)]
#[template(path = "dossiers/citizen/form.html")]
struct FormPage<'a> {
    csrf: &'a str,
    steps: Vec<Step>,
    procedure: &'a str,
    title: &'a str,
    intro: Option<&'a str>,
    number: usize,
    count: usize,
    /// Made by the crate `form`, which escapes what people typed.
    errors: String,
    fields: String,
    action: String,
    back: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path((id, name)): Path<(Id, String)>) -> Answer {
    let filing = Filing::open(&app, &visitor, id).await?;
    let page = filing.form.page(&name).ok_or(Error::NotFound)?;
    // Offered once: a field emptied on purpose stays empty.
    let seen = page.fields.iter().any(|field| filing.draft.answers.contains_key(&field.name));
    let person = if seen { None } else { directory::queries::person(app.store.read(), filing.draft.applicant).await? };
    let known = person.as_ref().map(forms::known).unwrap_or_default();
    let shown = drawn(&visitor, &filing, page, &filing.draft.answers, &[], known)?;
    visitor.page(&page.title, &shown)
}

fn drawn<'a>(
    visitor: &'a Visitor,
    filing: &'a Filing,
    page: &'a Page,
    answers: &Values,
    errors: &[FieldError],
    known: Known,
) -> base::Result<FormPage<'a>> {
    let text = forms::texts(visitor);
    let form: &Definition = &filing.form;
    let change = |page: &Page| filing.page_at(page);
    let options = Options { known, change: Some(&change), ..Options::new(&text, declared::lists()?) };
    let pages = form::draft::pages(form, answers);
    let at = pages.iter().position(|shown| shown.name == page.name).unwrap_or_default();
    let before = at.checked_sub(1).and_then(|before| pages.get(before));
    Ok(FormPage {
        csrf: visitor.csrf(),
        steps: filing.steps(Stage::Form),
        procedure: &filing.procedure.name,
        title: &page.title,
        intro: page.intro.as_deref(),
        number: at + 1,
        count: pages.len(),
        errors: render::error_summary(form, Some(page), errors, &options),
        fields: render::page(form, page, answers, errors, &options),
        action: filing.page_at(page),
        back: before.map_or_else(|| filing.at("noi-nhan"), |before| filing.page_at(before)),
    })
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, name)): Path<(Id, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let filing = Filing::open(&app, &visitor, id).await?;
    let page = filing.form.page(&name).ok_or(Error::NotFound)?;
    let (typed, _) = filing.form.read(page, &posted);
    let mut answers = filing.draft.answers.clone();
    form::draft::merge(page, &mut answers, typed);
    let rows = RowChange::find(&filing.form, page, &posted);
    if let Some(change) = &rows {
        change.apply(&mut answers);
    }
    actions::save_answers(&app, visitor.now, &filing.draft, &answers).await?;
    if let Some(RowChange::Add { path, .. } | RowChange::Remove { path, .. }) = rows {
        return Ok(redirect(&format!("{}#f-{}", filing.page_at(page), path.replace('.', "-"))));
    }
    if posted.iter().any(|(name, value)| name == "do" && value == "later") {
        return Ok(redirect_with("/ho-so", Flash::success("dossiers-draft-saved")));
    }
    let context = Context { today: visitor.now.today(), lists: declared::lists()? };
    let errors = filing.form.page_errors(page, &answers, &context);
    if errors.is_empty() {
        let next = form::draft::page_after(&filing.form, page, &answers);
        return Ok(redirect(&next.map_or_else(|| filing.after_form(), |next| filing.page_at(next))));
    }
    let shown = drawn(&visitor, &filing, page, &answers, &errors, Known::new())?;
    visitor.rejected(&page.title, &shown)
}
