use std::collections::HashMap;

use base::{Id, Result};
use chrono::NaiveDate;
use store::{Connection, Sql};

use super::{id, maybe_id};

/// Which agency stood for which on a day: one that had ended by then is stood for by the one that took over the main part
/// of it. One that began later stands for itself, for nobody knows which part of it was whose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boundaries(HashMap<Id, Id>);

impl Boundaries {
    pub fn of(&self, agency: Id) -> Id {
        self.0.get(&agency).copied().unwrap_or(agency)
    }
}

pub async fn boundaries(connection: &impl Connection, on: NaiveDate) -> Result<Boundaries> {
    // Of those that had ended, the heir where it had begun by then.
    let heirs: HashMap<Id, Option<Id>> = Sql::new(
        "SELECT a.id, h.id FROM directory_agencies a LEFT JOIN directory_successions s \
         ON s.predecessor = a.id AND s.share = 'main' \
         LEFT JOIN directory_agencies h ON h.id = s.successor AND h.valid_from <= $1 WHERE a.valid_to < $1",
    )
    .bind(on)
    .all(connection, |row| Ok((id(&row, 0)?, maybe_id(&row, 1)?)))
    .await?
    .into_iter()
    .collect();
    let stands_for = |agency: &Id| {
        let line = std::iter::successors(Some(*agency), |agency| heirs.get(agency).copied().flatten());
        // The bound only ends the search if somebody wrote a circle into the data.
        line.take(heirs.len() + 1).last().map(|last| (*agency, last))
    };
    Ok(Boundaries(heirs.keys().filter_map(stands_for).collect()))
}
