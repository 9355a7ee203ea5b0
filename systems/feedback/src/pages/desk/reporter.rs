//! Who sent a report; each look is written down before anything is shown.

use askama::Template;
use axum::extract::State;
use directory::Person;
use system::App;
use web::{Answer, Path, Visitor, filters};

use crate::report::Report;
use crate::{actions, queries};

#[derive(Template)]
#[template(path = "feedback/desk/reporter.html")]
struct Page<'a> {
    report: &'a Report,
    person: Option<Person>,
    phone: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let report = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    actions::look_at_reporter(&app, visitor.now, &visitor.caller, &report).await?;
    let person = match report.reporter {
        Some(person) => directory::queries::person(app.store.read(), person).await?,
        None => None,
    };
    let phone = report.contact.phone.as_ref().or(person.as_ref().and_then(|person| person.phone.as_ref()));
    let phone = phone.map(|phone| phone.reveal().to_owned()).unwrap_or_default();
    visitor.page(&visitor.text("feedback-reporter-title"), &Page { report: &report, person, phone })
}
