use askama::Template;
use axum::extract::State;
use base::Error;
use serde::Deserialize;
use system::App;
use web::{Answer, Errors, Flash, Form, Visitor, filters, redirect, redirect_with};

use super::asked::{account_of, session_of, wait_text};
use crate::actions::{self, Confirmation};
use crate::queries;
use crate::totp::{Enrolment, SecondFactor};

const PATH: &str = "/tai-khoan/xac-thuc-hai-lop";

#[derive(Template)]
#[template(path = "identity/second_factor.html")]
struct Page<'a> {
    csrf: &'a str,
    errors: Errors,
    enrolled: bool,
    enrolment: Option<Enrolment>,
}

#[derive(Deserialize)]
pub(super) struct Code {
    #[serde(default)]
    code: String,
}

async fn view<'a>(app: &App, visitor: &'a Visitor, errors: Errors) -> base::Result<Page<'a>> {
    let connection = app.store.read();
    let account = queries::account(connection, account_of(visitor)?).await?.ok_or(Error::SignedOut)?;
    let enrolled = account.totp_secret.is_some();
    let pending = if enrolled { None } else { queries::pending_enrolment(connection, session_of(visitor)?).await? };
    let enrolment = pending
        .map(|secret| SecondFactor::enrolment(&secret, &account.handle, &app.settings.province.name))
        .transpose()?;
    Ok(Page { csrf: visitor.csrf(), errors, enrolled, enrolment })
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let page = view(&app, &visitor, Errors::default()).await?;
    visitor.page(&visitor.text("identity-second-factor-title"), &page)
}

pub(super) async fn start(State(app): State<App>, visitor: Visitor, Form(()): Form<()>) -> Answer {
    actions::start_enrolment(&app, session_of(&visitor)?).await?;
    Ok(redirect(PATH))
}

async fn answer(app: &App, visitor: &Visitor, came: Confirmation, done: &str) -> Answer {
    let text = match came {
        Confirmation::Done => return Ok(redirect_with("/tai-khoan", Flash::success(done))),
        Confirmation::Wrong => visitor.text("identity-error-code"),
        Confirmation::Wait(until) => wait_text(until, visitor),
    };
    let page = view(app, visitor, Errors::one("code", text)).await?;
    visitor.rejected(&visitor.text("identity-second-factor-title"), &page)
}

pub(super) async fn confirm(State(app): State<App>, visitor: Visitor, Form(sent): Form<Code>) -> Answer {
    let came = actions::confirm_enrolment(&app, &visitor.caller, session_of(&visitor)?, &sent.code).await?;
    answer(&app, &visitor, came, "identity-second-factor-done").await
}

pub(super) async fn remove(State(app): State<App>, visitor: Visitor, Form(sent): Form<Code>) -> Answer {
    let came = actions::drop_second_factor(&app, &visitor.caller, &sent.code).await?;
    answer(&app, &visitor, came, "identity-second-factor-gone").await
}
