//! What a carrier calls.

use ::system::{Access, App, Routes};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::IntoResponse as _;
use base::Error;
use serde_json::json;
use web::{Answer, Visitor};

use crate::carrier::Trail;
use crate::{Carriers, actions};

pub(crate) fn routes() -> Routes {
    // Public: its seal says who it is.
    Routes::new().post("/api/buu-chinh/thong-bao", Access::Public, words).example("carrier-word", &[("", "@file")])
}

/// A carrier tells how far an order is: a [`Trail`] under its seal.
async fn words(State(app): State<App>, visitor: Visitor, sent: Bytes) -> Answer {
    let carrier = app.parts.get::<Carriers>()?.carrier.as_ref().ok_or(Error::NotFound)?;
    let trail = Trail::read(&sent, &carrier.secret)?;
    let verdicts = actions::hear(&app, visitor.now, trail).await?;
    let verdicts: Vec<&str> = verdicts.iter().map(|verdict| verdict.as_str()).collect();
    Ok(Json(json!({ "result": verdicts })).into_response())
}
