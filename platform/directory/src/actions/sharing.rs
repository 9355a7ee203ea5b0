use std::pin::Pin;

use base::{Id, Now, Result};
use contracts::events::AgencySucceeded;
use journal::{Actor, Entry, Event, record};
use serde_json::json;
use store::{Sql, Tx};

use super::agencies::thing;

use crate::queries::Sharing;

impl Sharing {
    /// An agency takes part in the row from now on: it finds it in its lists. Whether that is new.
    pub async fn join(&self, tx: &Tx, agency: Id, thing: Id) -> Result<bool> {
        let Self { table, thing: column, rows, alias, copied } = self;
        let (mut columns, mut values) = (vec!["agency_id", column], vec!["$1", "$2"]);
        for (name, value) in *copied {
            columns.push(name);
            values.push(value);
        }
        let text = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {rows} {alias} WHERE {alias}.id = $2 ON CONFLICT DO NOTHING",
            columns.join(", "),
            values.join(", ")
        );
        Ok(Sql::composed(text).bind(agency.uuid()).bind(thing.uuid()).run(tx).await? > 0)
    }

    /// The row has changed: the lists go along what is kept of it ([`Self::copied`]).
    pub async fn follow_row(&self, tx: &Tx, thing: Id) -> Result<()> {
        let Self { table, thing: column, rows, alias, copied } = self;
        let (names, values): (Vec<&str>, Vec<&str>) = copied.iter().copied().unzip();
        let text = format!(
            "UPDATE {table} SET ({}) = (SELECT {} FROM {rows} {alias} WHERE {alias}.id = $1) WHERE {column} = $1",
            names.join(", "),
            values.join(", ")
        );
        Sql::composed(text).bind(thing.uuid()).run(tx).await?;
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
