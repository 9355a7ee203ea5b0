//! Reads of the ledger.

use std::collections::BTreeMap;

use base::{Error, Id, Result};
use store::{Connection, Row, Slice, Sql};

use crate::access::Sight;
use crate::delivery::{Attempt, Delivery, State};

pub(crate) const DELIVERY: &str = "d.id, d.connector, d.key, d.destination, d.payload, d.subject_kind, d.subject_id, \
     d.agency_id, d.state, d.tries, d.due_at, d.receipt, d.error, d.created_at, d.delivered_at";

pub(crate) fn delivery(row: Row) -> Result<Delivery> {
    Ok(Delivery {
        id: Id::from_uuid(row.get(0)?),
        connector: row.get(1)?,
        key: row.get(2)?,
        destination: row.get(3)?,
        payload: row.get(4)?,
        subject_kind: row.get(5)?,
        subject_id: Id::from_uuid(row.get(6)?),
        agency: row.get::<Option<uuid::Uuid>>(7)?.map(Id::from_uuid),
        state: row.get::<String>(8)?.parse().map_err(|_| Error::inside("a delivery in no known state"))?,
        tries: row.get(9)?,
        due_at: row.get(10)?,
        receipt: row.get(11)?,
        error: row.get(12)?,
        created_at: row.get(13)?,
        delivered_at: row.get(14)?,
    })
}

/// Deliveries in one state, newest first.
pub async fn in_state(
    connection: &impl Connection,
    state: State,
    sight: Sight,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Delivery>> {
    let older = if before.is_some() { "AND d.id < $4" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT {DELIVERY} FROM exchange_deliveries d WHERE d.state = $1 AND {} {older} ORDER BY d.id DESC LIMIT $3",
        sight.condition(2)
    ))
    .bind(state.as_str())
    .bind(sight.agency().map(Id::uuid))
    .bind(i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1));
    if let Some(before) = before {
        sql = sql.bind(before.uuid());
    }
    Ok(Slice::of(sql.all(connection, delivery).await?, size, |delivery| delivery.id))
}

/// How many are in each state that still asks for something. Delivered and cancelled ones are too many to count.
pub async fn unfinished(connection: &impl Connection, sight: Sight) -> Result<BTreeMap<State, i64>> {
    let counts = Sql::composed(format!(
        "SELECT d.state, COUNT(*) FROM exchange_deliveries d \
         WHERE d.state IN ('queued', 'sending', 'failed', 'given-up') AND {} GROUP BY d.state",
        sight.condition(1)
    ))
    .bind(sight.agency().map(Id::uuid))
    .all(connection, |row| Ok((row.get::<String>(0)?.parse()?, row.get(1)?)))
    .await?;
    Ok(counts.into_iter().collect())
}

pub async fn one(connection: &impl Connection, id: Id, sight: Sight) -> Result<Option<Delivery>> {
    Sql::composed(format!("SELECT {DELIVERY} FROM exchange_deliveries d WHERE d.id = $1 AND {}", sight.condition(2)))
        .bind(id.uuid())
        .bind(sight.agency().map(Id::uuid))
        .one(connection, delivery)
        .await
}

/// Everything that went out about one thing, oldest first. Whoever may see the thing may see this.
pub async fn about(connection: &impl Connection, subject: Id) -> Result<Vec<Delivery>> {
    Sql::composed(format!("SELECT {DELIVERY} FROM exchange_deliveries d WHERE d.subject_id = $1 ORDER BY d.id"))
        .bind(subject.uuid())
        .all(connection, delivery)
        .await
}

/// What was found out about a difference.
pub(crate) async fn closing(connection: &impl Connection, partner: &str, key: &str) -> Result<Option<String>> {
    Sql::new("SELECT note FROM exchange_closings WHERE partner = $1 AND key = $2")
        .bind(partner)
        .bind(key)
        .one(connection, |row| row.get(0))
        .await
}

/// The tries of a delivery, oldest first.
pub async fn attempts(connection: &impl Connection, delivery: Id) -> Result<Vec<Attempt>> {
    Sql::new(
        "SELECT id, started_at, ended_at, outcome, detail FROM exchange_attempts WHERE delivery_id = $1 ORDER BY id",
    )
    .bind(delivery.uuid())
    .all(connection, |row| {
        Ok(Attempt {
            id: Id::from_uuid(row.get(0)?),
            started_at: row.get(1)?,
            ended_at: row.get(2)?,
            ended: row.get::<Option<String>>(3)?.map(|ended| ended.parse()).transpose()?,
            detail: row.get(4)?,
        })
    })
    .await
}
