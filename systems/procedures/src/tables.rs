//! Rows of published versions, as they are read.

use base::{Id, Result};
use store::{Row, search};

use crate::procedure::Version;

pub(crate) const SEARCH: search::Index = search::Index { table: "procedures_search" };

pub(crate) const VERSION: &str = "id, publication, published_at, process_id, package";

pub(crate) fn version(row: &Row) -> Result<Version> {
    let package = serde_json::from_str(&row.get::<String>(4)?)?;
    Ok(Version::new(Id::from_uuid(row.get(0)?), row.get(1)?, row.get(2)?, Id::from_uuid(row.get(3)?), package))
}
