use base::{Id, Now, Result};
use store::{Sql, Tx};

use crate::entry::{Actor, Thing};

/// That somebody looked at a person's file. Written and committed before the page is sent.
///
/// Basis: Law on Personal Data Protection 91/2025/QH15; the person sees each of these rows.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    /// The person whose data it is.
    pub whose: Id,
    pub thing: Thing,
    /// A word of the system's own list: `processing`, `search`.
    pub reason: &'static str,
}

pub async fn record_read(tx: &Tx, now: Now, actor: &Actor, read: Read) -> Result<()> {
    Sql::new(
        "INSERT INTO journal_reads (id, at, whose, thing_kind, thing_id, account_id, person_id, position_held, \
         agency_id, acting_for, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(Id::new(now).uuid())
    .bind(now.utc())
    .bind(read.whose.uuid())
    .bind(read.thing.kind)
    .bind(read.thing.id.uuid())
    .bind(actor.account.map(Id::uuid))
    .bind(actor.person.map(Id::uuid))
    .bind(actor.position.map(Id::uuid))
    .bind(actor.agency.map(Id::uuid))
    .bind(actor.acting_for.map(Id::uuid))
    .bind(read.reason)
    .run(tx)
    .await?;
    Ok(())
}
