//! Reading petitions and what belongs to them.

mod figures;
mod list;
mod meetings;

use base::{Error, Id, Result};
use chrono::NaiveDate;
use store::orm::Value;
use store::{Connection, Sql};
use system::Officer;

use crate::access::SHARED;
use crate::collected::Collected;
use crate::petition::{Petition, RoadStep};
use crate::tables::{ANSWER, COLLECTED, PETITION, REMARK, ROAD_STEP, answer, collected, petition, remark, road_step};

pub use crate::tables::{Answer, Import, Remark, RemarkKind};
pub use figures::{Counts, Group, Line, counts_by, of_meeting, totals};
pub use list::{Filter, for_desk, public_list};
pub use meetings::{import, is_imported, meeting, meetings};

pub async fn by_id(c: &impl Connection, id: Id) -> Result<Option<Petition>> {
    one(c, "p.id = $1", id.uuid().into()).await
}

/// By its code, whoever asks: the caller decides who may know it.
pub async fn by_code(c: &impl Connection, code: &str) -> Result<Option<Petition>> {
    one(c, "p.code = $1", code.into()).await
}

/// By its code, for everybody.
pub async fn public(c: &impl Connection, code: &str) -> Result<Petition> {
    one(c, "p.public_at IS NOT NULL AND p.code = $1", code.into()).await?.ok_or(Error::NotFound)
}

async fn one(c: &impl Connection, condition: &'static str, value: Value) -> Result<Option<Petition>> {
    Sql::composed(format!("SELECT {PETITION} FROM petitions_petitions p WHERE {condition}"))
        .bind(value)
        .one(c, |row| petition(&row))
        .await
}

/// By its code, for an officer: what lies outside the scope of the position does not exist.
pub async fn for_officer(c: &impl Connection, officer: &Officer, code: &str) -> Result<Petition> {
    Sql::composed(format!("SELECT {PETITION} FROM petitions_petitions p WHERE p.code = $1 AND {}", SHARED.seen_by(2)))
        .bind(code)
        .bind(officer.agency.uuid())
        .one(c, |row| petition(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// Those that are answered by this one, as they came.
pub async fn joined_into(c: &impl Connection, petition_id: Id) -> Result<Vec<Petition>> {
    Sql::composed(format!("SELECT {PETITION} FROM petitions_petitions p WHERE p.joined_id = $1 ORDER BY p.id"))
        .bind(petition_id.uuid())
        .all(c, |row| petition(&row))
        .await
}

/// What was collected and is answered in this petition, as it came.
pub async fn collected_in(c: &impl Connection, petition_id: Id) -> Result<Vec<Collected>> {
    Sql::composed(format!("SELECT {COLLECTED} FROM petitions_collected WHERE petition_id = $1 ORDER BY id"))
        .bind(petition_id.uuid())
        .all(c, |row| collected(&row))
        .await
}

pub async fn collected_by_id(c: &impl Connection, id: Id) -> Result<Option<Collected>> {
    Sql::composed(format!("SELECT {COLLECTED} FROM petitions_collected WHERE id = $1"))
        .bind(id.uuid())
        .one(c, |row| collected(&row))
        .await
}

/// Others of the same meeting that can still be joined: of the same field where both are known; the newest.
pub async fn joinable(c: &impl Connection, of: &Petition, size: usize) -> Result<Vec<Petition>> {
    Sql::composed(format!(
        "SELECT {PETITION} FROM petitions_petitions p WHERE p.meeting_id = $1 AND p.id <> $2 \
         AND p.state IN ('new', 'classified', 'assigned', 'working', 'returned') \
         AND (p.field = $3 OR p.field = '' OR $3 = '') ORDER BY p.id DESC LIMIT {size}"
    ))
    .bind(of.meeting.uuid())
    .bind(of.id.uuid())
    .bind(of.field.as_str())
    .all(c, |row| petition(&row))
    .await
}

/// The answers to a petition, those sent back among them, oldest first.
pub async fn answers(c: &impl Connection, petition_id: Id) -> Result<Vec<Answer>> {
    Sql::composed(format!("SELECT {ANSWER} FROM petitions_answers WHERE petition_id = $1 ORDER BY id"))
        .bind(petition_id.uuid())
        .all(c, |row| answer(&row))
        .await
}

/// The road map of an answer; empty for most.
pub async fn road_map(c: &impl Connection, answer_id: Id) -> Result<Vec<RoadStep>> {
    Sql::composed(format!("SELECT {ROAD_STEP} FROM petitions_road_steps WHERE answer_id = $1 ORDER BY number"))
        .bind(answer_id.uuid())
        .all(c, |row| road_step(&row))
        .await
}

pub async fn remarks(c: &impl Connection, petition_id: Id) -> Result<Vec<Remark>> {
    Sql::composed(format!("SELECT {REMARK} FROM petitions_remarks WHERE petition_id = $1 ORDER BY id"))
        .bind(petition_id.uuid())
        .all(c, |row| remark(&row))
        .await
}

/// A date of a road map that has passed, untold.
pub(crate) struct Passed {
    pub(crate) answer: Id,
    pub(crate) number: i64,
    pub(crate) petition: Id,
    /// Whoever promised it.
    pub(crate) promised_by: Id,
    pub(crate) due_on: NaiveDate,
}

/// Dates of valid road maps that have passed by `today` and nobody was told of, oldest first.
pub(crate) async fn passed_steps(c: &impl Connection, today: NaiveDate, size: usize) -> Result<Vec<Passed>> {
    Sql::composed(format!(
        "SELECT s.answer_id, s.number, s.petition_id, a.proposed_by, s.due_on FROM petitions_road_steps s \
         JOIN petitions_answers a ON a.id = s.answer_id \
         WHERE s.watched AND s.done_on IS NULL AND s.told_at IS NULL AND s.due_on < $1 ORDER BY s.due_on LIMIT {size}"
    ))
    .bind(today)
    .all(c, |row| {
        Ok(Passed {
            answer: Id::from_uuid(row.get(0)?),
            number: row.get(1)?,
            petition: Id::from_uuid(row.get(2)?),
            promised_by: Id::from_uuid(row.get(3)?),
            due_on: row.get(4)?,
        })
    })
    .await
}

/// What a form has entered, when it was sent before.
pub(crate) async fn entered_with(c: &impl Connection, form: Id) -> Result<Option<Petition>> {
    match collected_by_id(c, form).await? {
        Some(found) => by_id(c, found.own).await,
        None => Ok(None),
    }
}
