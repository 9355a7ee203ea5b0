//! The pages of the form, filled in for the person: what was typed is kept whether it is right or not.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use form::render::{self, Options};
use form::{Context, FieldError, Known, Page, RowChange, Values};
use system::App;
use web::{Answer, Form, Path, Visitor, filters, redirect};

use super::Filled;
use crate::actions;
use crate::declared;
use crate::pages::filling;

#[derive(Template)]
#[template(path = "dossiers/desk/counter/form.html")]
struct FormPage<'a> {
    csrf: &'a str,
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
    let filled = Filled::open(&app, &visitor, id).await?;
    let page = filled.form.page(&name).ok_or(Error::NotFound)?;
    // Offered once: a field emptied on purpose stays empty.
    let seen = page.fields.iter().any(|field| filled.draft.answers.contains_key(&field.name));
    let person = if seen { None } else { directory::queries::person(app.store.read(), filled.draft.applicant).await? };
    let known = person.as_ref().map(filling::known).unwrap_or_default();
    let shown = drawn(&visitor, &filled, page, &filled.draft.answers, &[], known)?;
    visitor.page(&page.title, &shown)
}

fn drawn<'a>(
    visitor: &'a Visitor,
    filled: &'a Filled,
    page: &'a Page,
    answers: &Values,
    errors: &[FieldError],
    known: Known,
) -> Result<FormPage<'a>> {
    let text = filling::texts(visitor);
    let change = |page: &Page| filled.page_at(page);
    let options = Options { known, change: Some(&change), ..Options::new(&text, declared::lists()?) };
    let pages = form::draft::pages(&filled.form, answers);
    let at = pages.iter().position(|shown| shown.name == page.name).unwrap_or_default();
    let before = at.checked_sub(1).and_then(|before| pages.get(before));
    Ok(FormPage {
        csrf: visitor.csrf(),
        procedure: &filled.procedure.name,
        title: &page.title,
        intro: page.intro.as_deref(),
        number: at + 1,
        count: pages.len(),
        errors: render::error_summary(&filled.form, Some(page), errors, &options),
        fields: render::page(&filled.form, page, answers, errors, &options),
        action: filled.page_at(page),
        back: before.map_or_else(|| "/mot-cua/tiep-nhan".to_owned(), |before| filled.page_at(before)),
    })
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, name)): Path<(Id, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let filled = Filled::open(&app, &visitor, id).await?;
    let page = filled.form.page(&name).ok_or(Error::NotFound)?;
    let (typed, _) = filled.form.read(page, &posted);
    let mut answers = filled.draft.answers.clone();
    form::draft::merge(page, &mut answers, typed);
    let rows = RowChange::find(&filled.form, page, &posted);
    if let Some(change) = &rows {
        change.apply(&mut answers);
    }
    actions::save_answers(&app, visitor.now, &filled.draft, &answers).await?;
    if rows.is_some() {
        return Ok(redirect(&filled.page_at(page)));
    }
    let context = Context { today: visitor.now.today(), lists: declared::lists()? };
    let errors = filled.form.page_errors(page, &answers, &context);
    if errors.is_empty() {
        let next = form::draft::page_after(&filled.form, page, &answers);
        return Ok(redirect(&next.map_or_else(|| filled.after_form(), |next| filled.page_at(next))));
    }
    let shown = drawn(&visitor, &filled, page, &answers, &errors, Known::new())?;
    visitor.rejected(&page.title, &shown)
}
