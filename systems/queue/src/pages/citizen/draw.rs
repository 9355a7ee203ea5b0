//! The kiosk: one large button for each kind of business.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use system::App;
use web::{Answer, Form, Path, Sent, Visitor, filters, redirect};
use worktime::ledger::Calendars;

use crate::actions::{self, Drawing};
use crate::desk::Kind;
use crate::pages::{by_chance, desk_of};
use crate::queries;
use crate::rules::rules;

#[derive(Template)]
#[template(path = "queue/citizen/draw.html")]
struct Page<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    code: &'a str,
    agency: &'a str,
    id: String,
    kinds: Vec<Offer>,
    grounds: Vec<Ground>,
    /// Nobody works there today: a ticket holds today only.
    closed: bool,
}

struct Offer {
    kind: Kind,
    waiting: i64,
}

struct Ground {
    value: &'static str,
    text: String,
    hint: &'static str,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    show(&app, &visitor, &code, &Sent::default()).await
}

async fn show(app: &App, visitor: &Visitor, code: &str, sent: &Sent) -> Answer {
    let agency = desk_of(app, visitor, code).await?;
    let c = app.store.read();
    let waiting = queries::waiting_by_kind(c, agency.id, visitor.now.today()).await?;
    let count = |kind: &Kind| waiting.iter().find(|(of, _)| *of == kind.id).map_or(0, |(_, count)| *count);
    let kinds = queries::kinds(c, agency.id).await?;
    let calendar = app.parts.get::<Calendars>()?.of(agency.id);
    let usual = Ground { value: "", text: visitor.text("queue-priority-none"), hint: "" };
    let ground = |ground: &'static province::Priority| Ground {
        value: &ground.code,
        text: ground.name.clone(),
        hint: &ground.basis,
    };
    let page = Page {
        csrf: visitor.csrf(),
        sent,
        code,
        agency: &agency.name,
        id: by_chance(app).to_string(),
        kinds: kinds.into_iter().map(|kind| Offer { waiting: count(&kind), kind }).collect(),
        grounds: std::iter::once(usual).chain(rules()?.priority.iter().map(ground)).collect(),
        closed: !calendar.day(visitor.now.today()).is_some_and(worktime::Day::is_working),
    };
    visitor.form(&agency.name, &sent.errors, &page)
}

pub(super) async fn draw(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let agency = desk_of(&app, &visitor, &code).await?;
    let done = match drawing(&visitor, agency.id, &sent) {
        Ok(drawing) => actions::draw(&app, visitor.now, drawing).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(ticket) => Ok(redirect(&format!("/so/{}", ticket.id))),
        Err(Error::Invalid(errors)) => show(&app, &visitor, &code, &sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

fn drawing(visitor: &Visitor, agency: Id, sent: &Sent) -> Result<Drawing> {
    Ok(Drawing {
        id: sent.value("id").parse().map_err(|_| Error::invalid("form", "web-error-form"))?,
        agency,
        kind: sent.value("kind").parse().map_err(|_| Error::invalid("kind", "queue-kind-missing"))?,
        priority: sent.value("priority").to_owned(),
        sender: visitor.subscriber(),
    })
}
