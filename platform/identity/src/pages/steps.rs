//! The steps between the right password and being signed in.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::Error;
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Query, Visitor, filters, redirect_with};

use super::asked::{Asked, Back, wait_text};
use super::errors::Errors;
use crate::account::{Account, Stage};
use crate::actions::{self, Step};
use crate::queries::{self, Awaiting};
use crate::totp::{Enrolment, SecondFactor};

#[derive(Template)]
#[template(path = "identity/code.html")]
struct CodePage<'a> {
    csrf: &'a str,
    back: &'a Back,
    errors: Errors,
    /// The code of this moment, in a demo.
    shown: Option<String>,
}

#[derive(Template)]
#[template(path = "identity/first_password.html")]
struct PasswordPage<'a> {
    csrf: &'a str,
    back: &'a Back,
    errors: Errors,
    least: usize,
}

#[derive(Template)]
#[template(path = "identity/first_second_factor.html")]
struct EnrolPage<'a> {
    csrf: &'a str,
    back: &'a Back,
    errors: Errors,
    enrolment: Enrolment,
}

#[derive(Deserialize)]
pub(super) struct Code {
    #[serde(default)]
    code: String,
    #[serde(default)]
    ve: String,
}

#[derive(Deserialize)]
pub(super) struct Passwords {
    #[serde(default)]
    password: String,
    #[serde(default, rename = "password-again")]
    again: String,
    #[serde(default)]
    ve: String,
}

/// The session that waits for this step; without one it is back to the beginning.
async fn waiting(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    stage: Stage,
) -> base::Result<Option<(Awaiting, Account)>> {
    let Some(secret) = &asked.browser.secret else { return Ok(None) };
    let found = queries::awaiting(app.store.read(), secret, visitor.now).await?;
    let Some(awaiting) = found.filter(|awaiting| awaiting.stage == stage) else { return Ok(None) };
    let account = queries::account(app.store.read(), awaiting.account).await?;
    Ok(account.map(|account| (awaiting, account)))
}

fn begin_again(back: &Back) -> Response {
    redirect_with(&back.on("/dang-nhap"), Flash::notice("identity-step-ended"))
}

fn code_view<'a>(
    app: &App,
    visitor: &'a Visitor,
    back: &'a Back,
    account: &Account,
    errors: Errors,
) -> base::Result<CodePage<'a>> {
    let shown = match &account.totp_secret {
        Some(secret) if app.settings.demo => Some(SecondFactor::of(secret)?.code(visitor.now)),
        _ => None,
    };
    Ok(CodePage { csrf: visitor.csrf(), back, errors, shown })
}

pub(super) async fn code_page(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Query(back): Query<Back>,
) -> Answer {
    let Some((_, account)) = waiting(&app, &visitor, &asked, Stage::Code).await? else { return Ok(begin_again(&back)) };
    let page = code_view(&app, &visitor, &back, &account, Errors::default())?;
    visitor.page(&visitor.text("identity-code-title"), &page)
}

pub(super) async fn code_send(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Form(sent): Form<Code>,
) -> Answer {
    let back = Back { ve: sent.ve };
    let Some((_, account)) = waiting(&app, &visitor, &asked, Stage::Code).await? else { return Ok(begin_again(&back)) };
    let Some(secret) = &asked.browser.secret else { return Ok(begin_again(&back)) };
    let text = match actions::enter_code(&app, secret, &sent.code).await? {
        Step::Opened(opened) => return Ok(asked.let_in(&opened, &back)?),
        Step::Ended => return Ok(begin_again(&back)),
        Step::Wrong => visitor.text("identity-error-code"),
        Step::Wait(until) => wait_text(until, &visitor),
    };
    let page = code_view(&app, &visitor, &back, &account, Errors::one("code", text))?;
    visitor.rejected(&visitor.text("identity-code-title"), &page)
}

fn least(app: &App) -> base::Result<usize> {
    Ok(app.parts.get::<crate::Identity>()?.policy.password.least_length)
}

pub(super) async fn password_page(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Query(back): Query<Back>,
) -> Answer {
    if waiting(&app, &visitor, &asked, Stage::Password).await?.is_none() {
        return Ok(begin_again(&back));
    }
    let page = PasswordPage { csrf: visitor.csrf(), back: &back, errors: Errors::default(), least: least(&app)? };
    visitor.page(&visitor.text("identity-first-password-title"), &page)
}

pub(super) async fn password_send(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Form(sent): Form<Passwords>,
) -> Answer {
    let back = Back { ve: sent.ve };
    let Some(secret) = &asked.browser.secret else { return Ok(begin_again(&back)) };
    let errors = match actions::choose_password(&app, secret, &sent.password, &sent.again).await {
        Ok(Step::Opened(opened)) => return Ok(asked.let_in(&opened, &back)?),
        Ok(Step::Ended | Step::Wrong | Step::Wait(_)) => return Ok(begin_again(&back)),
        Err(Error::Invalid(fields)) => Errors::of(&visitor, &fields),
        Err(error) => return Err(error.into()),
    };
    let page = PasswordPage { csrf: visitor.csrf(), back: &back, errors, least: least(&app)? };
    visitor.rejected(&visitor.text("identity-first-password-title"), &page)
}

fn enrolment(app: &App, account: &Account, secret: &[u8]) -> base::Result<Enrolment> {
    SecondFactor::enrolment(secret, &account.handle, &app.settings.province.name)
}

pub(super) async fn enrol_page(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Query(back): Query<Back>,
) -> Answer {
    let Some((awaiting, account)) = waiting(&app, &visitor, &asked, Stage::Enrol).await? else {
        return Ok(begin_again(&back));
    };
    let Some(secret) = awaiting.totp_new else { return Ok(begin_again(&back)) };
    let enrolment = enrolment(&app, &account, &secret)?;
    let page = EnrolPage { csrf: visitor.csrf(), back: &back, errors: Errors::default(), enrolment };
    visitor.page(&visitor.text("identity-second-factor-title"), &page)
}

pub(super) async fn enrol_send(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Form(sent): Form<Code>,
) -> Answer {
    let back = Back { ve: sent.ve };
    let Some((awaiting, account)) = waiting(&app, &visitor, &asked, Stage::Enrol).await? else {
        return Ok(begin_again(&back));
    };
    let (Some(secret), Some(pending)) = (&asked.browser.secret, awaiting.totp_new) else {
        return Ok(begin_again(&back));
    };
    match actions::enter_enrolment(&app, secret, &sent.code).await? {
        Step::Opened(opened) => return Ok(asked.let_in(&opened, &back)?),
        Step::Ended | Step::Wait(_) => return Ok(begin_again(&back)),
        Step::Wrong => {}
    }
    let errors = Errors::one("code", visitor.text("identity-error-code"));
    let page = EnrolPage { csrf: visitor.csrf(), back: &back, errors, enrolment: enrolment(&app, &account, &pending)? };
    visitor.rejected(&visitor.text("identity-second-factor-title"), &page)
}
