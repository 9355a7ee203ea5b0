//! Who stands at the counter: somebody the directory knows, or somebody to be added to it.

use askama::Template;
use axum::extract::State;
use base::{Error, FieldErrors, Id, PersonalNumber, Phone, Result};
use chrono::{Datelike, NaiveDate};
use contracts::questions::Procedure;
use directory::{NewPerson, Person, Sex};
use journal::{Read, Thing, record_read};
use serde::Deserialize;
use system::App;
use web::{Answer, Errors, Form, Path, Visitor, filters, redirect};

use super::offered;
use crate::actions;
use crate::behalf::Subject;

#[derive(Template)]
#[template(path = "dossiers/desk/counter/person.html")]
struct PersonPage<'a> {
    csrf: &'a str,
    procedure: &'a Procedure,
    sent: &'a Sent,
    errors: Errors,
    asks: Asks,
    sexes: [SexChoice; 2],
}

/// What is still to be said.
enum Asks {
    Number,
    /// The directory knows the number: is it this person?
    Confirmation(Box<Person>),
    /// Nobody has the number yet.
    Person,
}

struct SexChoice {
    value: &'static str,
    text: String,
    hint: &'static str,
}

#[derive(Default, Deserialize)]
pub(super) struct Sent {
    /// Made with the page: the same form sent twice begins one draft.
    id: Option<Id>,
    #[serde(default)]
    number: String,
    /// The officer has compared the card with what the directory holds.
    #[serde(default)]
    confirmed: String,
    /// The fields below were shown.
    #[serde(default)]
    new: String,
    #[serde(default)]
    name: String,
    #[serde(default, rename = "birth-date-day")]
    day: String,
    #[serde(default, rename = "birth-date-month")]
    month: String,
    #[serde(default, rename = "birth-date-year")]
    year: String,
    #[serde(default)]
    sex: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    address: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let procedure = at_this_desk(&app, &visitor, &code).await?;
    let sent = Sent { id: Some(visitor.form_id()), ..Sent::default() };
    show(&visitor, &procedure, &sent, Asks::Number, &FieldErrors::new())
}

async fn at_this_desk(app: &App, visitor: &Visitor, code: &str) -> Result<std::sync::Arc<Procedure>> {
    let offered = offered(app, visitor, visitor.caller.officer()?).await?;
    offered.into_iter().find(|procedure| procedure.code == code).ok_or(Error::NotFound)
}

fn show(visitor: &Visitor, procedure: &Procedure, sent: &Sent, asks: Asks, errors: &FieldErrors) -> Answer {
    let sex = |sex: Sex, key| SexChoice { value: sex.as_str(), text: visitor.text(key), hint: "" };
    let page = PersonPage {
        csrf: visitor.csrf(),
        procedure,
        sent,
        errors: visitor.errors(errors),
        asks,
        sexes: [sex(Sex::Female, "dossiers-sex-female"), sex(Sex::Male, "dossiers-sex-male")],
    };
    visitor.form(&visitor.text("dossiers-person-title"), &page.errors, &page)
}

pub(super) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(sent): Form<Sent>,
) -> Answer {
    let procedure = at_this_desk(&app, &visitor, &code).await?;
    let Ok(number) = sent.number.parse::<PersonalNumber>() else {
        let errors = FieldErrors::from([("number".to_owned(), "dossiers-number-wrong".to_owned())]);
        return show(&visitor, &procedure, &sent, Asks::Number, &errors);
    };
    let known = directory::queries::person_by_number(app.store.read(), &number).await?;
    let person = match known {
        Some(person) if sent.confirmed == "yes" => person.id,
        Some(person) => {
            let read = Read { whose: person.id, thing: Thing { kind: "person", id: person.id }, reason: "receiving" };
            app.store.write(async |tx| record_read(tx, visitor.now, &visitor.caller.actor(), read).await).await?;
            return show(&visitor, &procedure, &sent, Asks::Confirmation(Box::new(person)), &FieldErrors::new());
        }
        None if sent.new != "yes" => return show(&visitor, &procedure, &sent, Asks::Person, &FieldErrors::new()),
        None => match new_person(&sent, number, visitor.now.today()) {
            Ok(new) => {
                let actor = visitor.caller.actor();
                app.store
                    .write(async |tx| directory::actions::add_person(tx, visitor.now, &actor, new.clone()).await)
                    .await?
            }
            Err(errors) => return show(&visitor, &procedure, &sent, Asks::Person, &errors),
        },
    };
    begin(&app, &visitor, &procedure, sent.id.unwrap_or_else(|| visitor.form_id()), person).await
}

async fn begin(app: &App, visitor: &Visitor, procedure: &Procedure, id: Id, applicant: Id) -> Answer {
    let officer = visitor.caller.officer()?;
    if applicant == officer.person {
        return Err(Error::Conflict("dossiers-counter-own-dossier").into());
    }
    let (code, name) = (&procedure.code, &procedure.name);
    let draft =
        actions::begin_draft(app, visitor.now, id, officer.person, Subject::Person(applicant), code, name).await?;
    actions::set_agency(app, visitor.now, &draft, officer.agency).await?;
    let filling = super::filling(app, visitor, draft.id).await?;
    Ok(redirect(&filling.first_page()))
}

/// Who is to be added, or what is wrong, field by field.
fn new_person(sent: &Sent, number: PersonalNumber, today: NaiveDate) -> Result<NewPerson, FieldErrors> {
    let mut errors = FieldErrors::new();
    let mut wrong = |field: &str, key: &str| {
        errors.insert(field.to_owned(), key.to_owned());
    };
    let name = sent.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 200 {
        wrong("name", "dossiers-name-wrong");
    }
    let birth_date = birth_date(sent).filter(|day| *day <= today && day.year() >= 1900);
    if birth_date.is_none() {
        wrong("birth-date", "dossiers-birth-date-wrong");
    }
    let sex = sent.sex.parse::<Sex>().ok();
    if sex.is_none() {
        wrong("sex", "dossiers-sex-missing");
    }
    let phone = sent.phone.parse::<Phone>().ok();
    if phone.is_none() && !sent.phone.trim().is_empty() {
        wrong("phone", "dossiers-phone-wrong");
    }
    let address = sent.address.trim();
    if address.is_empty() || address.chars().count() > 300 {
        wrong("address", "dossiers-address-wrong");
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(NewPerson {
        name,
        birth_date,
        sex,
        personal_number: Some(number),
        phone,
        email: None,
        address: Some(address.to_owned()),
    })
}

fn birth_date(sent: &Sent) -> Option<NaiveDate> {
    let part = |text: &str| text.trim().parse::<u32>().ok();
    NaiveDate::from_ymd_opt(sent.year.trim().parse().ok()?, part(&sent.month)?, part(&sent.day)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent() -> Sent {
        Sent {
            name: " Nguyễn  Văn Mẫu ".to_owned(),
            day: "5".to_owned(),
            month: "01".to_owned(),
            year: "1990".to_owned(),
            sex: "male".to_owned(),
            address: "1 đường Ví Dụ".to_owned(),
            ..Sent::default()
        }
    }

    fn read(sent: &Sent) -> Result<NewPerson, FieldErrors> {
        let today = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        new_person(sent, "056068000056".parse().unwrap(), today)
    }

    #[test]
    fn a_person_is_taken_down_as_the_card_says() {
        let person = read(&sent()).unwrap();
        assert_eq!(person.name, "Nguyễn Văn Mẫu");
        assert_eq!(person.birth_date, NaiveDate::from_ymd_opt(1990, 1, 5));
        assert_eq!(person.phone, None);
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let wrong = Sent { year: "2027".to_owned(), phone: "123".to_owned(), ..Sent::default() };
        let errors = read(&wrong).unwrap_err();
        assert_eq!(errors.keys().collect::<Vec<_>>(), ["address", "birth-date", "name", "phone", "sex"]);
    }
}
