//! Addresses for machines: alive, ready, metrics, the description of the API.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router, http::StatusCode};
use metrics_exporter_prometheus::PrometheusHandle;
use store::Connection;
use system::App;

use crate::openapi;

pub(crate) fn router(app: App, metrics: PrometheusHandle) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/api/openapi.json", get(|| async { Json(openapi::document()) }))
        .with_state(app)
        .route("/metrics", get(move || async move { metrics.render() }))
}

/// Ready means: the database answers.
async fn ready(State(app): State<App>) -> Response {
    match app.store.read().execute_unprepared("SELECT 1").await {
        Ok(_) => (StatusCode::OK, [(CONTENT_TYPE, "text/plain")], "ready").into_response(),
        Err(error) => {
            tracing::error!(%error, "Not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response()
        }
    }
}
