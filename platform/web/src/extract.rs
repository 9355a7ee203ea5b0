use axum::extract::{FromRequestParts, RawPathParams};
use axum::response::{IntoResponse, Response};
use base::Error;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::errors::Failure;

/// The parameters of the address; one that does not read means there is no such page.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Response;

    #[expect(clippy::disallowed_types, reason = "the one place that wraps it")]
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        // Read first: the wrapped extractor reports percent-encoding that is no UTF-8 in its own words.
        // A NUL is part of no name, and PostgreSQL does not take it.
        let raw = RawPathParams::from_request_parts(parts, state).await;
        if !raw.is_ok_and(|raw| raw.iter().all(|(_, value)| !value.contains('\0'))) {
            return Err(Failure(Error::NotFound).into_response());
        }
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(found)) => Ok(Self(found)),
            Err(_) => Err(Failure(Error::NotFound).into_response()),
        }
    }
}

/// The query of the address; repeated keys become lists.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let wrong = || Failure(Error::invalid("query", "web-error-query")).into_response();
        let query = parts.uri.query().unwrap_or_default();
        // PostgreSQL takes no NUL.
        if query.contains("%00") {
            return Err(wrong());
        }
        serde_html_form::from_str(query).map(Self).map_err(|_| wrong())
    }
}
