//! Faces, number plates and names on a picture are filled before anybody sees it. What was sent stays as it is, sealed.

use base::{Error, Id, Now, Result};
use bytes::Bytes;
use files::FileKind;
use journal::{Entry, record};
use photos::{Area, Photo as Picture};
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller};

use super::photo::{PhotoRefused, cleaned};
use super::thing;
use crate::queries::{self, PARTS};
use crate::report::Report;
use crate::tables::Photo;

/// Areas of one picture at most: who hides more does not show it at all.
const MOST: usize = 60;

/// What an officer drew on a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stroke {
    /// A square around a point; all in shares of the picture's width.
    Tap {
        x: f64,
        y: f64,
        side: f64,
    },
    Rectangle(Area),
}

impl Stroke {
    /// The part of a picture of this size; `None` for one that has no part in it.
    fn on(self, width: u32, height: u32) -> Option<Area> {
        let area = match self {
            Self::Rectangle(area) => area,
            Self::Tap { x, y, side } => {
                let upright = f64::from(width) / f64::from(height.max(1));
                let top = (y - side / 2.0) * upright;
                Area { left: x - side / 2.0, top, width: side, height: side * upright }
            }
        };
        let inside = |from: f64, length: f64| (from.clamp(0.0, 1.0), (from + length).clamp(0.0, 1.0));
        let ((left, right), (top, bottom)) = (inside(area.left, area.width), inside(area.top, area.height));
        let inside = Area { left, top, width: right - left, height: bottom - top };
        (inside.width > 0.0 && inside.height > 0.0).then_some(inside)
    }
}

/// Hides one more part of a picture: it is made anew from what was sent, and what was seen before is served no more.
///
/// # Errors
/// [`Error::Invalid`] at `area` for a stroke beside the picture or one too many; [`Error::Conflict`] when somebody else drew
/// at the same moment.
pub async fn hide(app: &App, now: Now, caller: &Caller, report: &Report, photo: &Photo, stroke: Stroke) -> Result<()> {
    let hidden = queries::hidden_areas(app.store.read(), photo.id).await?;
    if hidden.len() >= MOST {
        return Err(Error::invalid("area", "feedback-hide-too-many"));
    }
    let areas: Vec<Area> = hidden.iter().map(|(_, area)| *area).collect();
    let (size, clean) = made(app, photo, areas, Some(stroke)).await?;
    let area = stroke.on(size.0, size.1).ok_or_else(|| Error::invalid("area", "feedback-hide-nothing"))?;
    app.store
        .write(async |tx| {
            let parts = |share: f64| parts(share);
            Sql::new(
                "INSERT INTO feedback_hidden_areas (id, photo_id, from_left, from_top, width, height, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(Id::new(now).uuid())
            .bind(photo.id.uuid())
            .bind(parts(area.left))
            .bind(parts(area.top))
            .bind(parts(area.width))
            .bind(parts(area.height))
            .bind(now.utc())
            .run(tx)
            .await?;
            changed(tx, now, caller, report, photo, &clean, hidden.len() + 1).await
        })
        .await
}

/// Takes the last stroke back.
///
/// # Errors
/// [`Error::Conflict`] when nothing is hidden, or somebody else drew at the same moment.
pub async fn show_again(app: &App, now: Now, caller: &Caller, report: &Report, photo: &Photo) -> Result<()> {
    let mut hidden = queries::hidden_areas(app.store.read(), photo.id).await?;
    let (last, _) = hidden.pop().ok_or(Error::Conflict("feedback-moved-on"))?;
    let areas: Vec<Area> = hidden.iter().map(|(_, area)| *area).collect();
    let (_, clean) = made(app, photo, areas, None).await?;
    app.store
        .write(async |tx| {
            Sql::new("DELETE FROM feedback_hidden_areas WHERE id = $1").bind(last.uuid()).run(tx).await?;
            changed(tx, now, caller, report, photo, &clean, hidden.len()).await
        })
        .await
}

/// Makes the picture anew with these areas hidden and one more; gives its size as it was sent, and what it is kept under.
async fn made(app: &App, photo: &Photo, areas: Vec<Area>, one_more: Option<Stroke>) -> Result<((u32, u32), String)> {
    let bytes = app.files.read(&photo.original).await.map_err(Error::from)?;
    let (told, size) = tokio::sync::oneshot::channel();
    let hidden = move |picture: &Picture| {
        let drawn = one_more.and_then(|stroke| stroke.on(picture.width, picture.height));
        // Nobody waits for the size when the request was given up.
        let _ = told.send((picture.width, picture.height));
        areas.into_iter().chain(drawn).collect()
    };
    let (_, clean) = cleaned(bytes, hidden).await.map_err(|refused| match refused {
        PhotoRefused::Failed(error) => error,
        other => Error::inside(format!("a picture that was taken cannot be read again: {other:?}")),
    })?;
    let kept = app.files.keep(Bytes::from(clean), FileKind::Jpeg).await.map_err(Error::from)?;
    Ok((size.await.map_err(Error::from)?, kept.hash))
}

async fn changed(
    tx: &Tx,
    now: Now,
    caller: &Caller,
    report: &Report,
    photo: &Photo,
    clean: &str,
    areas: usize,
) -> Result<()> {
    let moved = Sql::new("UPDATE feedback_photos SET clean_hash = $2 WHERE id = $1 AND clean_hash = $3")
        .bind(photo.id.uuid())
        .bind(clean)
        .bind(photo.clean.as_str())
        .run(tx)
        .await?;
    if moved != 1 {
        return Err(Error::Conflict("feedback-moved-on"));
    }
    let data = json!({ "code": report.code, "photo": photo.id, "hidden": areas });
    record(tx, now, &caller.actor(), Entry::new("feedback.picture-changed", thing(report.id), &data)?).await?;
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "a share of at most one, in ten thousandths")]
fn parts(share: f64) -> i64 {
    (share * PARTS).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_is_a_square_whatever_the_shape_of_the_picture() {
        let area = Stroke::Tap { x: 0.5, y: 0.25, side: 0.1 }.on(800, 400).unwrap();
        let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        assert!(near(area.left, 0.45) && near(area.width, 0.1), "{area:?}");
        assert!(near(area.top, 0.4) && near(area.height, 0.2), "{area:?}");
    }

    #[test]
    fn what_lies_beside_the_picture_hides_nothing() {
        let area = Area { left: -0.5, top: 0.9, width: 0.6, height: 4.0 };
        let inside = Stroke::Rectangle(area).on(10, 10).unwrap();
        assert!((inside.width - 0.1).abs() < 1e-9 && (inside.height - 0.1).abs() < 1e-9, "{inside:?}");
        for beside in [Area { left: 1.2, ..area }, Area { width: f64::NAN, ..area }, Area { height: 0.0, ..area }] {
            assert_eq!(Stroke::Rectangle(beside).on(10, 10), None, "{beside:?}");
        }
    }
}
