//! Reading figures, and the dossiers behind each of them.

mod behind;
mod boundary;
mod lines;
mod reports;

use base::{Id, Result};
use store::{Conditions, Connection, Sql};

use crate::fact::Fact;
use crate::grain::{Grain, Key};
use crate::measure::Sums;
use crate::tables::{FACT, counts, fact, measures};

pub use behind::{Behind, behind};
pub use boundary::by_boundary;
pub use lines::{Group, Line, lines, procedures_used_online, whole};
pub use reports::{Reports, reports, reports_kept};

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

/// A [`Narrow`] as it is looked for: a scope of nearly everything as everything but what lies outside of it, for that has sums
/// and indexes of its own.
struct Seen {
    narrow: Narrow,
    outside: Vec<Id>,
}

/// Agencies outside of a scope of nearly everything at most. Beside the province's stand those of the state.
const FEW_OUTSIDE: usize = 16;

impl Seen {
    async fn of(c: &impl Connection, narrow: &Narrow) -> Result<Self> {
        let mut seen = Self { narrow: narrow.clone(), outside: Vec::new() };
        if let Some(scope) = narrow.scope {
            let outside = outside_of(c, scope, FEW_OUTSIDE + 1).await?;
            if outside.len() <= FEW_OUTSIDE {
                seen.narrow.scope = None;
                seen.outside = outside;
            }
        }
        Ok(seen)
    }

    /// Conditions as [`Narrow::conditions`] gives them, without what lies outside.
    fn conditions(&self, row: &str, values: &mut Conditions) -> String {
        let narrowed = self.narrow.conditions(row, values);
        if self.outside.is_empty() {
            return narrowed;
        }
        format!("{narrowed} AND {row}.agency_id NOT IN ({})", self.numbers(values))
    }

    /// What lies outside, bound to `values`.
    fn numbers(&self, values: &mut Conditions) -> String {
        let numbers: Vec<String> =
            self.outside.iter().map(|agency| format!("${}", values.bind(agency.uuid()))).collect();
        numbers.join(", ")
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

/// Agencies that do not belong to the scope of `of`, as many as `most`.
async fn outside_of(c: &impl Connection, of: Id, most: usize) -> Result<Vec<Id>> {
    Sql::composed(format!(
        "SELECT DISTINCT z.descendant FROM directory_scopes z WHERE NOT EXISTS (SELECT 1 FROM directory_scopes s \
         WHERE s.ancestor = $1 AND s.descendant = z.descendant) LIMIT {most}"
    ))
    .bind(of.uuid())
    .all(c, |row| Ok(Id::from_uuid(row.get(0)?)))
    .await
}

/// The agencies of a scope.
async fn scope_of(c: &impl Connection, of: Id) -> Result<Vec<Id>> {
    Sql::new("SELECT descendant FROM directory_scopes WHERE ancestor = $1")
        .bind(of.uuid())
        .all(c, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await
}
