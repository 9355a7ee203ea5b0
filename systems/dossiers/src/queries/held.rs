//! What is held of a person, in no dossier but their own.

use base::{Id, Result, local};
use chrono::{DateTime, Utc};
use store::{Connection, Row, Slice, Sql};

use crate::held::{Held, Origin};
use crate::paper::HandedIn;
use crate::slip::{Stage, numbered};

/// How many papers of one name are offered at most.
const OFFERED: usize = 5;

const RESULT: &str = "r.id, d.code, d.procedure_id, r.agency_id, r.numbered_on, r.valid_months, r.name, r.number_pattern, \
    r.number, r.stage, r.file_hash FROM dossiers_results r JOIN dossiers d ON d.id = r.dossier_id \
    WHERE r.applicant_id = $1 AND r.number IS NOT NULL AND r.stage IN ('issued', 'void')";

const FILE: &str = "p.id, d.code, d.procedure_id, d.receiving_id, p.added_at, p.component, p.file_hash, p.name, p.size, \
    p.mime, p.reused_from FROM dossiers_papers p JOIN dossiers d ON d.id = p.dossier_id \
    WHERE p.applicant_id = $1 AND p.replaced_at IS NULL AND d.received_at IS NOT NULL";

fn result(row: &Row) -> Result<Held> {
    let on = row.get(4)?;
    let (pattern, number): (String, i64) = (row.get(7)?, row.get(8)?);
    Ok(Held {
        id: Id::from_uuid(row.get(0)?),
        dossier: row.get(1)?,
        procedure: Id::from_uuid(row.get(2)?),
        agency: Id::from_uuid(row.get(3)?),
        on,
        valid_months: row.get::<Option<i64>>(5)?.map(u32::try_from).transpose()?,
        origin: Origin::Result {
            name: row.get(6)?,
            number: numbered(&pattern, number, on),
            revoked: row.get::<String>(9)? == Stage::Void.as_str(),
            hash: row.get(10)?,
        },
    })
}

fn file(row: &Row) -> Result<Held> {
    Ok(Held {
        id: Id::from_uuid(row.get(0)?),
        dossier: row.get(1)?,
        procedure: Id::from_uuid(row.get(2)?),
        agency: Id::from_uuid(row.get(3)?),
        on: local(row.get::<DateTime<Utc>>(4)?).date_naive(),
        valid_months: None,
        origin: Origin::File {
            file: HandedIn {
                component: row.get(5)?,
                hash: row.get(6)?,
                name: row.get(7)?,
                size: row.get(8)?,
                mime: row.get(9)?,
            },
            reused: row.get::<Option<uuid::Uuid>>(10)?.is_some(),
        },
    })
}

/// The results issued to a person, those void again among them, newest first.
pub(crate) async fn results_held(
    c: &impl Connection,
    person: Id,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Held>> {
    let older = if before.is_some() { "AND r.id < $2" } else { "" };
    let sql = Sql::composed(format!("SELECT {RESULT} {older} ORDER BY r.id DESC LIMIT {}", size + 1));
    page(c, sql, person, before, size, result).await
}

/// The files that a person handed in with dossiers that were received, newest first.
pub(crate) async fn files_held(
    c: &impl Connection,
    person: Id,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Held>> {
    let older = if before.is_some() { "AND p.id < $2" } else { "" };
    let sql = Sql::composed(format!("SELECT {FILE} {older} ORDER BY p.id DESC LIMIT {}", size + 1));
    page(c, sql, person, before, size, file).await
}

async fn page(
    c: &impl Connection,
    sql: Sql,
    person: Id,
    before: Option<Id>,
    size: usize,
    read: fn(&Row) -> Result<Held>,
) -> Result<Slice<Held>> {
    let mut sql = sql.bind(person.uuid());
    if let Some(before) = before {
        sql = sql.bind(before.uuid());
    }
    Ok(Slice::of(sql.all(c, |row| read(&row)).await?, size, |held| held.id))
}

/// What of a person goes by this name: the newest results, then the files that last came in for it together.
///
/// A file that was itself taken from here is left out: what it was taken from is offered, with the days of that.
pub(crate) async fn held_by_name(c: &impl Connection, person: Id, name: &str) -> Result<Vec<Held>> {
    let of_name = |sql: String| Sql::composed(sql).bind(person.uuid()).bind(name);
    let mut held = of_name(format!("SELECT {RESULT} AND r.reuse = $2 ORDER BY r.id DESC LIMIT {OFFERED}"))
        .all(c, |row| result(&row))
        .await?;
    let files =
        of_name(format!("SELECT {FILE} AND p.reuse = $2 AND p.reused_from IS NULL ORDER BY p.id DESC LIMIT {OFFERED}"))
            .all(c, |row| file(&row))
            .await?;
    let newest = files.first().map(|file| file.dossier.clone());
    held.extend(files.into_iter().filter(|file| Some(&file.dossier) == newest.as_ref()));
    Ok(held)
}

/// One paper of this name, if it is this person's; another's does not exist.
pub(crate) async fn held_by_id(c: &impl Connection, person: Id, name: &str, id: Id) -> Result<Option<Held>> {
    let one = |sql: String| Sql::composed(sql).bind(person.uuid()).bind(name).bind(id.uuid());
    let found = one(format!("SELECT {RESULT} AND r.reuse = $2 AND r.id = $3")).one(c, |row| result(&row)).await?;
    if found.is_some() {
        return Ok(found);
    }
    one(format!("SELECT {FILE} AND p.reuse = $2 AND p.reused_from IS NULL AND p.id = $3"))
        .one(c, |row| file(&row))
        .await
}
