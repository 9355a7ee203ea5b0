use askama::Template;
use axum::extract::State;
use base::{Error, FieldErrors, Id};
use serde::Deserialize;
use store::Cursor;
use system::{Access, App, Routes};
use web::{Answer, Errors, Flash, Form, Query, Visitor, filters, redirect_with};

use crate::access::{FILE, READ};
use crate::petition::{NewPetition, Petition};
use crate::{actions, queries};

const SIZE: usize = 50;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/petitions", Access::Needs(READ), list)
        .get("/petitions/new", Access::Needs(FILE), form)
        .post("/petitions/new", Access::Needs(FILE), send)
        .example("petition", &[("id", "{id}"), ("title", "Mẫu thứ nhất")])
}

#[derive(Template)]
#[template(path = "petitions/list.html")]
struct List {
    petitions: Vec<Petition>,
    may_file: bool,
    next: String,
}

#[derive(Deserialize)]
struct Place {
    #[serde(rename = "sau")]
    before: Option<String>,
}

async fn list(State(app): State<App>, visitor: Visitor, Query(place): Query<Place>) -> Answer {
    let officer = visitor.caller.officer_who_may(READ)?;
    let before = place.before.map(|text| text.parse::<Cursor>()).transpose()?;
    let found = queries::visible_to(app.store.read(), officer, before, SIZE).await?;
    let page = List {
        petitions: found.rows,
        may_file: officer.may(FILE),
        next: found.next.map_or_else(String::new, |next| format!("/petitions?sau={next}")),
    };
    visitor.page(&visitor.text("petitions-list-title"), &page)
}

#[derive(Template)]
#[template(path = "petitions/form.html")]
struct Page<'a> {
    csrf: &'a str,
    id: Id,
    title: &'a str,
    errors: Errors,
}

#[derive(Deserialize)]
struct Sent {
    id: Id,
    title: String,
}

async fn form(visitor: Visitor) -> Answer {
    let page = Page { csrf: visitor.csrf(), id: visitor.form_id(), title: "", errors: Errors::default() };
    visitor.page(&visitor.text("petitions-form-title"), &page)
}

async fn send(State(app): State<App>, visitor: Visitor, Form(sent): Form<Sent>) -> Answer {
    let officer = visitor.caller.officer_who_may(FILE)?;
    let new = match NewPetition::new(&sent.title) {
        Ok(new) => new,
        Err(Error::Invalid(errors)) => return rejected(&visitor, &sent, &errors),
        Err(other) => return Err(other.into()),
    };
    app.store.write(async |tx| actions::file(tx, visitor.now, officer, sent.id, &new).await).await?;
    Ok(redirect_with("/petitions", Flash::success("petitions-filed")))
}

fn rejected(visitor: &Visitor, sent: &Sent, errors: &FieldErrors) -> Answer {
    let page = Page { csrf: visitor.csrf(), id: sent.id, title: &sent.title, errors: visitor.errors(errors) };
    visitor.rejected(&visitor.text("petitions-form-title"), &page)
}
