//! Provinces with more in them than a demo has.

pub(crate) mod dossiers;
pub(crate) mod eve;
pub(crate) mod figures;
pub(crate) mod officers;
pub(crate) mod reports;

use anyhow::Result;
use store::{Connection as _, Sql, Store};

use crate::ground::Kind;
use crate::told;

/// What a database does by itself some minutes after it was given so much, and would do in the middle of a measurement.
async fn tidy(store: &Store, kind: Kind) -> Result<()> {
    match kind {
        Kind::Sqlite => {
            store.write(async |tx| Sql::new("PRAGMA optimize = 0x10002").run(tx).await).await.map_err(told)?;
        }
        Kind::Postgres => {
            for statement in ["VACUUM ANALYZE", "CHECKPOINT"] {
                store.read().execute_unprepared(statement).await?;
            }
        }
    }
    Ok(())
}
