//! What everybody sees, and the counts that maps of low zooms are drawn from.

use base::Result;
use geo::Place;
use store::Sql;

use super::Change;
use crate::queries::ZOOMS;
use crate::report::Report;

/// Makes a report public, or takes it back; its place is counted in every cell along with it. Gives whether that changed
/// anything; the caller writes the row.
pub(super) async fn set_public(change: &Change<'_>, report: &mut Report, public: bool) -> Result<bool> {
    if report.public_at.is_some() == public {
        return Ok(false);
    }
    report.public_at = public.then(|| change.now.utc());
    if let Some(place) = report.place {
        count(change, place, if public { 1 } else { -1 }).await?;
    }
    Ok(true)
}

/// In the order of the zooms, so that two at once wait for each other and never for ever.
async fn count(change: &Change<'_>, place: Place, difference: i64) -> Result<()> {
    for zoom in ZOOMS {
        Sql::new(
            "INSERT INTO feedback_cells (zoom, cell, count) VALUES ($1, $2, $3) \
             ON CONFLICT (zoom, cell) DO UPDATE SET count = feedback_cells.count + excluded.count",
        )
        .bind(i64::from(zoom))
        .bind(geo::cell(place.key(), zoom))
        .bind(difference)
        .run(change.tx)
        .await?;
    }
    Ok(())
}
