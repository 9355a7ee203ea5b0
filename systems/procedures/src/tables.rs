//! Rows of published versions, as they are read.

use base::{Error, Id, Result};
use store::{Row, search};

use crate::draft::{Draft, State};
use crate::procedure::Version;

pub(crate) const SEARCH: search::Index = search::Index { table: "procedures_search" };

pub(crate) const VERSION: &str = "id, publication, published_at, process_id, package";

pub(crate) fn version(row: &Row) -> Result<Version> {
    let package = serde_json::from_str(&row.get::<String>(4)?)?;
    Ok(Version::new(Id::from_uuid(row.get(0)?), row.get(1)?, row.get(2)?, Id::from_uuid(row.get(3)?), package))
}

pub(crate) const DRAFT: &str = "id, code, number, state, name, saved_by, saved_at, checked_by, version_id";

pub(crate) fn draft(row: &Row) -> Result<Draft> {
    let state: String = row.get(3)?;
    Ok(Draft {
        id: Id::from_uuid(row.get(0)?),
        code: row.get(1)?,
        number: row.get(2)?,
        state: State::parse(&state).ok_or_else(|| Error::inside(format!("a draft in state {state}")))?,
        name: row.get(4)?,
        saved_by: Id::from_uuid(row.get(5)?),
        saved_at: row.get(6)?,
        checked_by: row.get::<Option<_>>(7)?.map(Id::from_uuid),
        version: row.get::<Option<_>>(8)?.map(Id::from_uuid),
    })
}
