use axum::response::{IntoResponse, Response};
use base::Error;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderValue};

use crate::errors::Failure;
use crate::extract::Path;

/// Styles, scripts and fonts out of the program itself.
pub(crate) async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ui::asset(&path) else { return Failure(Error::NotFound).into_response() };
    let gzip =
        headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"));
    let mut answer = match (asset.gzip, gzip) {
        (Some(bytes), true) => {
            let mut answer = bytes.into_response();
            answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            answer
        }
        _ => asset.bytes.into_response(),
    };
    let age = if asset.immutable { "public, max-age=31536000, immutable" } else { "public, max-age=86400" };
    let fixed = answer.headers_mut();
    fixed.insert(CONTENT_TYPE, HeaderValue::from_static(asset.mime));
    fixed.insert(CACHE_CONTROL, HeaderValue::from_static(age));
    fixed.insert(VARY, HeaderValue::from_static("accept-encoding"));
    answer
}
