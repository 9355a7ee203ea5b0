//! Who sent a letter that is not sealed, and what came with it; each look is written down before anything is shown.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use base::{Error, Id};
use journal::{Read, record_read};
use system::App;
use web::{Answer, Path, Visitor, filters};

use super::LIST;
use crate::actions::thing;
use crate::letter::{Letter, Sender};
use crate::queries;

#[derive(Template)]
#[template(path = "complaints/desk/sender.html")]
struct Page {
    address: String,
    letter: Letter,
    sender: Sender,
}

pub(super) async fn looked(app: &App, visitor: &Visitor, letter: &Letter) -> base::Result<()> {
    let read = Read { whose: letter.id, thing: thing(letter.id), reason: "processing" };
    app.store.write(async |tx| record_read(tx, visitor.now, &visitor.caller.actor(), read).await).await
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let letter = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let sender = queries::sender_of(app.store.read(), letter.id).await?.ok_or(Error::NotFound)?;
    looked(&app, &visitor, &letter).await?;
    let page = Page { address: format!("{LIST}/{code}"), letter, sender };
    visitor.page(&visitor.text("complaints-sender"), &page)
}

pub(super) async fn file(State(app): State<App>, visitor: Visitor, Path((code, file)): Path<(String, Id)>) -> Answer {
    let letter = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let files = queries::files_of(app.store.read(), letter.id).await?;
    let file = files.into_iter().find(|one| one.id == file).ok_or(Error::NotFound)?;
    looked(&app, &visitor, &letter).await?;
    let bytes = app.files.read(&file.hash).await.map_err(Error::from)?;
    let kind = HeaderValue::from_str(&file.mime).map_err(Error::from)?;
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
