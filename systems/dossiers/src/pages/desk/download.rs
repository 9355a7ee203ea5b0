//! The files of a dossier; each look at one is written down like a look at the dossier.

use axum::extract::State;
use base::{Error, Id, Result};
use files::FileKind;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, redirect_with};

use super::opened::looked_at;
use crate::pages::stream;
use crate::slip::Outcome;
use crate::{actions, queries};

pub(super) async fn paper(State(app): State<App>, visitor: Visitor, Path((code, id)): Path<(String, Id)>) -> Answer {
    let dossier = looked_at(&app, &visitor, &code).await?;
    let papers = queries::papers(app.store.read(), dossier.id).await?;
    let paper = papers.into_iter().find(|paper| paper.id == id).ok_or(Error::NotFound)?;
    stream::file(&app, &paper.file.hash, &paper.file.mime, &paper.file.name).await
}

pub(super) async fn slip(State(app): State<App>, visitor: Visitor, Path((code, id)): Path<(String, Id)>) -> Answer {
    let dossier = looked_at(&app, &visitor, &code).await?;
    let slips = queries::slips(app.store.read(), dossier.id).await?;
    let slip = slips.into_iter().find(|slip| slip.id == id).ok_or(Error::NotFound)?;
    let hash = slip.file.ok_or(Error::Conflict("dossiers-paper-not-ready"))?;
    let name = format!("{} {}.pdf", visitor.text(slip.kind.text()), dossier.code);
    stream::file(&app, &hash, FileKind::Pdf.mime(), &name).await
}

pub(super) async fn result(State(app): State<App>, visitor: Visitor, Path((code, id)): Path<(String, Id)>) -> Answer {
    let dossier = looked_at(&app, &visitor, &code).await?;
    let outcome = outcome(&app, dossier.id, id).await?;
    let hash = outcome.file.ok_or(Error::Conflict("dossiers-paper-not-ready"))?;
    stream::file(&app, &hash, FileKind::Pdf.mime(), &format!("{} {}.pdf", outcome.name, dossier.code)).await
}

async fn outcome(app: &App, dossier: Id, id: Id) -> Result<Outcome> {
    let outcomes = queries::outcomes(app.store.read(), dossier).await?;
    outcomes.into_iter().find(|outcome| outcome.id == id).ok_or(Error::NotFound)
}

/// Tries again at once to make a result whose paper failed.
pub(super) async fn make_again(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, id)): Path<(String, Id)>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let dossier = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let outcome = outcome(&app, dossier.id, id).await?;
    actions::retry_result(&app, visitor.now, &visitor.caller, outcome.id).await?;
    Ok(redirect_with(&format!("/mot-cua/ho-so/{code}"), Flash::success("dossiers-result-retried")))
}
