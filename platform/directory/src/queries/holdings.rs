use std::collections::BTreeMap;

use base::{Id, Result};
use chrono::NaiveDate;
use store::{Connection, Row, Sql};

use super::agencies::{POSITION, read_position};
use super::{id, in_force, maybe_id};
use crate::holding::Holding;

/// Holdings in force on the day bound as `$2`: the position must be in force too, and who acts for another does so
/// only while that other holds the position.
fn holdings(condition: &str) -> Sql {
    Sql::composed(format!(
        "SELECT {POSITION}, h.id, a.name, a.kind, h.person_id, h.acting_for, h.valid_from, h.valid_to \
         FROM directory_holdings h JOIN directory_positions p ON p.id = h.position_id \
         JOIN directory_agencies a ON a.id = p.agency_id \
         WHERE {condition} AND {holding} AND {position} AND (h.acting_for IS NULL OR EXISTS (\
         SELECT 1 FROM directory_holdings own WHERE own.position_id = h.position_id AND own.person_id = h.acting_for \
         AND own.acting_for IS NULL AND {own})) ORDER BY h.id",
        holding = in_force("h", 2),
        position = in_force("p", 2),
        own = in_force("own", 2),
    ))
}

fn read(row: Row) -> Result<Holding> {
    Ok(Holding {
        position: read_position(&row)?,
        id: id(&row, 8)?,
        agency_name: row.get(9)?,
        agency_kind: row.get(10)?,
        person: id(&row, 11)?,
        acting_for: maybe_id(&row, 12)?,
        from: row.get(13)?,
        to: row.get(14)?,
    })
}

/// One holding, if it is in force on that day.
pub async fn holding(connection: &impl Connection, id: Id, on: NaiveDate) -> Result<Option<Holding>> {
    holdings("h.id = $1").bind(id.uuid()).bind(on).one(connection, read).await
}

/// Everything a person holds on that day, in whatever agencies.
pub async fn holdings_of(connection: &impl Connection, person: Id, on: NaiveDate) -> Result<Vec<Holding>> {
    holdings("h.person_id = $1").bind(person.uuid()).bind(on).all(connection, read).await
}

/// Who holds the positions of an agency on that day.
pub async fn holdings_in(connection: &impl Connection, agency: Id, on: NaiveDate) -> Result<Vec<Holding>> {
    holdings("p.agency_id = $1").bind(agency.uuid()).bind(on).all(connection, read).await
}

/// Names of the people who hold the positions of an agency on that day, by the id of the person.
pub async fn names_in(connection: &impl Connection, agency: Id, on: NaiveDate) -> Result<BTreeMap<Id, String>> {
    let in_force = in_force("h", 2);
    let names = Sql::composed(format!(
        "SELECT DISTINCT n.id, n.name FROM directory_holdings h JOIN directory_positions p ON p.id = h.position_id \
         JOIN directory_persons n ON n.id = h.person_id OR n.id = h.acting_for WHERE p.agency_id = $1 AND {in_force}"
    ))
    .bind(agency.uuid())
    .bind(on)
    .all(connection, |row| Ok((id(&row, 0)?, row.get(1)?)))
    .await?;
    Ok(names.into_iter().collect())
}
