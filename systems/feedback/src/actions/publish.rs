//! What everybody sees, and the counts that maps of low zooms are drawn from.

use base::{Id, Result};
use geo::Place;
use store::Sql;

use super::Change;
use crate::queries::ZOOMS;
use crate::report::Report;

/// Makes a report public, or takes it back; its place, once for itself and once for each that is joined into it, is counted in every cell along with it. Gives whether that changed
/// anything; the caller writes the row.
pub(super) async fn set_public(change: &Change<'_>, report: &mut Report, public: bool) -> Result<bool> {
    if report.public_at.is_some() == public {
        return Ok(false);
    }
    report.public_at = public.then(|| change.now.utc());
    if let Some(place) = report.place {
        count(change, place, if public { report.weight() } else { -report.weight() }).await?;
    }
    Ok(true)
}

/// So many reports more, or fewer, are joined into this one: on the map they lie where it lies.
pub(super) async fn set_joins(change: &Change<'_>, report: &mut Report, joins: i64) -> Result<()> {
    if let Some(place) = report.place.filter(|_| report.public_at.is_some()) {
        count(change, place, joins - report.joins).await?;
    }
    report.joins = joins;
    Ok(())
}

/// Takes back those joined into a report that were public: it is public for them.
pub(super) async fn hide_joined(change: &Change<'_>, lead: Id) -> Result<()> {
    for zoom in ZOOMS {
        Sql::composed(format!(
            "INSERT INTO feedback_cells (zoom, cell, count) \
             SELECT {zoom}, place_key >> {}, CAST(-sum(1 + joins) AS bigint) FROM feedback_reports \
             WHERE joined_id = $1 AND public_at IS NOT NULL AND place_key IS NOT NULL GROUP BY 2 \
             ON CONFLICT (zoom, cell) DO UPDATE SET count = feedback_cells.count + excluded.count",
            geo::levels_below(zoom)
        ))
        .bind(lead.uuid())
        .run(change.tx)
        .await?;
    }
    Sql::new("UPDATE feedback_reports SET public_at = NULL WHERE joined_id = $1 AND public_at IS NOT NULL")
        .bind(lead.uuid())
        .run(change.tx)
        .await?;
    Ok(())
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
