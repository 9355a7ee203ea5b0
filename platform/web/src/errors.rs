use axum::response::{IntoResponse, Response};
use base::Error;
use http::StatusCode;

/// What a handler returns.
pub type Answer<T = Response> = std::result::Result<T, Failure>;

/// An error on its way out; the shell turns it into a page, the API into a problem.
#[derive(Debug)]
pub struct Failure(pub Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// Carried by a response whose page is still to be made.
#[derive(Clone)]
pub(crate) struct Failed(pub(crate) std::sync::Arc<Error>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(Failed(std::sync::Arc::new(self.0)));
        response
    }
}

/// The status of each kind of error.
pub(crate) const fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::SignedOut => StatusCode::UNAUTHORIZED,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Error::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Error::Inside(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The texts of an error page: title, and what the reader can do now.
pub(crate) const fn page_texts(error: &Error) -> (&'static str, &'static str) {
    match error {
        Error::NotFound => ("web-error-not-found", "web-error-not-found-help"),
        Error::Forbidden(_) => ("web-error-forbidden", "web-error-forbidden-help"),
        Error::SignedOut => ("web-error-signed-out", "web-error-signed-out-help"),
        Error::Invalid(_) => ("web-error-invalid", "web-error-invalid-help"),
        Error::Conflict(key) => ("web-error-conflict", *key),
        Error::TooLarge => ("web-error-too-large", "web-error-too-large-help"),
        Error::TooMany => ("web-error-too-many", "web-error-too-many-help"),
        Error::Busy => ("web-error-busy", "web-error-busy-help"),
        Error::Inside(_) => ("web-error-inside", "web-error-inside-help"),
    }
}
