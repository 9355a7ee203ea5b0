use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use base::Error;
use http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue};
use system::{Access, App, Route, System};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::errors::Failure;
use crate::visitor::Visitor;
use crate::{api, assets, shell};

/// A form without files is at most this large, in bytes.
const FORM: usize = 1024 * 1024;

/// Everything comes from this program; nothing may run that is not a file of it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'; object-src 'self'";

/// Puts the routes of all systems together, each behind its own door.
pub fn router(app: &App, systems: &[System]) -> Router {
    let mut pages = Router::new()
        .route("/ngon-ngu/{lang}", get(shell::choose_language))
        .route("/tai-nguyen/{*path}", get(assets::serve));
    for route in systems.iter().flat_map(|system| &system.pages) {
        pages = pages.route(route.path, guarded(route));
    }
    let pages = pages
        .fallback(|| async { Failure(Error::NotFound) })
        .layer(middleware::from_fn_with_state(app.clone(), shell::shell));
    let mut answers = Router::new();
    for route in systems.iter().flat_map(|system| &system.api) {
        answers = answers.route(route.path, guarded(route));
    }
    let answers = answers
        .route("/api/{*rest}", any(|| async { Failure(Error::NotFound) }))
        .layer(middleware::from_fn_with_state(app.clone(), api::shell));
    Router::new()
        .merge(pages)
        .merge(answers)
        .layer(middleware::from_fn(measured))
        .layer(DefaultBodyLimit::max(FORM))
        .layer(CatchPanicLayer::new())
        .layer(header(CONTENT_SECURITY_POLICY, POLICY))
        .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(REFERRER_POLICY, "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .with_state(app.clone())
}

/// Counts and times requests by the pattern of their address, never by the address itself: it may name a person's file.
async fn measured(request: Request, next: Next) -> Response {
    let path =
        request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().to_string();
    let began = std::time::Instant::now();
    let response = next.run(request).await;
    let labels = [("method", method), ("path", path), ("status", response.status().as_u16().to_string())];
    metrics::histogram!("tinhso_request_seconds", &labels).record(began.elapsed().as_secs_f64());
    response
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

fn guarded(route: &Route) -> axum::routing::MethodRouter<App> {
    let access = route.access;
    route.handler.clone().layer(middleware::from_fn(move |visitor: Visitor, request: Request, next: Next| {
        door(access, visitor, request, next)
    }))
}

async fn door(access: Access, visitor: Visitor, request: Request, next: Next) -> Response {
    match visitor.caller.check(access) {
        Ok(()) => next.run(request).await,
        Err(error) => Failure(error).into_response(),
    }
}
