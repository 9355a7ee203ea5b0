use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::{Slice, Sql, Store};

use crate::entry::Actor;

/// One line of a thing's history, or one look at a person's file.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: Id,
    pub at: DateTime<Utc>,
    /// The verb of a change, or the reason of a look.
    pub verb: String,
    pub thing_kind: String,
    pub thing_id: Id,
    pub actor: Actor,
    pub data: serde_json::Value,
}

const ENTRY: &str =
    "id, at, verb, thing_kind, thing_id, account_id, person_id, position_held, agency_id, acting_for, data";
const READ: &str =
    "id, at, reason, thing_kind, thing_id, account_id, person_id, position_held, agency_id, acting_for, '{}'";

fn line(row: store::Row) -> Result<Line> {
    let id = |column| -> Result<Option<Id>> { Ok(row.get::<Option<uuid::Uuid>>(column)?.map(Id::from_uuid)) };
    Ok(Line {
        id: Id::from_uuid(row.get(0)?),
        at: row.get(1)?,
        verb: row.get(2)?,
        thing_kind: row.get(3)?,
        thing_id: Id::from_uuid(row.get(4)?),
        actor: Actor { account: id(5)?, person: id(6)?, position: id(7)?, agency: id(8)?, acting_for: id(9)? },
        data: serde_json::from_str(&row.get::<String>(10)?)?,
    })
}

/// Everything that happened to one thing, oldest first.
pub async fn history(store: &Store, thing: Id) -> Result<Vec<Line>> {
    Sql::composed(format!("SELECT {ENTRY} FROM journal_entries WHERE thing_id = $1 ORDER BY id"))
        .bind(thing.uuid())
        .all(store.read(), line)
        .await
}

/// Who looked at a person's files, newest first.
pub async fn reads_of_person(store: &Store, whose: Id, before: Option<Id>, size: usize) -> Result<Slice<Line>> {
    reads(store, "whose", whose, before, size).await
}

/// Who looked at one thing of a person's, newest first.
pub async fn reads_of_thing(store: &Store, thing: Id, before: Option<Id>, size: usize) -> Result<Slice<Line>> {
    reads(store, "thing_id", thing, before, size).await
}

async fn reads(store: &Store, column: &str, id: Id, before: Option<Id>, size: usize) -> Result<Slice<Line>> {
    let older = if before.is_some() { "AND id < $3" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT {READ} FROM journal_reads WHERE {column} = $1 {older} ORDER BY id DESC LIMIT $2"
    ))
    .bind(id.uuid())
    .bind(i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1));
    if let Some(before) = before {
        sql = sql.bind(before.uuid());
    }
    let rows = sql.all(store.read(), line).await?;
    Ok(Slice::of(rows, size, |line| line.id))
}
