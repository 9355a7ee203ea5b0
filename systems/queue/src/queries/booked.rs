//! Which hours are booked.

use std::collections::BTreeMap;

use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::{Connection, Sql};

use crate::booking::Booking;
use crate::tables::{BOOKING, booking};

/// Whoever asks: who knows the id may see it.
pub async fn booking_by_id(c: &impl Connection, id: Id) -> Result<Option<Booking>> {
    Sql::composed(format!("SELECT {BOOKING} FROM queue_bookings b WHERE b.id = $1"))
        .bind(id.uuid())
        .one(c, |row| booking(&row))
        .await
}

/// How many have booked each slot of a desk that begins within these moments; free ones are not named.
pub async fn taken(
    c: &impl Connection,
    agency: Id,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<BTreeMap<DateTime<Utc>, i64>> {
    let slots = Sql::new(
        "SELECT b.starts_at, count(*) FROM queue_bookings b WHERE b.agency_id = $1 AND b.cancelled_at IS NULL \
         AND b.starts_at >= $2 AND b.starts_at <= $3 GROUP BY b.starts_at",
    )
    .bind(agency.uuid())
    .bind(from)
    .bind(to)
    .all(c, |row| Ok((row.get(0)?, row.get(1)?)))
    .await?;
    Ok(slots.into_iter().collect())
}
