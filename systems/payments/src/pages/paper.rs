use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use base::{Error, Id};
use files::FileKind;
use system::App;
use web::Answer;

use crate::queries;

/// The receipt of a charge that the reader may see.
pub(super) async fn receipt(app: &App, charge: Id) -> Answer {
    let receipt = queries::receipt_of(app.store.read(), charge).await?.ok_or(Error::NotFound)?;
    let hash = receipt.file.ok_or(Error::Conflict("payments-receipt-not-ready"))?;
    let paper = app.files.read(&hash).await.map_err(Error::from)?;
    let name = format!("attachment; filename=\"bien-lai-{:07}-{}.pdf\"", receipt.number, receipt.year);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(FileKind::Pdf.mime())),
        (CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::from)?),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, paper).into_response())
}
