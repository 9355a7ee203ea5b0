use std::collections::BTreeSet;

use base::{Error, Id, Now, Result};
use chrono::{DateTime, TimeDelta, Utc};
use store::{Sql, Store, Tx};

use crate::entry::Actor;

/// An entry as a listener sees it: sealed, in its place.
#[derive(Clone, Debug)]
pub struct Event {
    pub position: i64,
    pub at: DateTime<Utc>,
    pub verb: String,
    pub thing_kind: String,
    pub thing_id: Id,
    pub actor: Actor,
    pub data: serde_json::Value,
}

/// A reaction of one system to another's events.
///
/// It gets each event at least once and in order per thing; `react` writes in the transaction that also
/// remembers the event as done, so what it writes into the database happens once.
pub trait Listener: Send + Sync {
    /// System and reaction: `tasks.open-after-conclusion`. It names the cursor: never rename it.
    fn name(&self) -> &'static str;
    /// The verbs it waits for.
    fn verbs(&self) -> &[&'static str];
    fn react<'a>(
        &'a self,
        tx: &'a Tx,
        event: &'a Event,
        now: Now,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
}

/// What one round of [`deliver`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    pub done: usize,
    pub held: usize,
}

/// An event that a listener failed on eight times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    pub listener: String,
    pub position: i64,
    pub parked_at: DateTime<Utc>,
    pub error: String,
}

const BATCH: usize = 200;
/// So many events are reacted to in one transaction: on SQLite all other writers wait meanwhile.
const AT_ONCE: usize = 20;
/// So many entries that a listener does not wait for are passed over at every round; then its cursor is put behind them.
const FAR: i64 = 500;
const TRIES: i64 = 8;

/// Takes one listener forward; call it again until it has done nothing.
pub async fn deliver(store: &Store, listener: &dyn Listener, now: Now) -> Result<Delivered> {
    let mut round = Delivered::default();
    for (position, tries) in due(store, listener.name(), now).await? {
        match again(store, listener, position, now).await {
            Ok(()) => round.done += 1,
            Err(error) => {
                hold_again(store, listener.name(), position, tries + 1, &error, now).await?;
                round.held += 1;
            }
        }
    }
    let cursor: i64 = Sql::new("SELECT position FROM journal_cursors WHERE listener = $1")
        .bind(listener.name())
        .one(store.read(), |row| row.get(0))
        .await?
        .unwrap_or(0);
    let sealed: i64 = Sql::new("SELECT max(position) FROM journal_entries")
        .one(store.read(), |row| row.get::<Option<i64>>(0))
        .await?
        .flatten()
        .unwrap_or(0);
    let waiting = after(store, listener.verbs(), cursor).await?;
    if waiting.is_empty() && sealed - cursor > FAR {
        store.write(async |tx| advance(tx, listener.name(), sealed).await).await?;
    }
    let mut held: BTreeSet<Id> =
        Sql::new("SELECT DISTINCT thing_id FROM journal_held WHERE listener = $1 AND parked_at IS NULL")
            .bind(listener.name())
            .all(store.read(), |row| Ok(Id::from_uuid(row.get(0)?)))
            .await?
            .into_iter()
            .collect();
    let mut waiting = waiting.as_slice();
    while held.is_empty() && !waiting.is_empty() {
        let (some, rest) = waiting.split_at(AT_ONCE.min(waiting.len()));
        match together(store, listener, some, now).await {
            Ok(()) => round.done += some.len(),
            Err(Error::Busy) => return Ok(round),
            // Nothing of them is done: one after the other shows which fails.
            Err(_) => break,
        }
        waiting = rest;
    }
    for event in waiting {
        let outcome = if held.contains(&event.thing_id) {
            Err(Error::inside("waits for an earlier event of the same thing"))
        } else {
            store
                .write(async |tx| {
                    listener.react(tx, event, now).await?;
                    advance(tx, listener.name(), event.position).await
                })
                .await
        };
        match outcome {
            Ok(()) => round.done += 1,
            Err(Error::Busy) => return Ok(round),
            Err(error) => {
                hold(store, listener.name(), event, &error, now).await?;
                held.insert(event.thing_id);
                round.held += 1;
            }
        }
    }
    Ok(round)
}

/// Reacts to several events, all or none, for the price of one commit.
async fn together(store: &Store, listener: &dyn Listener, events: &[Event], now: Now) -> Result<()> {
    let Some(last) = events.last() else { return Ok(()) };
    store
        .write(async |tx| {
            for event in events {
                listener.react(tx, event, now).await?;
            }
            advance(tx, listener.name(), last.position).await
        })
        .await
}

const EVENT: &str =
    "position, at, verb, thing_kind, thing_id, data, account_id, person_id, position_held, agency_id, acting_for";

fn event(row: store::Row) -> Result<Event> {
    let id = |column| -> Result<Option<Id>> { Ok(row.get::<Option<uuid::Uuid>>(column)?.map(Id::from_uuid)) };
    Ok(Event {
        position: row.get(0)?,
        at: row.get(1)?,
        verb: row.get(2)?,
        thing_kind: row.get(3)?,
        thing_id: Id::from_uuid(row.get(4)?),
        data: serde_json::from_str(&row.get::<String>(5)?)?,
        actor: Actor { account: id(6)?, person: id(7)?, position: id(8)?, agency: id(9)?, acting_for: id(10)? },
    })
}

async fn after(store: &Store, verbs: &[&'static str], cursor: i64) -> Result<Vec<Event>> {
    let mut sql = Sql::composed(format!(
        "SELECT {EVENT} FROM journal_entries WHERE position > $1 AND verb IN ({}) ORDER BY position LIMIT {BATCH}",
        store::marks(2, verbs.len())
    ))
    .bind(cursor);
    for verb in verbs {
        sql = sql.bind(*verb);
    }
    sql.all(store.read(), event).await
}

async fn due(store: &Store, listener: &str, now: Now) -> Result<Vec<(i64, i64)>> {
    // Of each thing only the earliest held event: the order within a thing is kept.
    Sql::new(
        "SELECT position, tries FROM journal_held h WHERE listener = $1 AND parked_at IS NULL AND next_try_at <= $2 \
         AND NOT EXISTS (SELECT 1 FROM journal_held e WHERE e.listener = h.listener AND e.thing_id = h.thing_id \
         AND e.position < h.position AND e.parked_at IS NULL) ORDER BY position",
    )
    .bind(listener)
    .bind(now.utc())
    .all(store.read(), |row| Ok((row.get(0)?, row.get(1)?)))
    .await
}

async fn again(store: &Store, listener: &dyn Listener, position: i64, now: Now) -> Result<()> {
    let found = Sql::composed(format!("SELECT {EVENT} FROM journal_entries WHERE position = $1"))
        .bind(position)
        .one(store.read(), event)
        .await?
        .ok_or(Error::NotFound)?;
    store
        .write(async |tx| {
            listener.react(tx, &found, now).await?;
            Sql::new("DELETE FROM journal_held WHERE listener = $1 AND position = $2")
                .bind(listener.name())
                .bind(position)
                .run(tx)
                .await?;
            Ok(())
        })
        .await
}

async fn advance(tx: &Tx, listener: &str, position: i64) -> Result<()> {
    Sql::new(
        "INSERT INTO journal_cursors (listener, position) VALUES ($1, $2) \
         ON CONFLICT (listener) DO UPDATE SET position = excluded.position",
    )
    .bind(listener)
    .bind(position)
    .run(tx)
    .await?;
    Ok(())
}

async fn hold(store: &Store, listener: &str, event: &Event, error: &Error, now: Now) -> Result<()> {
    tracing::warn!(listener, position = event.position, %error, "Listener {listener} failed; it will try again");
    store
        .write(async |tx| {
            Sql::new(
                "INSERT INTO journal_held (listener, position, thing_id, tries, next_try_at, error) VALUES ($1, $2, $3, 1, $4, $5)",
            )
            .bind(listener)
            .bind(event.position)
            .bind(event.thing_id.uuid())
            .bind(now.utc() + wait(1))
            .bind(error.to_string())
            .run(tx)
            .await?;
            advance(tx, listener, event.position).await
        })
        .await
}

async fn hold_again(store: &Store, listener: &str, position: i64, tries: i64, error: &Error, now: Now) -> Result<()> {
    let parked = (tries >= TRIES).then(|| now.utc());
    if parked.is_some() {
        tracing::error!(listener, position, %error, "Listener {listener} gave up on entry {position}");
    }
    store
        .write(async |tx| {
            Sql::new(
                "UPDATE journal_held SET tries = $3, next_try_at = $4, parked_at = $5, error = $6 \
                 WHERE listener = $1 AND position = $2",
            )
            .bind(listener)
            .bind(position)
            .bind(tries)
            .bind(now.utc() + wait(tries))
            .bind(parked)
            .bind(error.to_string())
            .run(tx)
            .await?;
            Ok(())
        })
        .await
}

/// 2, 4, 8 … seconds, at most an hour.
fn wait(tries: i64) -> TimeDelta {
    TimeDelta::seconds(2_i64.saturating_pow(u32::try_from(tries).unwrap_or(u32::MAX)).min(3600))
}

/// Events that listeners gave up on, for the page of reconciliation.
pub async fn parked(store: &Store) -> Result<Vec<Parked>> {
    Sql::new(
        "SELECT listener, position, parked_at, error FROM journal_held WHERE parked_at IS NOT NULL ORDER BY position LIMIT 200",
    )
    .all(store.read(), |row| {
        Ok(Parked { listener: row.get(0)?, position: row.get(1)?, parked_at: row.get(2)?, error: row.get(3)? })
    })
    .await
}

/// Takes a parked event up again.
pub async fn retry(store: &Store, listener: &str, position: i64, now: Now) -> Result<()> {
    let touched = store
        .write(async |tx| {
            Sql::new(
                "UPDATE journal_held SET parked_at = NULL, tries = 0, next_try_at = $3 \
                 WHERE listener = $1 AND position = $2 AND parked_at IS NOT NULL",
            )
            .bind(listener)
            .bind(position)
            .bind(now.utc())
            .run(tx)
            .await
        })
        .await?;
    if touched == 0 { Err(Error::NotFound) } else { Ok(()) }
}
