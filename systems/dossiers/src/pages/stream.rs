//! Kept files on their way to the reader.

use std::fmt::Write;

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use base::Result;
use system::App;

use crate::actions;
use crate::slip::PaperFile;

/// A page of our own may show the file in itself, which the policy of pages forbids; nothing in the file may run or load.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'");

/// What leads to a kept file.
pub(super) trait Source {
    /// The hash under which the file is kept.
    async fn hash(&self, app: &App) -> Result<String>;
}

/// The hash itself.
impl Source for String {
    async fn hash(&self, _: &App) -> Result<String> {
        Ok(self.clone())
    }
}

/// A paper is made here if it waits for somebody who opens it.
impl Source for PaperFile {
    async fn hash(&self, app: &App) -> Result<String> {
        actions::opened(app, self).await
    }
}

/// A kept file, piece by piece, shown by the browser where it can; `name` is offered when it is saved.
///
/// # Errors
/// [`base::Error::Inside`] when a row names a file that the storage does not have.
pub(super) async fn file(app: &App, source: &impl Source, mime: &str, name: &str) -> web::Answer {
    let hash = source.hash(app).await?;
    Ok(answer(app, &hash, mime, name).await?)
}

async fn answer(app: &App, hash: &str, mime: &str, name: &str) -> Result<Response> {
    let mime = HeaderValue::from_str(mime)?;
    let disposition = HeaderValue::from_str(&format!("inline; filename*=UTF-8''{}", encoded(name)))?;
    let pieces = app.files.stream(hash).await?;
    let headers = [
        (CONTENT_TYPE, mime),
        (CONTENT_DISPOSITION, disposition),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// A name as a header may hold it (RFC 8187, `value-chars`).
fn encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn names_keep_their_marks_and_cannot_end_a_header() {
        assert_eq!(encoded("Giấy.pdf"), "Gi%E1%BA%A5y.pdf");
        assert_eq!(encoded("a\"b\r\nc/d.pdf"), "a%22b%0D%0Ac%2Fd.pdf");
    }
}
