use base::{Id, Result, TaxCode};
use chrono::NaiveDate;
use store::{Connection, Row, Slice, Sql};

use super::{id, in_force, maybe_id};
use crate::organisation::{Organisation, Party, Representation};
use crate::queries;

const ORGANISATION: &str = "o.id, o.tax_code, o.name, o.address";
const REPRESENTATION: &str = "o.id, o.tax_code, o.name, o.address, r.id, r.person_id, n.name, r.named_by, r.valid_from, r.valid_to \
    FROM directory_representations r JOIN directory_organisations o ON o.id = r.organisation_id \
    JOIN directory_persons n ON n.id = r.person_id";

fn read_organisation(row: &Row) -> Result<Organisation> {
    Ok(Organisation {
        id: id(row, 0)?,
        tax_code: row.get::<String>(1)?.parse()?,
        name: row.get(2)?,
        address: row.get(3)?,
    })
}

fn read(row: Row) -> Result<Representation> {
    Ok(Representation {
        organisation: read_organisation(&row)?,
        id: id(&row, 4)?,
        person: id(&row, 5)?,
        person_name: row.get(6)?,
        named_by: maybe_id(&row, 7)?,
        from: row.get(8)?,
        to: row.get(9)?,
    })
}

pub async fn organisation(connection: &impl Connection, id: Id) -> Result<Option<Organisation>> {
    Sql::composed(format!("SELECT {ORGANISATION} FROM directory_organisations o WHERE o.id = $1"))
        .bind(id.uuid())
        .one(connection, |row| read_organisation(&row))
        .await
}

pub async fn organisation_by_code(connection: &impl Connection, code: &TaxCode) -> Result<Option<Organisation>> {
    Sql::composed(format!("SELECT {ORGANISATION} FROM directory_organisations o WHERE o.tax_code = $1"))
        .bind(code.as_str())
        .one(connection, |row| read_organisation(&row))
        .await
}

/// The person or organisation with this id.
pub async fn party(connection: &impl Connection, id: Id) -> Result<Option<Party>> {
    if let Some(person) = queries::person(connection, id).await? {
        return Ok(Some(Party::Person(Box::new(person))));
    }
    Ok(organisation(connection, id).await?.map(Party::Organisation))
}

/// Who is told of what concerns this person or organisation on that day: the person, or those who represent it; at most a
/// hundred.
pub async fn people_of(connection: &impl Connection, party: Id, on: NaiveDate) -> Result<Vec<Id>> {
    if organisation(connection, party).await?.is_none() {
        return Ok(vec![party]);
    }
    let in_force = in_force("r", 2);
    Sql::composed(format!(
        "SELECT DISTINCT r.person_id FROM directory_representations r WHERE r.organisation_id = $1 AND r.ended_at IS NULL \
         AND {in_force} ORDER BY r.person_id LIMIT 100"
    ))
    .bind(party.uuid())
    .bind(on)
    .all(connection, |row| id(&row, 0))
    .await
}

/// One that has not been ended, whatever the day.
pub async fn representation(connection: &impl Connection, id: Id) -> Result<Option<Representation>> {
    Sql::composed(format!("SELECT {REPRESENTATION} WHERE r.id = $1 AND r.ended_at IS NULL"))
        .bind(id.uuid())
        .one(connection, read)
        .await
}

/// The organisations for which a person acts on that day, those they represent longest first; at most a hundred.
pub async fn representations_of(
    connection: &impl Connection,
    person: Id,
    on: NaiveDate,
) -> Result<Vec<Representation>> {
    let in_force = in_force("r", 2);
    Sql::composed(format!(
        "SELECT {REPRESENTATION} WHERE r.person_id = $1 AND r.ended_at IS NULL AND {in_force} ORDER BY r.id LIMIT 100"
    ))
    .bind(person.uuid())
    .bind(on)
    .all(connection, read)
    .await
}

/// Who acts for an organisation on that day or will later, oldest first.
pub async fn representatives(
    connection: &impl Connection,
    organisation: Id,
    on: NaiveDate,
    after: Option<Id>,
    size: usize,
) -> Result<Slice<Representation>> {
    let older = if after.is_some() { "AND r.id > $3" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT {REPRESENTATION} WHERE r.organisation_id = $1 AND r.ended_at IS NULL \
         AND (r.valid_to IS NULL OR r.valid_to >= $2) {older} ORDER BY r.id LIMIT {}",
        size + 1
    ))
    .bind(organisation.uuid())
    .bind(on);
    if let Some(after) = after {
        sql = sql.bind(after.uuid());
    }
    Ok(Slice::of(sql.all(connection, read).await?, size, |found| found.id.to_string()))
}

/// By what a person acts for an organisation on that day, as its legal representative if they are that too.
pub async fn represents(
    connection: &impl Connection,
    organisation: Id,
    person: Id,
    on: NaiveDate,
) -> Result<Option<Representation>> {
    let in_force = in_force("r", 3);
    Sql::composed(format!(
        "SELECT {REPRESENTATION} WHERE r.organisation_id = $1 AND r.person_id = $2 AND r.ended_at IS NULL AND {in_force} \
         ORDER BY CASE WHEN r.named_by IS NULL THEN 0 ELSE 1 END, r.id LIMIT 1"
    ))
    .bind(organisation.uuid())
    .bind(person.uuid())
    .bind(on)
    .one(connection, read)
    .await
}
