//! What whoever sent a letter sees, by the link given at sending: where it stands, never what it says.

use askama::Template;
use axum::extract::State;
use base::Error;
use directory::queries::Names;
use flow::pages::Station;
use identity::LinkSecret;
use serde::Deserialize;
use system::App;
use web::{Answer, Path, Query, Visitor, filters};

use crate::access;
use crate::letter::Letter;
use crate::pages::timeline::stations;
use crate::queries::{self, Note};

#[derive(Template)]
#[template(path = "complaints/citizen/receipt.html")]
struct Receipt {
    letter: Letter,
    link: String,
    agency: String,
    /// Why nothing more comes of it; of a letter that is not sealed.
    reasons: Option<Note>,
    stations: Vec<Station>,
}

#[derive(Deserialize)]
pub(super) struct Key {
    #[serde(default)]
    khoa: String,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(key): Query<Key>,
) -> Answer {
    let secret = LinkSecret::read(&key.khoa);
    let found = queries::by_code(app.store.read(), &code).await?.ok_or(Error::NotFound)?;
    let letter = access::own(secret.as_ref(), found)?;
    let notes = queries::notes_of(app.store.read(), letter.id).await?;
    let told = letter.state.is_end() && letter.decided_at.is_none() && !letter.is_sealed();
    let key = secret.as_ref().map_or("", LinkSecret::reveal);
    let page = Receipt {
        link: format!("{}/don-thu/da-gui/{}?khoa={key}", app.settings.public_url, letter.code),
        agency: Names::default().of(app.store.read(), letter.agency).await?,
        reasons: notes.into_iter().rev().find(|note| told && note.kind == "reasons"),
        stations: stations(&app, &letter).await?,
        letter,
    };
    visitor.page(&page.letter.code.clone(), &page)
}
