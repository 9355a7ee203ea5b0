//! Pictures on their way in and out.

use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use base::{Error, Id, Result};
use files::{FileKind, Rejected};
use system::App;
use web::{Errors, Upload, UploadPart, Visitor};

use crate::actions::{self, PhotoRefused};
use crate::queries;
use crate::rules::rules;

/// What one page may send at once, in bytes: four pictures of the largest size, and a video many times too large, which is
/// read and thrown away so that it can be told what to do instead.
const LARGEST: usize = 500 * 1024 * 1024;
const MEGABYTE: u64 = 1_000_000;
/// Names of the fields.
pub(super) const FIELD: &str = "photos";
pub(super) const VIDEO: &str = "video";

/// The limit of pages with pictures; the house's own is for forms without.
pub(super) fn room() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGEST)
}

/// What a page with pictures sent.
pub(super) struct Received {
    posted: Vec<(String, String)>,
    pub(super) errors: Errors,
}

impl Received {
    pub(super) fn value(&self, name: &str) -> &str {
        self.posted.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }
}

/// Takes everything in; each picture is kept at once with what it belongs to, which `owner` reads from the fields that
/// stand before the pictures.
///
/// # Errors
/// [`Error::Invalid`] when a picture comes before its owner is known.
pub(super) async fn receive(
    app: &App,
    visitor: &Visitor,
    mut upload: Upload,
    owner: impl Fn(&Received) -> Option<Id>,
) -> Result<Received> {
    let mut received = Received { posted: Vec::new(), errors: Errors::default() };
    while let Some(part) = upload.next().await? {
        let (name, pieces) = match part {
            UploadPart::Value(name, value) => {
                received.posted.push((name, value));
                continue;
            }
            UploadPart::File(field, name, pieces) if field == FIELD => (name, pieces),
            UploadPart::File(field, _, pieces) if field == VIDEO => {
                let owner = owner(&received).ok_or_else(|| Error::invalid("form", "web-error-form"))?;
                actions::count_photo(app, visitor.now, &visitor.caller, visitor.subscriber().as_deref()).await?;
                let most = rules()?.limits.video_megabytes;
                let key = match app.files.receive_video(pieces, most * MEGABYTE).await {
                    Ok(stored) => {
                        actions::keep_video(app, visitor.now, owner, &stored).await?;
                        continue;
                    }
                    Err(Rejected::TooLarge(_)) => "feedback-video-too-large",
                    Err(Rejected::UnknownType | Rejected::Empty) => "feedback-video-format",
                    Err(error @ (Rejected::BrokenOff | Rejected::Storage(_))) => return Err(error.into()),
                };
                received.errors.add(VIDEO, visitor.text_with(key, &[("most", most.to_string())]));
                continue;
            }
            UploadPart::File(..) => continue,
        };
        let owner = owner(&received).ok_or_else(|| Error::invalid("form", "web-error-form"))?;
        let most = rules()?.limits.photos;
        if queries::photos(app.store.read(), owner).await?.len() >= most {
            let told = visitor.text_with("feedback-photos-too-many", &[("most", most.to_string())]);
            received.errors.add(FIELD, told);
            break;
        }
        actions::count_photo(app, visitor.now, &visitor.caller, visitor.subscriber().as_deref()).await?;
        let key = match app.files.receive(pieces).await {
            Ok(stored) => match actions::keep_photo(app, visitor.now, owner, &stored).await {
                Ok(()) => continue,
                Err(PhotoRefused::Format) => "feedback-photo-format",
                Err(PhotoRefused::TooManyPixels) => "feedback-photo-too-large",
                Err(PhotoRefused::Damaged) => "feedback-photo-damaged",
                Err(PhotoRefused::Failed(error)) => return Err(error),
            },
            Err(Rejected::TooLarge(_)) => "feedback-photo-too-large",
            Err(Rejected::UnknownType | Rejected::Empty) => "feedback-photo-format",
            Err(error @ (Rejected::BrokenOff | Rejected::Storage(_))) => return Err(error.into()),
        };
        received.errors.add(FIELD, visitor.text_with(key, &[("name", name)]));
    }
    Ok(received)
}

/// A cleaned picture.
pub(super) async fn picture(app: &App, hash: &str) -> web::Answer {
    let bytes = app.files.read(hash).await.map_err(Error::from)?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(FileKind::Jpeg.mime())),
        // The desk may hide it at any time.
        (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    Ok((headers, bytes).into_response())
}
