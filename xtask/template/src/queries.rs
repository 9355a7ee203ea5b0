use base::{Id, Result};
use store::{Connection, Cursor, Row, Slice, Sql};
use system::Officer;

use crate::sample::Sample;

fn sample(row: Row) -> Result<Sample> {
    Ok(Sample {
        id: Id::from_uuid(row.get(0)?),
        title: row.get(1)?,
        agency: Id::from_uuid(row.get(2)?),
        filed_at: row.get(3)?,
    })
}

/// What the officer may see, newest first.
pub async fn visible_to(
    connection: &impl Connection,
    officer: &Officer,
    before: Option<Cursor>,
    size: usize,
) -> Result<Slice<Sample>> {
    let scope = directory::queries::within_sql("samples_samples.agency_id", 1);
    let older = if before.is_some() { "AND id < $3" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT id, title, agency_id, filed_at FROM samples_samples WHERE {scope} {older} ORDER BY id DESC LIMIT $2"
    ))
    .bind(officer.agency.uuid())
    .bind(i64::try_from(size)? + 1);
    if let Some(Cursor(before)) = before {
        sql = sql.bind(before.uuid());
    }
    Ok(Slice::of(sql.all(connection, sample).await?, size, |sample| sample.id.to_string()))
}
