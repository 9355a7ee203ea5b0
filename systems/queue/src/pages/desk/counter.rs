//! One counter: who is there, who comes next.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use serde::Deserialize;
use system::App;
use web::{Answer, Choice, Flash, Form, Path, Query, Sent, Visitor, filters, redirect, redirect_with};

use super::LIST;
use crate::access::SERVE;
use crate::actions::{self, At};
use crate::desk::{Counter, Kind};
use crate::queries;
use crate::rules::rules;
use crate::ticket::Ticket;

const SIZE: usize = 30;
const ABSENT: usize = 10;

#[derive(Template)]
#[template(path = "queue/desk/counter.html")]
struct Page<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    address: String,
    at: Option<Line>,
    others: Vec<Choice>,
    waiting: Vec<Line>,
    next: String,
    absent: Vec<Line>,
    /// Whether this officer receives dossiers.
    receives: bool,
    counter: Counter,
}

/// A ticket with what its kind and its ground are called.
struct Line {
    kind: String,
    priority: String,
    ticket: Ticket,
}

#[derive(Default, Deserialize)]
pub(super) struct From {
    #[serde(default)]
    sau: i64,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Query(from): Query<From>,
) -> Answer {
    show(&app, &visitor, id, from.sau, &Sent::default()).await
}

async fn show(app: &App, visitor: &Visitor, id: Id, after: i64, sent: &Sent) -> Answer {
    let officer = visitor.caller.officer_who_may(SERVE)?;
    let (c, today) = (app.store.read(), visitor.now.today());
    let counter = queries::counter_for(c, officer, id).await?;
    let kinds = queries::kinds(c, officer.agency).await?;
    let others = queries::counters(c, officer.agency).await?.into_iter().filter(|other| other.id != counter.id);
    let waiting = queries::waiting_for(c, &counter, today, after, SIZE).await?;
    let address = format!("{LIST}/{id}");
    let page = Page {
        csrf: visitor.csrf(),
        sent,
        at: queries::at_counter(c, id, today).await?.map(|ticket| line(&kinds, ticket)).transpose()?,
        others: others
            .map(|other| Choice { value: other.id.to_string(), text: format!("{} · {}", other.number, other.name) })
            .collect(),
        next: waiting.next.map(|next| format!("{address}?sau={next}")).unwrap_or_default(),
        waiting: lines(&kinds, waiting.rows)?,
        absent: lines(&kinds, queries::absent(c, id, today, ABSENT).await?)?,
        receives: officer.may("dossiers.receive"),
        address,
        counter,
    };
    visitor.form(&page.counter.name.clone(), &sent.errors, &page)
}

fn lines(kinds: &[Kind], tickets: Vec<Ticket>) -> Result<Vec<Line>> {
    tickets.into_iter().map(|ticket| line(kinds, ticket)).collect()
}

fn line(kinds: &[Kind], ticket: Ticket) -> Result<Line> {
    let kind = kinds.iter().find(|kind| kind.id == ticket.kind).map(|kind| kind.name.clone());
    let priority = rules()?.ground(&ticket.priority).map(|ground| ground.name.clone());
    Ok(Line { kind: kind.unwrap_or_default(), priority: priority.unwrap_or_default(), ticket })
}

pub(super) async fn call(
    State(app): State<App>,
    visitor: Visitor,
    Path(counter): Path<Id>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let address = format!("{LIST}/{counter}");
    match actions::call_next(&app, visitor.now, &visitor.caller, counter).await? {
        Some(_) => Ok(redirect(&address)),
        None => Ok(redirect_with(&address, Flash::success("queue-told-nobody"))),
    }
}

pub(super) async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((counter, ticket)): Path<(Id, Id)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let done = match at(&sent) {
        Ok(at) => actions::act(&app, visitor.now, &visitor.caller, counter, ticket, at).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(redirect(&format!("{LIST}/{counter}"))),
        Err(Error::Invalid(errors)) => show(&app, &visitor, counter, 0, &sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

fn at(sent: &Sent) -> Result<At> {
    match sent.value("viec") {
        "goi-lai" => Ok(At::Again),
        "vang" => Ok(At::Absent),
        "xong" => Ok(At::Finish),
        "chuyen" => {
            let to = sent.value("to").parse().map_err(|_| Error::invalid("to", "queue-counter-missing"))?;
            Ok(At::PassOn(to))
        }
        _ => Err(Error::invalid("form", "web-error-form")),
    }
}
