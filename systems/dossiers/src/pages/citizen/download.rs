//! The papers of one's own dossier, as files.

use axum::extract::State;
use base::{Error, Id};
use files::FileKind;
use system::App;
use web::{Answer, Path, Visitor};

use crate::pages::stream;
use crate::queries;
use crate::slip::{Slip, Stage};

use super::timeline;

pub(super) async fn slip(State(app): State<App>, visitor: Visitor, Path((code, id)): Path<(String, Id)>) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let slips = queries::slips(app.store.read(), dossier.id).await?;
    let wanted = |slip: &Slip| slip.id == id && timeline::for_applicant(slip);
    let slip = slips.into_iter().find(wanted).ok_or(Error::NotFound)?;
    let hash = slip.file.ok_or(Error::Conflict("dossiers-paper-not-ready"))?;
    let name = format!("{} {}.pdf", visitor.text(slip.kind.text()), dossier.code);
    stream::file(&app, &hash, FileKind::Pdf.mime(), &name).await
}

pub(super) async fn result(State(app): State<App>, visitor: Visitor, Path((code, id)): Path<(String, Id)>) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let outcomes = queries::outcomes(app.store.read(), dossier.id).await?;
    let outcome = outcomes.into_iter().find(|outcome| outcome.id == id).ok_or(Error::NotFound)?;
    // Before it has number and seal it is the agency's draft, and what lies in its file is that draft.
    let hash = match outcome.stage {
        Stage::Issued => outcome.file.ok_or(Error::Conflict("dossiers-paper-not-ready"))?,
        Stage::Numbered => return Err(Error::Conflict("dossiers-paper-not-ready").into()),
        _ => return Err(Error::NotFound.into()),
    };
    let name = format!("{} {}.pdf", outcome.name, dossier.code);
    stream::file(&app, &hash, FileKind::Pdf.mime(), &name).await
}

pub(super) async fn paper(State(app): State<App>, visitor: Visitor, Path((code, id)): Path<(String, Id)>) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let papers = queries::papers(app.store.read(), dossier.id).await?;
    let paper = papers.into_iter().find(|paper| paper.id == id).ok_or(Error::NotFound)?;
    stream::file(&app, &paper.file.hash, &paper.file.mime, &paper.file.name).await
}
