//! Who authorised the one who files: their name, number and birth date, and until when.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::{Error, FieldErrors, Id};
use chrono::{Datelike, NaiveDate};
use system::App;
use web::{Answer, Form, Path, Sent, Visitor, filters, redirect};

use super::steps::{self, Stage, Step};
use crate::actions;
use crate::behalf::{Behalf, Principal};
use crate::pages::filling::Filling;

pub(super) const PLACE: &str = "nguoi-uy-quyen";

#[derive(Template)]
#[template(path = "dossiers/citizen/principal.html")]
struct Page<'a> {
    csrf: &'a str,
    steps: Vec<Step>,
    procedure: &'a str,
    sent: &'a Sent,
    /// What was said before, its number masked.
    said: Option<&'a Principal>,
    action: String,
    back: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let filling = authorised(&app, &visitor, id).await?;
    show(&visitor, &filling, &Sent::default())
}

/// A draft that is for somebody who authorised its owner.
async fn authorised(app: &App, visitor: &Visitor, id: Id) -> base::Result<Filling> {
    let filling = super::filling(app, visitor, id).await?;
    if filling.draft.behalf == Some(Behalf::Authorised) { Ok(filling) } else { Err(Error::NotFound) }
}

fn show(visitor: &Visitor, filling: &Filling, sent: &Sent) -> Answer<Response> {
    let page = Page {
        csrf: visitor.csrf(),
        steps: steps::of(filling, Stage::Guide),
        procedure: &filling.procedure.name,
        sent,
        said: filling.draft.principal.as_ref(),
        action: filling.at(PLACE),
        back: format!("/nop-ho-so/{}", filling.procedure.code),
    };
    visitor.form(&visitor.text("dossiers-principal-title"), &sent.errors, &page)
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let filling = authorised(&app, &visitor, id).await?;
    let sent = Sent::new(pairs);
    match read(&sent, visitor.now.today()) {
        Ok(principal) => {
            actions::save_principal(&app, visitor.now, &filling.draft, &principal).await?;
            Ok(redirect(&filling.first_page()))
        }
        Err(errors) => show(&visitor, &filling, &sent.wrong(&visitor, &errors)),
    }
}

fn read(sent: &Sent, today: NaiveDate) -> Result<Principal, FieldErrors> {
    let name = sent.value("name").split_whitespace().collect::<Vec<_>>().join(" ");
    let named = !name.is_empty() && name.chars().count() <= 200;
    let number = sent.value("number").parse().ok();
    let born = birth_date(sent).filter(|day| *day <= today && day.year() >= 1900);
    let until = sent.value("until").parse::<NaiveDate>().ok().filter(|day| *day >= today);
    match (number, born, until) {
        (Some(number), Some(birth_date), Some(until)) if named => Ok(Principal { name, number, birth_date, until }),
        (number, born, until) => {
            let wrong = [
                ("name", !named, "dossiers-name-wrong"),
                ("number", number.is_none(), "dossiers-number-wrong"),
                ("birth-date", born.is_none(), "dossiers-birth-date-wrong"),
                ("until", until.is_none(), "dossiers-principal-until-wrong"),
            ];
            let wrong = wrong.into_iter().filter(|(_, wrong, _)| *wrong);
            Err(wrong.map(|(field, _, key)| (field.to_owned(), key.to_owned())).collect())
        }
    }
}

fn birth_date(sent: &Sent) -> Option<NaiveDate> {
    let part = |name: &str| sent.value(name).trim().parse::<u32>().ok();
    let year = sent.value("birth-date-year").trim().parse().ok()?;
    NaiveDate::from_ymd_opt(year, part("birth-date-month")?, part("birth-date-day")?)
}
