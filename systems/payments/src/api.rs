//! What a payment gateway calls.

use ::system::{Access, App, Routes};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::IntoResponse as _;
use base::Error;
use serde_json::json;
use web::{Answer, Visitor};

use crate::gateway::Notice;
use crate::{Ways, actions};

pub(crate) fn routes() -> Routes {
    // Public: its signature says who it is.
    Routes::new().post("/api/thanh-toan/thong-bao", Access::Public, notice).example("payment-notice", &[("", "@file")])
}

/// A gateway tells what became of an order: signed fields, as a form sends them.
async fn notice(State(app): State<App>, visitor: Visitor, sent: Bytes) -> Answer {
    let gateway = app.parts.get::<Ways>()?.gateway.as_ref().ok_or(Error::NotFound)?;
    let notice = Notice::read(&sent, &gateway.secret)?;
    let verdict = actions::notified(&app, visitor.now, notice).await?;
    Ok(Json(json!({ "result": verdict.as_str() })).into_response())
}
