use base::{Error, Id, Result};
use store::{Connection, Slice, Sql};
use system::Officer;

use crate::meeting::Meeting;
use crate::tables::{IMPORT, Import, MEETING, import as read_import, meeting as read};

pub async fn meeting(c: &impl Connection, id: Id) -> Result<Option<Meeting>> {
    Sql::composed(format!("SELECT {MEETING} FROM petitions_meetings WHERE id = $1"))
        .bind(id.uuid())
        .one(c, |row| read(&row))
        .await
}

/// Meetings, the last entered first.
pub async fn meetings(c: &impl Connection, before: Option<Id>, size: usize) -> Result<Slice<Meeting>> {
    let older = if before.is_some() { "WHERE id < $1" } else { "" };
    let mut sql =
        Sql::composed(format!("SELECT {MEETING} FROM petitions_meetings {older} ORDER BY id DESC LIMIT {}", size + 1));
    if let Some(before) = before {
        sql = sql.bind(before.uuid());
    }
    Ok(Slice::of(sql.all(c, |row| read(&row)).await?, size, |meeting| meeting.id))
}

/// An uploaded table, for an officer of the agency that uploaded it.
pub async fn import(c: &impl Connection, officer: &Officer, id: Id) -> Result<Import> {
    Sql::composed(format!("SELECT {IMPORT} FROM petitions_imports WHERE id = $1 AND agency_id = $2"))
        .bind(id.uuid())
        .bind(officer.agency.uuid())
        .one(c, |row| read_import(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// Whether a file of the same content was confirmed before.
pub async fn is_imported(c: &impl Connection, hash: &str) -> Result<bool> {
    let found = Sql::new("SELECT 1 FROM petitions_imports WHERE file_hash = $1 AND confirmed_at IS NOT NULL LIMIT 1")
        .bind(hash)
        .one(c, |_| Ok(()))
        .await?;
    Ok(found.is_some())
}
