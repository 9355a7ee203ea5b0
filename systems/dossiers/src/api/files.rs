//! Files, before they stand for anything.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use base::Error;
use chrono::Days;
use files::Rejected;
use serde::{Deserialize, Serialize};
use system::App;
use utoipa::ToSchema;
use web::api::Once;
use web::{Answer, Query, Visitor};

use super::refusals;
use crate::paper::Upload;
use crate::{actions, queries};

/// Files of one account within a day; a household's dossiers need a tenth of it.
const A_DAY: i64 = 500;
const LONGEST_NAME: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    name: String,
}

/// A file that is kept.
#[derive(Serialize, ToSchema)]
pub(super) struct FileDetail {
    /// SHA-256: by this it is handed in.
    hash: String,
    /// Bytes.
    size: i64,
    /// Read from the bytes.
    mime: String,
    name: String,
}

/// Takes a file: PDF, JPEG, PNG, Word or Excel, at most 25 MB. The same file again is the same file.
#[utoipa::path(
    post,
    path = "/api/v1/files",
    operation_id = "send_file",
    tag = "files",
    security(("token" = [])),
    params(
        ("name" = String, Query, description = "Its name on the device", min_length = 1, max_length = 200, pattern = "^[^\\u0000]*\\S[^\\u0000]*$"),
        ("Idempotency-Key" = String, Header, description = "Chosen by the caller", pattern = "^[!-~]{8,200}$"),
    ),
    request_body(content_type = "application/octet-stream", description = "The bytes of the file"),
    responses(
        (status = 200, description = "It is kept, and this account may hand it in", body = FileDetail),
        refusals::Receiving
    )
)]
pub(super) async fn receive(
    State(app): State<App>,
    visitor: Visitor,
    Query(named): Query<Named>,
    _: Once,
    body: Body,
) -> Answer<Json<FileDetail>> {
    let account = visitor.caller.citizen()?.account;
    if named.name.trim().is_empty() || named.name.chars().count() > LONGEST_NAME {
        return Err(Error::invalid("name", "dossiers-file-name-wrong").into());
    }
    let yesterday = visitor.now.utc() - Days::new(1);
    if queries::uploads_since(app.store.read(), account, yesterday).await? >= A_DAY {
        return Err(Error::TooMany.into());
    }
    let stored = app.files.receive(body.into_data_stream()).await.map_err(refused)?;
    let size = i64::try_from(stored.size).map_err(Error::from)?;
    let upload = Upload { hash: stored.hash, name: base::nfc(&named.name), size, mime: stored.mime };
    actions::keep_upload(&app, visitor.now, account, &upload).await?;
    let Upload { hash, name, size, mime } = upload;
    Ok(Json(FileDetail { hash, size, mime, name }))
}

fn refused(rejected: Rejected) -> Error {
    match rejected {
        Rejected::TooLarge(_) => Error::TooLarge,
        Rejected::UnknownType => Error::invalid("body", "dossiers-upload-unknown-type"),
        Rejected::Empty => Error::invalid("body", "dossiers-upload-empty"),
        Rejected::BrokenOff => Error::invalid("body", "dossiers-upload-broken-off"),
        Rejected::Storage(error) => {
            tracing::error!(%error, "A file that was sent in could not be kept");
            Error::Busy
        }
    }
}
