//! The days on which leaders of the officer's agency receive citizens, and who came.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Visitor, filters, redirect_with};

use crate::access::RECEIVE;
use crate::actions::{self, NewReception, NewVisit};
use crate::queries::{self, Reception, Visit};

const PAGE: &str = "/don-thu-xu-ly/lich";

type Pairs = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "complaints/desk/calendar.html")]
struct Calendar<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    form_id: String,
    rows: Vec<Reception>,
    may_plan: bool,
}

#[derive(Template)]
#[template(path = "complaints/desk/reception.html")]
struct Day<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    form_id: String,
    reception: Reception,
    visits: Vec<Visit>,
    may_record: bool,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, &Sent::default()).await
}

async fn show(app: &App, visitor: &Visitor, sent: &Sent) -> Answer {
    let officer = visitor.caller.officer()?;
    let page = Calendar {
        csrf: visitor.csrf(),
        sent,
        form_id: sent.or("id", &visitor.form_id().to_string()),
        rows: queries::receptions_of(app.store.read(), officer).await?,
        may_plan: officer.may(RECEIVE),
    };
    visitor.form(&visitor.text("complaints-calendar-title"), &sent.errors, &page)
}

fn id(sent: &Sent) -> Result<Id> {
    sent.value("id").parse().map_err(|_| Error::invalid("form", "web-error-form"))
}

pub(super) async fn plan(State(app): State<App>, visitor: Visitor, Form(pairs): Form<Pairs>) -> Answer {
    let sent = Sent::new(pairs);
    let value = |name: &str| sent.value(name).to_owned();
    let done = match crate::pages::day(sent.value("held-on"), "held-on")? {
        Some(held_on) => {
            let new = NewReception {
                id: id(&sent)?,
                held_on,
                begins: value("begins"),
                place: value("place"),
                leader: value("leader"),
            };
            actions::plan_reception(&app, visitor.now, &visitor.caller, new).await
        }
        None => Err(Error::invalid("held-on", "complaints-day-wrong")),
    };
    match done {
        Ok(()) => Ok(redirect_with(PAGE, Flash::success("complaints-told-reception-planned"))),
        Err(Error::Invalid(wrong)) => show(&app, &visitor, &sent.wrong(&visitor, &wrong)).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn day(State(app): State<App>, visitor: Visitor, Path(reception): Path<Id>) -> Answer {
    show_day(&app, &visitor, reception, &Sent::default()).await
}

async fn show_day(app: &App, visitor: &Visitor, reception: Id, sent: &Sent) -> Answer {
    let officer = visitor.caller.officer()?;
    let page = Day {
        csrf: visitor.csrf(),
        sent,
        form_id: sent.or("id", &visitor.form_id().to_string()),
        reception: queries::reception(app.store.read(), officer, reception).await?,
        visits: queries::visits(app.store.read(), reception).await?,
        may_record: officer.may(RECEIVE),
    };
    visitor.form(&visitor.text("complaints-reception-title"), &sent.errors, &page)
}

pub(super) async fn visit(
    State(app): State<App>,
    visitor: Visitor,
    Path(reception): Path<Id>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let sent = Sent::new(pairs);
    let value = |name: &str| sent.value(name).to_owned();
    let new = NewVisit {
        id: id(&sent)?,
        reception,
        people: sent.value("people").parse().unwrap_or(1),
        about: value("about"),
        answer: value("answer"),
        letter: value("letter"),
    };
    match actions::record_visit(&app, visitor.now, &visitor.caller, new).await {
        Ok(()) => Ok(redirect_with(&format!("{PAGE}/{reception}"), Flash::success("complaints-told-visit-recorded"))),
        Err(Error::Invalid(wrong)) => show_day(&app, &visitor, reception, &sent.wrong(&visitor, &wrong)).await,
        Err(error) => Err(error.into()),
    }
}
