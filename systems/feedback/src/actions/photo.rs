//! Pictures on their way in: the bytes that were sent are kept and sealed, and a picture without anything but itself is what
//! people see.

use base::{Error, Id, Now, Result};
use bytes::Bytes;
use files::{FileKind, Stored};
use geo::Place;
use photos::{Area, Photo, PhotoError};
use store::Sql;
use system::{App, Caller};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::limit;

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
    let (place, clean) = cleaned(bytes, |_| Vec::new()).await?;
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

/// The picture alone, made anew from what was sent; `hidden` says for its size what is filled.
pub(super) async fn cleaned(
    bytes: Bytes,
    hidden: impl FnOnce(&Photo) -> Vec<Area> + Send + 'static,
) -> Result<(Option<Place>, Vec<u8>), PhotoRefused> {
    let _turn = DECODING.acquire().await.map_err(Error::from)?;
    let clean = spawn_blocking(move || {
        let mut photo = photos::read(&bytes)?;
        photo.hide(&hidden(&photo));
        Ok((photo.place, photo.clean(LONGEST)?))
    });
    clean.await.map_err(Error::from)?.map_err(|error| match error {
        PhotoError::Heic | PhotoError::UnknownFormat => PhotoRefused::Format,
        PhotoError::TooManyPixels => PhotoRefused::TooManyPixels,
        PhotoError::Damaged(_) => PhotoRefused::Damaged,
        error @ PhotoError::Unwritten(_) => PhotoRefused::Failed(error.into()),
    })
}
