use base::{Id, Result};
use store::{Sql, Tx};

use crate::queries::Sharing;

impl Sharing {
    /// An agency takes part in the row from now on: it finds it in its lists.
    pub async fn join(&self, tx: &Tx, agency: Id, thing: Id) -> Result<()> {
        let text =
            format!("INSERT INTO {} (agency_id, {}) VALUES ($1, $2) ON CONFLICT DO NOTHING", self.table, self.thing);
        Sql::composed(text).bind(agency.uuid()).bind(thing.uuid()).run(tx).await?;
        Ok(())
    }
}
