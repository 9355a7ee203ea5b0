//! Days that were reconciled, and the file of another one.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::{Error, Id, Result};
use bytes::BytesMut;
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Query, Sent, Upload, UploadPart, Visitor, filters, redirect};

use crate::actions::{self, NewStatement};
use crate::queries;
use crate::statement::{self, Statement};

/// Where they stand.
pub(super) const LIST: &str = "/thanh-toan-xu-ly/doi-soat";
const SIZE: usize = 31;
/// The largest file, in bytes; a form with files is no larger.
const LARGEST: usize = 1024 * 1024;

#[derive(Template)]
#[template(path = "payments/desk/statements.html")]
struct List<'a> {
    csrf: &'a str,
    id: String,
    day: String,
    address: &'static str,
    statements: Vec<(Statement, i64)>,
    next: String,
    sent: &'a Sent,
}

#[derive(Default, Deserialize)]
pub(super) struct Place {
    #[serde(rename = "sau")]
    before: Option<String>,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(place): Query<Place>) -> Answer {
    show(&app, &visitor, &place, &Sent::default()).await
}

async fn show(app: &App, visitor: &Visitor, place: &Place, sent: &Sent) -> Answer {
    let before = Cursor::read(place.before.as_deref().unwrap_or_default())?;
    let officer = visitor.caller.officer()?;
    let found = queries::statements(app.store.read(), officer, before, SIZE).await?;
    // T+1: yesterday is the latest that is over.
    let latest = visitor.now.today().pred_opt().unwrap_or(visitor.now.today()).to_string();
    let page = List {
        csrf: visitor.csrf(),
        id: sent.or("id", &visitor.form_id().to_string()),
        day: sent.or("day", &latest),
        address: LIST,
        statements: found.rows,
        next: found.next.map_or_else(String::new, |next| format!("{LIST}?sau={next}")),
        sent,
    };
    visitor.form(&visitor.text("payments-statements-title"), &sent.errors, &page)
}

/// Reads a day's file and puts it beside the program's own rows.
pub(super) async fn upload(State(app): State<App>, visitor: Visitor, mut upload: Upload) -> Answer {
    let (mut pairs, mut file) = (Vec::new(), None);
    while let Some(part) = upload.next().await? {
        match part {
            UploadPart::Value(name, value) => pairs.push((name, value)),
            UploadPart::File(field, name, mut pieces) if field == "file" => {
                let mut content = BytesMut::new();
                while let Some(piece) = pieces.chunk().await.map_err(|_| Error::TooLarge)? {
                    content.extend_from_slice(&piece);
                    if content.len() > LARGEST {
                        return Err(Error::TooLarge.into());
                    }
                }
                file = Some((name, content));
            }
            UploadPart::File(..) => {}
        }
    }
    let sent = Sent::new(pairs);
    match reconciled(&app, &visitor, &sent, file).await {
        Ok(done) => Ok(done),
        Err(Error::Invalid(errors)) => show(&app, &visitor, &Place::default(), &sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

async fn reconciled(app: &App, visitor: &Visitor, sent: &Sent, file: Option<(String, BytesMut)>) -> Result<Response> {
    let (file_name, content) = file.ok_or_else(|| Error::invalid("file", "payments-file-missing"))?;
    let id: Id = sent.value("id").parse().map_err(|_| Error::invalid("file", "web-error-form"))?;
    let day = sent.value("day").parse().map_err(|_| Error::invalid("day", "payments-day-missing"))?;
    let new = NewStatement { id, day, file_name, lines: statement::read(&content)? };
    let id = actions::reconcile(app, visitor.now, &visitor.caller, new).await?;
    Ok(redirect(&format!("{LIST}/{id}")))
}
