//! The steps between the right password and being signed in.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::Error;
use serde::Deserialize;
use system::App;
use web::{Answer, Errors, Flash, Form, Query, Visitor, filters, redirect_with};

use super::asked::{Asked, Back, wait_text};
use crate::account::{Account, Stage};
use crate::actions::{self, Step};
use crate::part::Identity;
use crate::queries;
use crate::secret::SessionSecret;
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

/// The session that waits for a step, and whose it is.
struct Waiting<'a> {
    secret: &'a SessionSecret,
    account: Account,
    /// The second factor that is being enrolled.
    pending: Option<Vec<u8>>,
}

/// Without a session that waits for this step it is back to the beginning.
async fn waiting<'a>(
    app: &App,
    visitor: &Visitor,
    asked: &'a Asked,
    stage: Stage,
) -> base::Result<Option<Waiting<'a>>> {
    let Some(secret) = &asked.browser.secret else { return Ok(None) };
    let found = queries::awaiting(app.store.read(), secret, visitor.now).await?;
    let Some(awaiting) = found.filter(|awaiting| awaiting.stage == stage) else { return Ok(None) };
    let account = queries::account(app.store.read(), awaiting.account).await?;
    Ok(account.map(|account| Waiting { secret, account, pending: awaiting.totp_new }))
}

fn begin_again(back: &Back) -> Response {
    redirect_with(&back.on("/dang-nhap"), Flash::notice("identity-step-ended"))
}

pub(super) async fn code_page(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Query(back): Query<Back>,
) -> Answer {
    let Some(waiting) = waiting(&app, &visitor, &asked, Stage::Code).await? else { return Ok(begin_again(&back)) };
    show_code(&app, &visitor, &back, &waiting.account, Errors::default())
}

fn show_code(app: &App, visitor: &Visitor, back: &Back, account: &Account, errors: Errors) -> Answer {
    let shown = match &account.totp_secret {
        Some(secret) if app.settings.demo => Some(SecondFactor::of(secret)?.code(visitor.now)),
        _ => None,
    };
    let page = CodePage { csrf: visitor.csrf(), back, errors, shown };
    visitor.form(&visitor.text("identity-code-title"), &page.errors, &page)
}

pub(super) async fn code_send(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Form(sent): Form<Code>,
) -> Answer {
    let back = Back { ve: sent.ve };
    let Some(waiting) = waiting(&app, &visitor, &asked, Stage::Code).await? else { return Ok(begin_again(&back)) };
    let text = match actions::enter_code(&app, waiting.secret, &sent.code).await? {
        Step::Opened(opened) => return Ok(asked.let_in(&opened, &back)?),
        Step::Ended => return Ok(begin_again(&back)),
        Step::Wrong => visitor.text("identity-error-code"),
        Step::Wait(until) => wait_text(until, &visitor),
    };
    show_code(&app, &visitor, &back, &waiting.account, Errors::one("code", text))
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
    show_password(&app, &visitor, &back, Errors::default())
}

fn show_password(app: &App, visitor: &Visitor, back: &Back, errors: Errors) -> Answer {
    let least = Identity::of(app)?.policy.password.least_length;
    let page = PasswordPage { csrf: visitor.csrf(), back, errors, least };
    visitor.form(&visitor.text("identity-first-password-title"), &page.errors, &page)
}

pub(super) async fn password_send(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Form(sent): Form<Passwords>,
) -> Answer {
    let back = Back { ve: sent.ve };
    let Some(secret) = &asked.browser.secret else { return Ok(begin_again(&back)) };
    match actions::choose_password(&app, secret, &sent.password, &sent.again).await {
        Ok(Step::Opened(opened)) => Ok(asked.let_in(&opened, &back)?),
        Ok(Step::Ended | Step::Wrong | Step::Wait(_)) => Ok(begin_again(&back)),
        Err(Error::Invalid(fields)) => show_password(&app, &visitor, &back, visitor.errors(&fields)),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn enrol_page(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Query(back): Query<Back>,
) -> Answer {
    let Some(waiting) = waiting(&app, &visitor, &asked, Stage::Enrol).await? else { return Ok(begin_again(&back)) };
    show_enrolment(&app, &visitor, &back, &waiting, Errors::default())
}

fn show_enrolment(app: &App, visitor: &Visitor, back: &Back, waiting: &Waiting<'_>, errors: Errors) -> Answer {
    let Some(pending) = &waiting.pending else { return Ok(begin_again(back)) };
    let enrolment = SecondFactor::enrolment(pending, &waiting.account.handle, &app.settings.province.name)?;
    let page = EnrolPage { csrf: visitor.csrf(), back, errors, enrolment };
    visitor.form(&visitor.text("identity-second-factor-title"), &page.errors, &page)
}

pub(super) async fn enrol_send(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Form(sent): Form<Code>,
) -> Answer {
    let back = Back { ve: sent.ve };
    let Some(waiting) = waiting(&app, &visitor, &asked, Stage::Enrol).await? else { return Ok(begin_again(&back)) };
    match actions::enter_enrolment(&app, waiting.secret, &sent.code).await? {
        Step::Opened(opened) => Ok(asked.let_in(&opened, &back)?),
        Step::Ended | Step::Wait(_) => Ok(begin_again(&back)),
        Step::Wrong => {
            let errors = Errors::one("code", visitor.text("identity-error-code"));
            show_enrolment(&app, &visitor, &back, &waiting, errors)
        }
    }
}
