//! The form of a package page by page, as it is filled in: answers go from page to page and are kept nowhere.

use askama::Template;
use axum::extract::State;
use base::{Error, Result};
use form::render::{self, Options};
use form::{Context, Definition, FieldError, RowChange, Values};
use system::App;
use web::{Answer, Form, Path, Query, Sent, Visitor, address, filters};

use super::{LIST, Meant, Subject};
use crate::catalogue::Catalogue;

#[derive(Template)]
#[template(path = "procedures/preview_form.html")]
struct Page<'a> {
    csrf: &'a str,
    back: String,
    action: String,
    title: &'a str,
    intro: Option<&'a str>,
    name: &'a str,
    number: usize,
    count: usize,
    /// What was answered before, as JSON.
    held: String,
    /// Made by the crate `form`, which escapes what people typed.
    errors: String,
    fields: String,
}

#[derive(Template)]
#[template(path = "procedures/preview_answers.html")]
struct Answers {
    back: String,
    again: String,
    /// Made by the crate `form`.
    summary: String,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(meant): Query<Meant>,
) -> Answer {
    let (subject, form) = at_hand(&app, &visitor, &code, meant).await?;
    let first = form.pages().first().map(|page| page.name.clone()).unwrap_or_default();
    drawn(&app, &visitor, &code, (&subject, &form), &first, &Values::new(), &[])
}

pub(super) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(meant): Query<Meant>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let (subject, form) = at_hand(&app, &visitor, &code, meant).await?;
    let sent = Sent::new(pairs.clone());
    let name = match sent.value("_page") {
        "" => form.pages().first().map(|page| page.name.clone()).unwrap_or_default(),
        name => name.to_owned(),
    };
    let page = form.page(&name).ok_or(Error::NotFound)?;
    let mut answers: Values = serde_json::from_str(sent.value("_held")).unwrap_or_default();
    let (typed, _) = form.read(page, &pairs);
    form::draft::merge(page, &mut answers, typed);
    if let Some(change) = RowChange::find(&form, page, &pairs) {
        change.apply(&mut answers);
        return drawn(&app, &visitor, &code, (&subject, &form), &name, &answers, &[]);
    }
    let catalogue = Catalogue::of(&app)?;
    let context = Context { today: visitor.now.today(), lists: catalogue.lists() };
    let errors = form.page_errors(page, &answers, &context);
    if !errors.is_empty() {
        return drawn(&app, &visitor, &code, (&subject, &form), &name, &answers, &errors);
    }
    if let Some(next) = form::draft::page_after(&form, page, &answers) {
        return drawn(&app, &visitor, &code, (&subject, &form), &next.name, &answers, &[]);
    }
    let text = |key: &str, parameters: &[(&str, String)]| visitor.text_with(key, parameters);
    let page = Answers {
        back: back(&code, &subject)?,
        again: action(&code, &subject)?,
        summary: render::summary(&form, &answers, &Options::new(&text, catalogue.lists())),
    };
    visitor.page(&visitor.text("procedures-preview-form"), &page)
}

async fn at_hand(app: &App, visitor: &Visitor, code: &str, meant: Meant) -> Result<(Subject, Definition)> {
    let subject = Subject::find(app, visitor, code, meant).await?;
    let form = subject.package.as_ref().and_then(|package| package.form.as_ref()).ok_or(Error::NotFound)?;
    // With mistakes there is nothing to show; the page before says them.
    let form = Definition::parse(&form.schema, &form.ui).map_err(|_| Error::NotFound)?;
    Ok((subject, form))
}

fn back(code: &str, subject: &Subject) -> Result<String> {
    address(&format!("{LIST}/{code}/xem-truoc"), &subject.meant())
}

fn action(code: &str, subject: &Subject) -> Result<String> {
    address(&format!("{LIST}/{code}/xem-truoc/bieu-mau"), &subject.meant())
}

fn drawn(
    app: &App,
    visitor: &Visitor,
    code: &str,
    (subject, form): (&Subject, &Definition),
    name: &str,
    answers: &Values,
    errors: &[FieldError],
) -> Answer {
    let catalogue = Catalogue::of(app)?;
    let page = form.page(name).ok_or(Error::NotFound)?;
    let text = |key: &str, parameters: &[(&str, String)]| visitor.text_with(key, parameters);
    let options = Options::new(&text, catalogue.lists());
    let pages = form::draft::pages(form, answers);
    let page = Page {
        csrf: visitor.csrf(),
        back: back(code, subject)?,
        action: action(code, subject)?,
        title: &page.title,
        intro: page.intro.as_deref(),
        name,
        number: pages.iter().position(|shown| shown.name == name).unwrap_or_default() + 1,
        count: pages.len(),
        held: serde_json::to_string(answers).map_err(Error::from)?,
        errors: render::error_summary(form, Some(page), errors, &options),
        fields: render::page(form, page, answers, errors, &options),
    };
    let title = visitor.text("procedures-preview-form");
    if errors.is_empty() { visitor.page(&title, &page) } else { visitor.rejected(&title, &page) }
}
