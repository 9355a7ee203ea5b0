//! Pictures on their way in: the bytes that were sent are kept and sealed, and a picture without anything but itself is what
//! people see.

use base::{Error, Id, Now, Result};
use bytes::Bytes;
use chrono::{NaiveDateTime, TimeDelta};
use files::{FileKind, Stored};
use geo::Place;
use photos::{Area, Photo, PhotoError};
use store::Sql;
use system::{App, Caller};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::limit;
use crate::rules::rules;

/// Longest side of a picture that is shown, in pixels.
const LONGEST: u32 = 1600;
/// A large picture takes two hundred megabytes while it is decoded.
static DECODING: Semaphore = Semaphore::const_new(2);

/// Why a picture was not taken.
#[derive(Debug)]
pub enum PhotoRefused {
    /// No picture of a format that is taken.
    Format,
    TooManyPixels,
    Damaged,
    Failed(Error),
}

impl From<Error> for PhotoRefused {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Counts a picture before it is taken in, so that strangers cannot fill the disk with what they never send.
///
/// # Errors
/// [`Error::TooMany`] for a stranger who has sent too many.
pub async fn count_photo(app: &App, now: Now, caller: &Caller, sender: Option<&str>) -> Result<()> {
    if *caller != Caller::Anonymous {
        return Ok(());
    }
    app.store.write(async |tx| limit::photo(tx, now, sender).await).await
}

/// Keeps a picture that has come in with the report or the answer `owner`; the same one again is the same picture.
pub async fn keep_photo(app: &App, now: Now, owner: Id, sent: &Stored) -> Result<(), PhotoRefused> {
    let bytes = app.files.read(&sent.hash).await.map_err(Error::from)?;
    let days = rules()?.limits.photo_place_days;
    let (noted, clean) = cleaned(bytes, |_| Vec::new()).await?;
    let place = noted.place.filter(|_| noted.taken_at.is_some_and(|at| is_recent(at, now, days)));
    let kept = app.files.keep(Bytes::from(clean), FileKind::Jpeg).await.map_err(Error::from)?;
    app.store
        .write(async |tx| {
            Sql::new(
                "INSERT INTO feedback_photos (id, owner_id, original_hash, clean_hash, lat, lon, shown, added_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, FALSE, $7) ON CONFLICT (owner_id, original_hash) DO NOTHING",
            )
            .bind(Id::new(now).uuid())
            .bind(owner.uuid())
            .bind(sent.hash.as_str())
            .bind(kept.hash)
            .bind(place.map(|place| i64::from(place.lat)))
            .bind(place.map(|place| i64::from(place.lon)))
            .bind(now.utc())
            .run(tx)
            .await?;
            Ok(())
        })
        .await?;
    Ok(())
}

/// What a camera noted beside the picture.
pub(super) struct Noted {
    place: Option<Place>,
    taken_at: Option<NaiveDateTime>,
}

/// Cameras name no time zone, so an hour that has not come yet is forgiven for a day.
fn is_recent(taken_at: NaiveDateTime, now: Now, days: i64) -> bool {
    let ago = now.local().naive_local() - taken_at;
    (-TimeDelta::days(1)..=TimeDelta::days(days)).contains(&ago)
}

/// Keeps a video that has come in with a report: sealed, one for each, the last one sent.
pub async fn keep_video(app: &App, now: Now, owner: Id, sent: &Stored) -> Result<()> {
    app.store
        .write(async |tx| {
            Sql::new(
                "INSERT INTO feedback_videos (id, owner_id, hash, mime, added_at) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (owner_id) DO UPDATE SET hash = excluded.hash, mime = excluded.mime",
            )
            .bind(Id::new(now).uuid())
            .bind(owner.uuid())
            .bind(sent.hash.as_str())
            .bind(sent.mime.as_str())
            .bind(now.utc())
            .run(tx)
            .await?;
            Ok(())
        })
        .await
}

/// The picture alone, made anew from what was sent; `hidden` says for its size what is filled.
pub(super) async fn cleaned(
    bytes: Bytes,
    hidden: impl FnOnce(&Photo) -> Vec<Area> + Send + 'static,
) -> Result<(Noted, Vec<u8>), PhotoRefused> {
    let _turn = DECODING.acquire().await.map_err(Error::from)?;
    let clean = spawn_blocking(move || {
        let mut photo = photos::read(&bytes)?;
        photo.hide(&hidden(&photo));
        Ok((Noted { place: photo.place, taken_at: photo.taken_at }, photo.clean(LONGEST)?))
    });
    clean.await.map_err(Error::from)?.map_err(|error| match error {
        PhotoError::Heic | PhotoError::UnknownFormat => PhotoRefused::Format,
        PhotoError::TooManyPixels => PhotoRefused::TooManyPixels,
        PhotoError::Damaged(_) => PhotoRefused::Damaged,
        error @ PhotoError::Unwritten(_) => PhotoRefused::Failed(error.into()),
    })
}
