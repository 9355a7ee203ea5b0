use base::{Error, Id, Result};
use chrono::NaiveDate;
use store::{Conditions, Connection, Row, Slice, Sql};

use super::{id, in_force};
use crate::holding::{Holding, StandIn};

const STAND_IN: &str = "SELECT h.id, p.agency_id, a.name, p.id, p.kind, p.title, h.acting_for, g.name, h.person_id, n.name, \
    h.valid_from, h.valid_to FROM directory_holdings h JOIN directory_positions p ON p.id = h.position_id \
    JOIN directory_agencies a ON a.id = p.agency_id JOIN directory_persons g ON g.id = h.acting_for \
    JOIN directory_persons n ON n.id = h.person_id";

fn read(row: &Row) -> Result<StandIn> {
    Ok(StandIn {
        holding: id(row, 0)?,
        agency: id(row, 1)?,
        agency_name: row.get(2)?,
        position: id(row, 3)?,
        kind: row.get::<String>(4)?.parse()?,
        title: row.get(5)?,
        away: id(row, 6)?,
        away_name: row.get(7)?,
        deputy: id(row, 8)?,
        deputy_name: row.get(9)?,
        from: row.get(10)?,
        to: row.get::<Option<NaiveDate>>(11)?.ok_or_else(|| Error::inside("an authorisation without an end"))?,
    })
}

/// One that has not ended on that day.
pub(crate) async fn stand_in(c: &impl Connection, holding: Id, on: NaiveDate) -> Result<Option<StandIn>> {
    Sql::composed(format!("{STAND_IN} WHERE h.id = $1 AND h.valid_to >= $2"))
        .bind(holding.uuid())
        .bind(on)
        .one(c, |row| read(&row))
        .await
}

/// Those of an agency that have not ended on that day, the last arranged first; those that concern one person where it is
/// given.
pub(crate) async fn stand_ins(
    c: &impl Connection,
    agency: Id,
    person: Option<Id>,
    on: NaiveDate,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<StandIn>> {
    let mut conditions = Conditions::after([agency.uuid().into(), on.into()]);
    if let Some(person) = person {
        conditions.and(|n| format!("(h.acting_for = ${n} OR h.person_id = ${n})"), person.uuid());
    }
    if let Some(before) = before {
        conditions.and(|n| format!("h.id < ${n}"), before.uuid());
    }
    let sql = Sql::composed(format!(
        "{STAND_IN} WHERE p.agency_id = $1 AND h.valid_to >= $2{} ORDER BY h.id DESC LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| read(&row)).await?;
    Ok(Slice::of(rows, size, |found| found.holding))
}

/// For whom a person stands in on that day, in whatever agencies: the longest first.
pub async fn stood_in_for(c: &impl Connection, person: Id, on: NaiveDate) -> Result<Vec<StandIn>> {
    let (held, position) = (in_force("h", 2), in_force("p", 2));
    Sql::composed(format!("{STAND_IN} WHERE h.person_id = $1 AND {held} AND {position} ORDER BY h.id"))
        .bind(person.uuid())
        .bind(on)
        .all(c, |row| read(&row))
        .await
}

/// Whether somebody stands in for this holder on any of these days.
pub(crate) async fn is_stood_in_for(
    c: &impl Connection,
    held: &Holding,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<bool> {
    let found = Sql::new(
        "SELECT 1 FROM directory_holdings WHERE position_id = $1 AND acting_for = $2 AND valid_from <= $4 \
         AND valid_to >= $3 LIMIT 1",
    )
    .bind(held.position.id.uuid())
    .bind(held.person.uuid())
    .bind(from)
    .bind(to)
    .one(c, |_| Ok(()))
    .await?;
    Ok(found.is_some())
}
