use base::{Error, Id, Result};
use chrono::NaiveDate;
use store::{Connection, Sql};
use system::Officer;

use crate::tables::{RECEPTION, Reception, Visit, reception as read, visit};

/// How many days are shown, at most.
const SHOWN: usize = 200;

/// The days from `from` on which leaders receive citizens; for everybody.
pub async fn receptions(c: &impl Connection, from: NaiveDate, agency: Option<Id>) -> Result<Vec<Reception>> {
    let of = if agency.is_some() { "AND r.agency_id = $2" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT {RECEPTION} FROM complaints_receptions r WHERE r.held_on >= $1 {of} ORDER BY r.held_on, r.id LIMIT {SHOWN}"
    ))
    .bind(from);
    if let Some(agency) = agency {
        sql = sql.bind(agency.uuid());
    }
    sql.all(c, |row| read(&row)).await
}

/// The days of an officer's own agency, newest first.
pub async fn receptions_of(c: &impl Connection, officer: &Officer) -> Result<Vec<Reception>> {
    Sql::composed(format!(
        "SELECT {RECEPTION} FROM complaints_receptions r WHERE r.agency_id = $1 ORDER BY r.held_on DESC, r.id LIMIT {SHOWN}"
    ))
    .bind(officer.agency.uuid())
    .all(c, |row| read(&row))
    .await
}

/// One day of the officer's own agency.
pub async fn reception(c: &impl Connection, officer: &Officer, id: Id) -> Result<Reception> {
    Sql::composed(format!("SELECT {RECEPTION} FROM complaints_receptions r WHERE r.id = $1 AND r.agency_id = $2"))
        .bind(id.uuid())
        .bind(officer.agency.uuid())
        .one(c, |row| read(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// Who came on that day, as they came.
pub async fn visits(c: &impl Connection, reception: Id) -> Result<Vec<Visit>> {
    Sql::new(
        "SELECT v.people, v.about, v.answer, l.code, v.at FROM complaints_visits v \
         LEFT JOIN complaints_letters l ON l.id = v.letter_id WHERE v.reception_id = $1 ORDER BY v.id",
    )
    .bind(reception.uuid())
    .all(c, |row| visit(&row))
    .await
}
