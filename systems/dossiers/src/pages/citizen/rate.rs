//! How content the applicant is.

use axum::extract::State;
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, redirect_with};

use crate::actions;

#[derive(Deserialize)]
pub(super) struct Rating {
    #[serde(rename = "hai-long")]
    satisfied: Satisfied,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Satisfied {
    Co,
    Khong,
}

pub(super) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(rating): Form<Rating>,
) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let satisfied = rating.satisfied == Satisfied::Co;
    let dossier = actions::rate(&app, visitor.now, &visitor.caller, dossier.id, satisfied).await?;
    Ok(redirect_with(&format!("/ho-so/{}", dossier.code), Flash::success("dossiers-rated")))
}
