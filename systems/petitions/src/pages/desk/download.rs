use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base::Result;
use files::FileKind;

/// A file made for whoever asks; `name` has neither an ending nor marks.
pub(super) fn file(bytes: Vec<u8>, kind: FileKind, name: &str) -> Result<Response> {
    let disposition = format!("attachment; filename=\"{name}.{}\"", kind.extension());
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind.mime())),
        (CONTENT_DISPOSITION, HeaderValue::from_str(&disposition)?),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
