use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use base::Result;
use files::FileKind;

use crate::sheet::Sheet;

/// As what a sheet is taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Csv,
    Xlsx,
}

/// Rows of a list at most, the newest first.
pub(super) const ROWS: usize = 50_000;

/// The sheet as a file; `name` has neither an ending nor marks.
pub(super) fn file(sheet: &Sheet, kind: Kind, name: &str) -> Result<Response> {
    let (bytes, mime, ending) = match kind {
        Kind::Csv => (sheet.csv()?, "text/csv; charset=utf-8", "csv"),
        Kind::Xlsx => (sheet.xlsx()?, FileKind::Xlsx.mime(), FileKind::Xlsx.extension()),
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(mime)),
        (CONTENT_DISPOSITION, HeaderValue::from_str(&format!("attachment; filename=\"{name}.{ending}\""))?),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
