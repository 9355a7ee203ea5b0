//! Which kinds of business and which counters a desk has.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Visitor, filters, redirect_with};

use super::SETTINGS;
use crate::access::MANAGE;
use crate::actions::{self, NewCounter, NewKind};
use crate::desk::{Counter, Kind};
use crate::queries;

#[derive(Template)]
#[template(path = "queue/desk/settings.html")]
struct Page<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    id: String,
    kinds: Vec<Kind>,
    counters: Vec<Row>,
    /// For a counter to be added.
    offered: Vec<Offered>,
}

struct Row {
    counter: Counter,
    serves: String,
}

#[derive(Template)]
#[template(path = "queue/desk/counter_settings.html")]
struct CounterPage<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    address: String,
    called: String,
    offered: Vec<Offered>,
    counter: Counter,
}

/// A kind that a counter may serve.
struct Offered {
    value: String,
    text: String,
    hint: &'static str,
    checked: bool,
}

fn offered(kinds: &[Kind], serves: &[String]) -> Vec<Offered> {
    let offer = |kind: &Kind| {
        let value = kind.id.to_string();
        Offered { checked: serves.contains(&value), value, text: format!("{} {}", kind.letter, kind.name), hint: "" }
    };
    kinds.iter().map(offer).collect()
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, &Sent::default()).await
}

async fn show(app: &App, visitor: &Visitor, sent: &Sent) -> Answer {
    let officer = visitor.caller.officer_who_may(MANAGE)?;
    let c = app.store.read();
    let kinds = queries::kinds(c, officer.agency).await?;
    let ticked: Vec<String> = sent.all("serves").map(str::to_owned).collect();
    let row = |counter: Counter| {
        let served = kinds.iter().filter(|kind| counter.serves.contains(&kind.id));
        let letters: Vec<&str> = served.map(|kind| kind.letter.as_str()).collect();
        Row { serves: letters.join(", "), counter }
    };
    let page = Page {
        csrf: visitor.csrf(),
        sent,
        id: sent.or("id", &visitor.form_id().to_string()),
        counters: queries::counters(c, officer.agency).await?.into_iter().map(row).collect(),
        offered: offered(&kinds, &ticked),
        kinds,
    };
    visitor.form(&visitor.text("queue-settings-title"), &sent.errors, &page)
}

pub(super) async fn counter(State(app): State<App>, visitor: Visitor, Path(counter): Path<Id>) -> Answer {
    show_counter(&app, &visitor, counter, &Sent::default()).await
}

async fn show_counter(app: &App, visitor: &Visitor, counter: Id, sent: &Sent) -> Answer {
    let officer = visitor.caller.officer_who_may(MANAGE)?;
    let c = app.store.read();
    let counter = queries::counter_for(c, officer, counter).await?;
    let serves: Vec<String> = if sent.is_empty() {
        counter.serves.iter().map(ToString::to_string).collect()
    } else {
        sent.all("serves").map(str::to_owned).collect()
    };
    let page = CounterPage {
        csrf: visitor.csrf(),
        sent,
        address: format!("{SETTINGS}/quay/{}", counter.id),
        called: sent.or("counter-name", &counter.name),
        offered: offered(&queries::kinds(c, officer.agency).await?, &serves),
        counter,
    };
    visitor.form(&page.counter.name.clone(), &sent.errors, &page)
}

/// Back to the page: with what was done, or with what is wrong beside the fields.
async fn answer(app: &App, visitor: &Visitor, sent: Sent, done: Result<()>) -> Answer {
    match done {
        Ok(()) => Ok(redirect_with(SETTINGS, Flash::success("queue-told-settings"))),
        Err(Error::Invalid(errors)) => show(app, visitor, &sent.wrong(visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn begin(State(app): State<App>, visitor: Visitor, _: Form<Vec<(String, String)>>) -> Answer {
    let done = actions::begin(&app, visitor.now, &visitor.caller).await;
    answer(&app, &visitor, Sent::default(), done).await
}

pub(super) async fn add_kind(
    State(app): State<App>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let new =
        NewKind { id: made(&sent)?, letter: sent.value("letter").to_owned(), name: sent.value("name").to_owned() };
    let done = actions::add_kind(&app, visitor.now, &visitor.caller, new).await;
    answer(&app, &visitor, sent, done).await
}

pub(super) async fn add_counter(
    State(app): State<App>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let new = NewCounter {
        id: made(&sent)?,
        number: sent.value("number").trim().parse().unwrap_or_default(),
        name: sent.value("counter-name").to_owned(),
        serves: ticked(&sent)?,
    };
    let done = actions::add_counter(&app, visitor.now, &visitor.caller, new).await;
    answer(&app, &visitor, sent, done).await
}

pub(super) async fn set_counter(
    State(app): State<App>,
    visitor: Visitor,
    Path(counter): Path<Id>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let (name, serves) = (sent.value("counter-name").to_owned(), ticked(&sent)?);
    match actions::set_counter(&app, visitor.now, &visitor.caller, counter, &name, serves).await {
        Err(Error::Invalid(errors)) => show_counter(&app, &visitor, counter, &sent.wrong(&visitor, &errors)).await,
        done => answer(&app, &visitor, Sent::default(), done).await,
    }
}

pub(super) async fn close_kind(
    State(app): State<App>,
    visitor: Visitor,
    Path(kind): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let done = actions::close_kind(&app, visitor.now, &visitor.caller, kind).await;
    answer(&app, &visitor, Sent::default(), done).await
}

pub(super) async fn close_counter(
    State(app): State<App>,
    visitor: Visitor,
    Path(counter): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let done = actions::close_counter(&app, visitor.now, &visitor.caller, counter).await;
    answer(&app, &visitor, Sent::default(), done).await
}

fn made(sent: &Sent) -> Result<Id> {
    sent.value("id").parse().map_err(|_| Error::invalid("form", "web-error-form"))
}

fn ticked(sent: &Sent) -> Result<Vec<Id>> {
    sent.all("serves").map(|id| id.parse().map_err(|_| Error::invalid("serves", "queue-serves-missing"))).collect()
}
