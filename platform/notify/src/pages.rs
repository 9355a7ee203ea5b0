//! What somebody was told.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use exchange::Connectors;
use serde::Deserialize;
use store::Cursor;
use system::{Access, App, Routes};
use web::{Answer, Flash, Form, Path, Query, Visitor, filters};

use crate::mail::{SMTP, masked};
use crate::message::Kept;
use crate::{actions, queries};

const HOME: &str = "/thong-bao";
const SIZE: usize = 30;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/thong-bao", Access::SignedIn, list)
        .get("/thong-bao/{id}", Access::SignedIn, open)
        .example("message", &[])
        .post("/thong-bao/da-doc", Access::SignedIn, read_all)
        .example("account", &[])
}

#[derive(Deserialize)]
struct Place {
    #[serde(rename = "sau")]
    after: Option<String>,
}

/// One message in the reader's language.
struct Line {
    id: Id,
    text: String,
    at: DateTime<Utc>,
    unread: bool,
}

#[derive(Template)]
#[template(path = "notify/list.html")]
struct ListPage<'a> {
    lines: Vec<Line>,
    /// Address of the next page, or empty.
    next: String,
    unread: i64,
    /// Whether and where mails go, in words.
    mail: String,
    csrf: &'a str,
}

fn line(visitor: &Visitor, message: &Kept) -> Line {
    Line {
        id: message.id,
        text: visitor.text_with(&message.text, &message.parameters()),
        at: message.at,
        unread: message.read_at.is_none(),
    }
}

/// Programs that call with a token have nobody to be told.
fn person(visitor: &Visitor) -> Result<Id> {
    visitor.caller.person().ok_or(Error::NotFound)
}

async fn list(State(app): State<App>, visitor: Visitor, Query(place): Query<Place>) -> Answer {
    let person = person(&visitor)?;
    let before = Cursor::read(place.after.as_deref().unwrap_or_default())?;
    let messages = queries::messages(app.store.read(), person, before, SIZE).await?;
    let page = ListPage {
        lines: messages.rows.iter().map(|message| line(&visitor, message)).collect(),
        next: messages.next.map(|next| format!("?sau={next}")).unwrap_or_default(),
        unread: queries::unread(app.store.read(), person).await?,
        mail: mail(&app, &visitor, person).await?,
        csrf: visitor.csrf(),
    };
    visitor.page(&visitor.text("notify-title"), &page)
}

async fn mail(app: &App, visitor: &Visitor, person: Id) -> Result<String> {
    if !app.parts.get::<Connectors>()?.has(SMTP) {
        return Ok(visitor.text("notify-mail-off"));
    }
    let person = directory::queries::person(app.store.read(), person).await?;
    Ok(match person.and_then(|person| person.email) {
        Some(mailbox) => visitor.text_with("notify-mail-to", &[("mailbox", masked(&mailbox))]),
        None => visitor.text("notify-mail-no-mailbox"),
    })
}

/// Opening a message leads to what it is about.
async fn open(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let message = actions::open(&app, visitor.now, &visitor.caller.actor(), person(&visitor)?, id).await?;
    Ok(web::redirect(&message.link))
}

#[derive(Deserialize)]
struct Nothing {}

async fn read_all(State(app): State<App>, visitor: Visitor, Form(Nothing {}): Form<Nothing>) -> Answer {
    actions::read_all(&app, visitor.now, &visitor.caller.actor(), person(&visitor)?).await?;
    Ok(web::redirect_with(HOME, Flash::success("notify-all-read")))
}
