use std::pin::Pin;

use base::{Id, Now, Result};
use contracts::events::AgencySucceeded;
use journal::{Actor, Entry, Event, record};
use serde_json::json;
use store::orm::Value;
use store::{Sql, Tx};

use super::agencies::thing;

use crate::queries::Sharing;

impl Sharing {
    /// An agency takes part in the row from now on: it finds it in its lists.
    pub async fn join(&self, tx: &Tx, agency: Id, thing: Id) -> Result<()> {
        let Self { table, thing: column, rows, .. } = self;
        let text = if self.with_state {
            format!("INSERT INTO {table} (agency_id, {column}, state) SELECT $1, id, state FROM {rows} WHERE id = $2")
        } else {
            format!("INSERT INTO {table} (agency_id, {column}) VALUES ($1, $2)")
        };
        let sql = Sql::composed(text + " ON CONFLICT DO NOTHING").bind(agency.uuid()).bind(thing.uuid());
        sql.run(tx).await?;
        Ok(())
    }

    /// The row of a table [`Self::with_state`] is in another state from now on: the lists go along it.
    pub async fn set_state(&self, tx: &Tx, thing: Id, state: impl Into<Value>) -> Result<()> {
        let text = format!("UPDATE {} SET state = $2 WHERE {} = $1", self.table, self.thing);
        Sql::composed(text).bind(thing.uuid()).bind(state).run(tx).await?;
        Ok(())
    }

    /// What a system does when an agency has ended: the open rows that it answered for, or that came in there, are its heir's
    /// from now on; `verb` tells how many. Rows have `agency_id`, `receiving_id` and `closed_at`. Who shared in them before
    /// is left as it was: the heir finds that through its scope.
    pub fn follow<'a>(
        &'a self,
        verb: &'static str,
        tx: &'a Tx,
        event: &'a Event,
        now: Now,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
        Box::pin(async move {
            let AgencySucceeded { heir, .. } = serde_json::from_value(event.data.clone())?;
            let mut moved = 0;
            for column in ["agency_id", "receiving_id"] {
                let text = format!("UPDATE {} SET {column} = $2 WHERE {column} = $1 AND closed_at IS NULL", self.rows);
                moved += Sql::composed(text).bind(event.thing_id.uuid()).bind(heir.uuid()).run(tx).await?;
            }
            if moved > 0 {
                let data = json!({ "heir": heir, "rows": moved });
                record(tx, now, &Actor::PROGRAM, Entry::new(verb, thing(event.thing_id), &data)?).await?;
            }
            Ok(())
        })
    }
}
