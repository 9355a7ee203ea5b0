//! The papers of a draft.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::Id;
use system::App;
use web::{Answer, Errors, Flash, Path, Upload, Visitor, filters, redirect, redirect_with};

use super::reuse;
use super::steps::{self, Stage, Step};
use crate::filing::Comes;
use crate::pages::filling::Filling;
use crate::pages::filling::uploads::{self, Wanted};

#[derive(Template)]
#[template(path = "dossiers/citizen/documents.html")]
struct Documents<'a> {
    csrf: &'a str,
    steps: Vec<Step>,
    procedure: &'a str,
    wanted: Vec<Wanted<'a>>,
    errors: &'a Errors,
    action: String,
    back: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    show(&app, &visitor, &filling, &Errors::default()).await
}

async fn show(app: &App, visitor: &Visitor, filling: &Filling, errors: &Errors) -> Answer<Response> {
    let citizen = visitor.caller.citizen()?;
    let mut wanted = filling.wanted(filling.identified(citizen), errors);
    reuse::offer(app, visitor, filling, &mut wanted).await?;
    let page = Documents {
        csrf: visitor.csrf(),
        steps: steps::of(filling, Stage::Documents),
        procedure: &filling.procedure.name,
        wanted,
        errors,
        action: filling.at("giay-to"),
        back: filling.last_page().unwrap_or_else(|| filling.at("noi-nhan")),
    };
    visitor.form(&visitor.text("dossiers-documents-title"), errors, &page)
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>, upload: Upload) -> Answer {
    let mut filling = super::filling(&app, &visitor, id).await?;
    let received = filling.receive(&app, &visitor, upload).await?;
    let here = filling.at("giay-to");
    if uploads::take_out(&app, &visitor, &filling.draft, &received.posted).await? {
        return Ok(redirect_with(&here, Flash::success("dossiers-file-removed")));
    }
    if reuse::take(&app, &visitor, &filling, &received.posted).await? {
        return Ok(redirect_with(&here, Flash::success("dossiers-held-taken")));
    }
    if !received.errors.is_empty() {
        return show(&app, &visitor, &filling, &received.errors).await;
    }
    if received.pressed("next") {
        return Ok(redirect(&filling.at("kiem-tra")));
    }
    if received.pressed("later") {
        return Ok(redirect_with("/ho-so", Flash::success("dossiers-draft-saved")));
    }
    Ok(redirect(&here))
}
