use askama::Template;
use axum::extract::State;
use base::Error;
use serde::Deserialize;
use system::App;
use web::{Answer, Errors, Flash, Form, Visitor, filters, redirect_with};

use super::asked::session_of;
use crate::actions;
use crate::part::Identity;

#[derive(Template)]
#[template(path = "identity/password.html")]
struct Page<'a> {
    csrf: &'a str,
    errors: Errors,
    least: usize,
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
    #[serde(default, rename = "password-again")]
    again: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, Errors::default())
}

fn show(app: &App, visitor: &Visitor, errors: Errors) -> Answer {
    let page = Page { csrf: visitor.csrf(), errors, least: Identity::of(app)?.policy.password.least_length };
    visitor.form(&visitor.text("identity-password-title"), &page.errors, &page)
}

pub(super) async fn send(State(app): State<App>, visitor: Visitor, Form(sent): Form<Sent>) -> Answer {
    let session = session_of(&visitor)?;
    match actions::change_password(&app, &visitor.caller, session, &sent.current, &sent.password, &sent.again).await {
        Ok(()) => Ok(redirect_with("/tai-khoan", Flash::success("identity-password-changed"))),
        Err(Error::Invalid(fields)) => show(&app, &visitor, visitor.errors(&fields)),
        Err(error) => Err(error.into()),
    }
}
