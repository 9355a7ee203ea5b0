use askama::Template;
use axum::extract::State;
use base::Error;
use serde::Deserialize;
use system::{App, Caller};
use web::{Answer, Errors, Form, Query, Visitor, filters, redirect};

use super::asked::{Asked, Back, wait_text};
use crate::actions::{self, Refusal, SignIn};
use crate::demo::{DemoAccount, DemoAccounts};

#[derive(Template)]
#[template(path = "identity/sign_in.html")]
struct Page<'a> {
    csrf: &'a str,
    login: &'a str,
    back: &'a Back,
    errors: Errors,
    groups: Vec<Group<'a>>,
}

struct Group<'a> {
    title: &'a str,
    accounts: Vec<&'a DemoAccount>,
}

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    ve: String,
}

fn groups(app: &App) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    let accounts = app.parts.get::<DemoAccounts>().ok().filter(|_| app.settings.demo);
    for account in accounts.map_or(&[][..], |accounts| &accounts.0) {
        match groups.iter_mut().find(|group| group.title == account.group) {
            Some(group) => group.accounts.push(account),
            None => groups.push(Group { title: &account.group, accounts: vec![account] }),
        }
    }
    groups
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(back): Query<Back>) -> Answer {
    if !matches!(visitor.caller, Caller::Anonymous) {
        return Ok(redirect(back.place()));
    }
    let page = Page { csrf: visitor.csrf(), login: "", back: &back, errors: Errors::default(), groups: groups(&app) };
    visitor.page(&visitor.text("identity-sign-in"), &page)
}

pub(super) async fn send(State(app): State<App>, visitor: Visitor, asked: Asked, Form(sent): Form<Sent>) -> Answer {
    let back = Back { ve: sent.ve };
    let refusal = match actions::sign_in(&app, &asked.browser, &sent.login, &sent.password).await? {
        SignIn::Opened(opened) => return Ok(asked.let_in(&opened, &back)?),
        SignIn::Refused(refusal) => refusal,
    };
    let text = match refusal {
        Refusal::Wrong => visitor.text("identity-error-wrong"),
        Refusal::Wait(until) => wait_text(until, &visitor),
        Refusal::Blocked => visitor.text("identity-error-blocked"),
        Refusal::NoPosition => visitor.text("identity-error-no-position"),
    };
    let errors = Errors::one("password", text);
    let page = Page { csrf: visitor.csrf(), login: &sent.login, back: &back, errors, groups: groups(&app) };
    visitor.rejected(&visitor.text("identity-sign-in"), &page)
}

pub(super) async fn sign_out(State(app): State<App>, visitor: Visitor, asked: Asked, Form(()): Form<()>) -> Answer {
    let actor = visitor.caller.actor();
    if let (Some(account), Some(session)) = (actor.account, visitor.session) {
        match actions::sign_out(&app.store, visitor.now, &actor, account, session).await {
            // Ended from another browser meanwhile: the wish is fulfilled.
            Ok(()) | Err(Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(asked.forget(redirect("/"))?)
}
