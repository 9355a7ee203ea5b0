//! Papers of a letter and the report of a period, as PDF or for word processors.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use base::Error;
use files::FileKind;
use print::{Letter as Paper, Printer};
use system::App;
use web::{Answer, Path, Query, Visitor};

use super::figures::{self, Wanted};
use super::sender::looked;
use crate::papers::{About, Ground};
use crate::queries;

/// A paper of a letter: `xu-ly.pdf`, `ket-qua.docx`. It may name who sent it, so each look is written down.
pub(super) async fn paper(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, paper)): Path<(String, String)>,
) -> Answer {
    let c = app.store.read();
    let letter = queries::for_officer(c, visitor.caller.officer()?, &code).await?;
    let (name, form) = paper.split_once('.').ok_or(Error::NotFound)?;
    let about = About::parse(name).ok_or(Error::NotFound)?;
    let agency = directory::queries::agency(c, letter.agency).await?.ok_or(Error::NotFound)?;
    let sender = queries::sender_of(c, letter.id).await?;
    let notes = queries::notes_of(c, letter.id).await?;
    let ground = Ground { app: &app, agency: &agency, sender: sender.as_ref(), notes: &notes };
    let paper = ground.paper(&letter, about)?;
    looked(&app, &visitor, &letter).await?;
    written(&app, &visitor, paper, form).await
}

/// The report of a period: `bao-cao.pdf`, `bao-cao.docx`.
pub(super) async fn report(
    State(app): State<App>,
    visitor: Visitor,
    Path(file): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let form = file.strip_prefix("bao-cao.").ok_or(Error::NotFound)?;
    let (from, to) = wanted.days(&visitor)?;
    let figures = figures::figures(&app, &visitor, from, to).await?;
    let officer = visitor.caller.officer()?;
    let agency = directory::queries::agency(app.store.read(), officer.agency).await?.ok_or(Error::NotFound)?;
    let ground = Ground { app: &app, agency: &agency, sender: None, notes: &[] };
    let paper = ground.report(from, to, figures.parts(&visitor));
    written(&app, &visitor, paper, form).await
}

async fn written(app: &App, visitor: &Visitor, paper: Paper, form: &str) -> Answer {
    let printer = app.parts.get::<Printer>()?;
    let (bytes, kind) = match form {
        "pdf" => {
            let printed = printer.print(paper.into(), visitor.now.utc()).await.map_err(Error::from)?;
            (printed.pdf, FileKind::Pdf)
        }
        "docx" => (printer.docx(paper).await.map_err(Error::from)?, FileKind::Docx),
        _ => return Err(Error::NotFound.into()),
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind.mime())),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
