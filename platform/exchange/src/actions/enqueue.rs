use base::{Error, Id, Now, Result};
use journal::Actor;
use store::{Sql, Tx};

use super::record;
use crate::delivery::{NewDelivery, State};

/// Puts a delivery on the ledger, in the transaction of the change that it tells of.
///
/// The same key again is the same delivery: its id is given and nothing else happens.
pub async fn enqueue(tx: &Tx, now: Now, actor: &Actor, new: NewDelivery) -> Result<Id> {
    let id = Id::new(now);
    let made = Sql::new(
        "INSERT INTO exchange_deliveries (id, connector, key, destination, payload, subject_kind, subject_id, agency_id, \
         state, tries, due_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $10) \
         ON CONFLICT (connector, key) DO NOTHING",
    )
    .bind(id.uuid())
    .bind(new.connector)
    .bind(new.key.as_str())
    .bind(new.destination)
    .bind(new.payload)
    .bind(new.subject.kind)
    .bind(new.subject.id.uuid())
    .bind(new.agency.map(Id::uuid))
    .bind(State::Queued.as_str())
    .bind(now.utc())
    .run(tx)
    .await?;
    if made == 0 {
        return Sql::new("SELECT id FROM exchange_deliveries WHERE connector = $1 AND key = $2")
            .bind(new.connector)
            .bind(new.key)
            .one(tx, |row| Ok(Id::from_uuid(row.get(0)?)))
            .await?
            .ok_or(Error::Busy);
    }
    record(tx, now, actor, "exchange.queued", id, new.connector, (new.subject.kind, new.subject.id)).await?;
    Ok(id)
}
