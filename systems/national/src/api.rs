//! What the portal calls.

use ::system::{Access, App, Routes};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::IntoResponse as _;
use base::Error;
use exchange::Sealed;
use web::{Answer, Visitor};

use crate::message::Reply;
use crate::{Portals, actions};

pub(crate) fn routes() -> Routes {
    // Public: its seal says who it is.
    Routes::new().post("/api/cong-quoc-gia/ho-so", Access::Public, arrive).example("portal-dossier", &[("", "@file")])
}

/// A dossier was filed at the portal: a [`crate::message::Filed`] under its seal. The answer says whether it is taken in.
async fn arrive(State(app): State<App>, visitor: Visitor, sent: Bytes) -> Answer {
    let portal = app.parts.get::<Portals>()?.portal.as_ref().ok_or(Error::NotFound)?;
    let filed = Sealed::open(&sent, &portal.secret)?;
    let arrival = actions::arrive(&app, visitor.now, filed).await?;
    let reply = match &arrival.reason {
        Some(reason) => Reply { error_code: "01".to_owned(), message: visitor.text(reason) },
        None => Reply { error_code: "00".to_owned(), message: arrival.dossier.unwrap_or_default() },
    };
    Ok(Json(reply).into_response())
}
