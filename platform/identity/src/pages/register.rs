use askama::Template;
use axum::extract::State;
use base::{Error, FieldErrors, Id, PersonalNumber};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use system::App;
use web::{Answer, Errors, Flash, Form, Query, Visitor, filters, redirect, redirect_with};

use super::asked::{Asked, Back, wait_text};
use crate::actions::{self, Begun, Claim, Confirmed};
use crate::login::Contact;
use crate::part::Identity;
use crate::queries;

#[derive(Template)]
#[template(path = "identity/register.html")]
struct Page<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    errors: Errors,
    least: usize,
}

#[derive(Template)]
#[template(path = "identity/register_code.html")]
struct CodePage<'a> {
    csrf: &'a str,
    id: Id,
    to: String,
    minutes: i64,
    errors: Errors,
}

#[derive(Deserialize)]
pub(super) struct Sent {
    /// Made with the form: the same form sent twice registers once.
    id: Option<Id>,
    #[serde(default)]
    number: String,
    #[serde(default)]
    name: String,
    #[serde(default, rename = "birth-date-day")]
    day: String,
    #[serde(default, rename = "birth-date-month")]
    month: String,
    #[serde(default, rename = "birth-date-year")]
    year: String,
    #[serde(default)]
    contact: String,
    #[serde(default)]
    password: String,
    #[serde(default, rename = "password-again")]
    again: String,
}

#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(rename = "dang-ky")]
    id: Option<Id>,
}

#[derive(Deserialize)]
pub(super) struct Code {
    id: Option<Id>,
    #[serde(default)]
    code: String,
}

impl Sent {
    fn empty(visitor: &Visitor) -> Self {
        let none = String::new;
        Self {
            id: Some(visitor.form_id()),
            number: none(),
            name: none(),
            day: none(),
            month: none(),
            year: none(),
            contact: none(),
            password: none(),
            again: none(),
        }
    }

    fn birth_date(&self) -> Option<NaiveDate> {
        let (day, month, year) = (self.day.trim(), self.month.trim(), self.year.trim());
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
            .filter(|date| date.year() >= 1900)
    }

    fn claim(&self) -> Result<Claim, FieldErrors> {
        let (number, contact) = (self.number.parse::<PersonalNumber>(), self.contact.parse::<Contact>());
        match (number, self.birth_date(), contact) {
            (Ok(number), Some(birth_date), Ok(contact)) => {
                Ok(Claim { number, name: self.name.trim().to_owned(), birth_date, contact })
            }
            (number, birth_date, contact) => {
                let wrong = [
                    ("number", number.is_err(), "identity-error-number"),
                    ("birth-date", birth_date.is_none(), "identity-error-birth-date"),
                    ("contact", contact.is_err(), "identity-error-contact"),
                ];
                Err(wrong
                    .into_iter()
                    .filter(|(_, wrong, _)| *wrong)
                    .map(|(field, _, key)| (field.to_owned(), key.to_owned()))
                    .collect())
            }
        }
    }
}

fn show(app: &App, visitor: &Visitor, sent: &Sent, errors: Errors) -> Answer {
    let page = Page { csrf: visitor.csrf(), sent, errors, least: Identity::of(app)?.policy.password.least_length };
    visitor.form(&visitor.text("identity-register"), &page.errors, &page)
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, &Sent::empty(&visitor), Errors::default())
}

pub(super) async fn send(State(app): State<App>, visitor: Visitor, asked: Asked, Form(mut sent): Form<Sent>) -> Answer {
    let id = *sent.id.get_or_insert_with(|| visitor.form_id());
    let claim = match sent.claim() {
        Ok(claim) => claim,
        Err(fields) => return show(&app, &visitor, &sent, visitor.errors(&fields)),
    };
    let next = format!("/dang-ky/ma?dang-ky={id}");
    match actions::begin_registration(&app, &asked.browser, id, &claim, &sent.password, &sent.again).await {
        Ok(Begun::Sent) => Ok(redirect(&next)),
        Ok(Begun::Shown(code)) => Ok(redirect_with(&next, Flash::notice("identity-demo-code").with("code", code))),
        Ok(Begun::Wait(until)) => show(&app, &visitor, &sent, Errors::one("contact", wait_text(until, &visitor))),
        Err(Error::Invalid(fields)) => show(&app, &visitor, &sent, visitor.errors(&fields)),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn code_page(State(app): State<App>, visitor: Visitor, Query(which): Query<Which>) -> Answer {
    let Some(id) = which.id else { return Ok(redirect("/dang-ky")) };
    let Some(to) = queries::registration_contact(app.store.read(), id, visitor.now).await? else { return Ok(ended()) };
    show_code(&app, &visitor, id, &to, Errors::default())
}

fn show_code(app: &App, visitor: &Visitor, id: Id, to: &Contact, errors: Errors) -> Answer {
    let minutes = Identity::of(app)?.policy.code.minutes;
    let page = CodePage { csrf: visitor.csrf(), id, to: to.masked(), minutes, errors };
    visitor.form(&visitor.text("identity-register-code"), &page.errors, &page)
}

fn ended() -> axum::response::Response {
    redirect_with("/dang-ky", Flash::error("identity-register-ended"))
}

pub(super) async fn code_send(
    State(app): State<App>,
    visitor: Visitor,
    asked: Asked,
    Form(sent): Form<Code>,
) -> Answer {
    let Some(id) = sent.id else { return Ok(redirect("/dang-ky")) };
    let Some(to) = queries::registration_contact(app.store.read(), id, visitor.now).await? else { return Ok(ended()) };
    let left = match actions::confirm_registration(&app, &asked.browser, id, &sent.code).await? {
        Confirmed::Opened(opened) => {
            let back = Back { ve: "/tai-khoan".to_owned() };
            return Ok(asked.let_in(&opened, &back)?);
        }
        Confirmed::Ended | Confirmed::Wrong { left: 0 } => return Ok(ended()),
        Confirmed::Wrong { left } => left,
    };
    let text = visitor.text_with("identity-error-register-code", &[("left", left.to_string())]);
    show_code(&app, &visitor, id, &to, Errors::one("code", text))
}
