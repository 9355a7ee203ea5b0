//! Reading figures, and the dossiers behind each of them.

mod behind;
mod lines;

use base::{Id, Result};
use directory::queries::within_sql;
use store::{Conditions, Connection, Sql};

use crate::fact::Fact;
use crate::measure::{Cell, Sums};
use crate::tables::{FACT, counts, fact, measures};

pub use behind::{Behind, behind};
pub use lines::{Group, Line, lines, procedures_used_online, whole};

/// Of which dossiers figures are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Those that an officer of this agency sees; `None` for figures that are public.
    pub scope: Option<Id>,
    pub agency: Option<Id>,
    pub field: Option<String>,
    pub procedure: Option<String>,
}

impl Narrow {
    /// Conditions on the rows called `row`, of cells or of facts: their columns bear the same names.
    ///
    /// With `row_by_row` the scope is asked for each row that comes along, otherwise rows are found by its agencies: both
    /// say the same.
    fn narrow(&self, row: &str, conditions: &mut Conditions, row_by_row: bool) {
        if let Some(agency) = self.scope {
            let number = conditions.bind(agency.uuid());
            if row_by_row {
                conditions.and_known(&within_sql(&format!("{row}.agency_id"), number));
            } else {
                conditions.and_known(&format!(
                    "{row}.agency_id IN (SELECT z.descendant FROM directory_scopes z WHERE z.ancestor = ${number})"
                ));
            }
        }
        if let Some(agency) = self.agency {
            conditions.and(|n| format!("{row}.agency_id = ${n}"), agency.uuid());
        }
        if let Some(field) = &self.field {
            conditions.and(|n| format!("{row}.field = ${n}"), field.as_str());
        }
        if let Some(procedure) = &self.procedure {
            conditions.and(|n| format!("{row}.procedure_code = ${n}"), procedure.as_str());
        }
    }
}

/// Facts in the order of their dossiers.
pub async fn facts(c: &impl Connection, after: Option<Id>, size: usize) -> Result<Vec<Fact>> {
    Sql::composed(format!("SELECT {FACT} FROM performance_facts WHERE id > $1 ORDER BY id LIMIT {size}"))
        .bind(after.map_or(uuid::Uuid::nil(), Id::uuid))
        .all(c, |row| fact(&row))
        .await
}

/// Every cell.
pub async fn cells(c: &impl Connection) -> Result<Sums> {
    let columns = measures(str::to_owned);
    let sql = format!("SELECT month, agency_id, procedure_code, channel, field, {columns} FROM performance_cells");
    let cells = Sql::composed(sql).all(c, |row| {
        let cell = Cell {
            month: row.get(0)?,
            agency: Id::from_uuid(row.get(1)?),
            procedure: row.get(2)?,
            channel: row.get(3)?,
            field: row.get(4)?,
        };
        Ok((cell, counts(&row, 5)?))
    });
    Ok(cells.await?.into_iter().collect())
}
