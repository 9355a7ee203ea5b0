use base::{Id, Result};
use store::{Connection, Row, Slice, Sql};

use crate::message::Kept;

const MESSAGE: &str = "id, person_id, text, parameters, link, at, read_at";

fn kept(row: Row) -> Result<Kept> {
    Ok(Kept {
        id: Id::from_uuid(row.get(0)?),
        person: Id::from_uuid(row.get(1)?),
        text: row.get(2)?,
        parameters: serde_json::from_str(&row.get::<String>(3)?)?,
        link: row.get(4)?,
        at: row.get(5)?,
        read_at: row.get(6)?,
    })
}

/// How many messages a person has not opened.
pub async fn unread(connection: &impl Connection, person: Id) -> Result<i64> {
    let count = Sql::new("SELECT COUNT(*) FROM notify_messages WHERE person_id = $1 AND read_at IS NULL")
        .bind(person.uuid())
        .one(connection, |row| row.get(0))
        .await?;
    Ok(count.unwrap_or(0))
}

/// A person's messages, newest first.
pub(crate) async fn messages(
    connection: &impl Connection,
    person: Id,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Kept>> {
    let older = if before.is_some() { "AND id < $3" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT {MESSAGE} FROM notify_messages WHERE person_id = $1 {older} ORDER BY id DESC LIMIT $2"
    ))
    .bind(person.uuid())
    .bind(i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1));
    if let Some(before) = before {
        sql = sql.bind(before.uuid());
    }
    Ok(Slice::of(sql.all(connection, kept).await?, size, |message| message.id))
}

pub(crate) async fn message(connection: &impl Connection, id: Id) -> Result<Option<Kept>> {
    Sql::composed(format!("SELECT {MESSAGE} FROM notify_messages WHERE id = $1"))
        .bind(id.uuid())
        .one(connection, kept)
        .await
}
