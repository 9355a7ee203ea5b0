//! Reading figures, and the dossiers behind each of them.

mod behind;
mod lines;

use base::{Id, Result};
use store::{Conditions, Connection, Sql};

use crate::fact::Fact;
use crate::grain::{Grain, Key};
use crate::measure::Sums;
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
    /// The same without a scope that leaves nothing out: what is asked of the whole province has sums and indexes of its own.
    async fn seen(&self, c: &impl Connection) -> Result<Self> {
        let all = match self.scope {
            Some(agency) => sees_all(c, agency).await?,
            None => true,
        };
        Ok(Self { scope: self.scope.filter(|_| !all), ..self.clone() })
    }

    /// What sums have to tell apart to be narrowed to this.
    fn keys(&self) -> Vec<Key> {
        let asked = [
            (self.scope.is_some() || self.agency.is_some(), Key::Agency),
            (self.field.is_some(), Key::Field),
            (self.procedure.is_some(), Key::Procedure),
        ];
        asked.into_iter().filter_map(|(asked, key)| asked.then_some(key)).collect()
    }

    /// Conditions on the rows called `row`, of sums or of facts: their columns bear the same names. Each begins with AND; what
    /// they are compared with is bound to `values`.
    fn conditions(&self, row: &str, values: &mut Conditions) -> String {
        // The first is empty: what is joined begins with AND.
        let mut conditions = vec![String::new()];
        if let Some(agency) = self.scope {
            let number = values.bind(agency.uuid());
            conditions.push(format!(
                "{row}.agency_id IN (SELECT z.descendant FROM directory_scopes z WHERE z.ancestor = ${number})"
            ));
        }
        if let Some(agency) = self.agency {
            conditions.push(format!("{row}.agency_id = ${}", values.bind(agency.uuid())));
        }
        if let Some(field) = &self.field {
            conditions.push(format!("{row}.field = ${}", values.bind(field.as_str())));
        }
        if let Some(procedure) = &self.procedure {
            conditions.push(format!("{row}.procedure_code = ${}", values.bind(procedure.as_str())));
        }
        conditions.join(" AND ")
    }
}

/// Facts in the order of their dossiers.
pub async fn facts(c: &impl Connection, after: Option<Id>, size: usize) -> Result<Vec<Fact>> {
    Sql::composed(format!("SELECT {FACT} FROM performance_facts WHERE id > $1 ORDER BY id LIMIT {size}"))
        .bind(after.map_or(uuid::Uuid::nil(), Id::uuid))
        .all(c, |row| fact(&row))
        .await
}

/// Every sum of a grain.
pub async fn sums(c: &impl Connection, grain: Grain) -> Result<Sums> {
    let keys = grain.columns();
    let sql = format!("SELECT {}, {} FROM {}", keys.join(", "), measures(str::to_owned), grain.table());
    let sums = Sql::composed(sql).all(c, |row| Ok((grain.cell(&row)?, counts(&row, keys.len())?)));
    Ok(sums.await?.into_iter().collect())
}

/// Whether no agency lies outside of the scope of `of`.
async fn sees_all(c: &impl Connection, of: Id) -> Result<bool> {
    let outside = Sql::new(
        "SELECT 1 FROM directory_scopes z WHERE NOT EXISTS (SELECT 1 FROM directory_scopes s \
         WHERE s.ancestor = $1 AND s.descendant = z.descendant) LIMIT 1",
    );
    Ok(outside.bind(of.uuid()).one(c, |_| Ok(())).await?.is_none())
}

/// The agencies of a scope.
async fn scope_of(c: &impl Connection, of: Id) -> Result<Vec<Id>> {
    Sql::new("SELECT descendant FROM directory_scopes WHERE ancestor = $1")
        .bind(of.uuid())
        .all(c, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await
}
