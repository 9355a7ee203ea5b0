//! Reading cases, steps and the inbox.

use std::sync::{Arc, LazyLock};

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use directory::StandIn;
use moka::sync::Cache;
use store::{Conditions, Connection, Kind, MomentCursor, Slice, Sql};
use system::Officer;

use crate::process::{Process, Work};
use crate::tables::{CASE, CASE_COLUMNS, Case, OpenStep, STEP, STEP_COLUMNS, case, step, word};

/// A published version of a process; read once, for it never changes.
pub async fn process(c: &impl Connection, id: Id) -> Result<Arc<Process>> {
    static READ: LazyLock<Cache<Id, Arc<Process>>> = LazyLock::new(|| Cache::new(1000));
    if let Some(known) = READ.get(&id) {
        return Ok(known);
    }
    let definition: Option<String> = Sql::new("SELECT definition FROM flow_processes WHERE id = $1")
        .bind(id.uuid())
        .one(c, |row| row.get(0))
        .await?;
    let process: Arc<Process> = Arc::new(serde_json::from_str(&definition.ok_or(Error::NotFound)?)?);
    READ.insert(id, process.clone());
    Ok(process)
}

pub async fn case_by_id(c: &impl Connection, id: Id) -> Result<Option<Case>> {
    Sql::composed(format!("SELECT {CASE} FROM flow_cases c WHERE c.id = $1"))
        .bind(id.uuid())
        .one(c, |row| case(&row, 0))
        .await
}

/// The cases of a subject: its own first, then the sub-cases as they were opened.
pub async fn cases_of(c: &impl Connection, subject: Id) -> Result<Vec<Case>> {
    Sql::composed(format!("SELECT {CASE} FROM flow_cases c WHERE c.subject_id = $1 ORDER BY c.id"))
        .bind(subject.uuid())
        .all(c, |row| case(&row, 0))
        .await
}

/// Every step of every case of a subject, in the order opened.
pub async fn steps_of(c: &impl Connection, subject: Id) -> Result<Vec<OpenStep>> {
    Sql::composed(format!(
        "SELECT {STEP} FROM flow_steps s JOIN flow_cases c ON c.id = s.case_id WHERE c.subject_id = $1 ORDER BY s.id"
    ))
    .bind(subject.uuid())
    .all(c, |row| step(&row, 0))
    .await
}

pub async fn step_by_id(c: &impl Connection, id: Id) -> Result<Option<OpenStep>> {
    Sql::composed(format!("SELECT {STEP} FROM flow_steps s WHERE s.id = $1"))
        .bind(id.uuid())
        .one(c, |row| step(&row, 0))
        .await
}

pub(crate) async fn steps_of_case(c: &impl Connection, case: Id) -> Result<Vec<OpenStep>> {
    Sql::composed(format!("SELECT {STEP} FROM flow_steps s WHERE s.case_id = $1 ORDER BY s.id"))
        .bind(case.uuid())
        .all(c, |row| step(&row, 0))
        .await
}

/// Of the steps of a thing the one that the officer can work on: the wanted one, if it is among them, or the first.
pub fn at_hand<'a>(officer: &Officer, steps: &'a [OpenStep], wanted: Option<Id>) -> Option<&'a OpenStep> {
    let mut own = steps.iter().filter(|step| may_take(officer, step));
    let first = own.clone().next();
    own.find(|step| Some(step.id) == wanted).or(first)
}

/// What was written at the step that was left last; empty when nothing was.
pub fn last_note(steps: &[OpenStep]) -> String {
    let last = steps.iter().filter(|step| step.closed_at.is_some()).max_by_key(|step| step.closed_at);
    last.and_then(|step| step.note.clone()).unwrap_or_default()
}

/// Whether the officer may take the step: it is their work, and no colleague's already.
pub fn may_take(officer: &Officer, step: &OpenStep) -> bool {
    is_work_of(officer, step) && step.claimed_by.is_none_or(|holder| holder == officer.position)
}

/// Whether the step is open for the officer's kind of position, agency and unit, whoever has taken it.
pub(crate) fn is_work_of(officer: &Officer, step: &OpenStep) -> bool {
    step.closed_at.is_none()
        && step.agency == officer.agency
        && step.role.as_deref() == Some(officer.kind.as_str())
        && step.unit.as_ref().is_none_or(|unit| officer.unit.as_ref() == Some(unit))
}

/// Which part of the inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pick {
    #[default]
    All,
    /// Due before the end of the day, late work among it.
    Today,
    /// Nobody has taken it yet.
    Unclaimed,
    /// One kind of work on the things of one system.
    Doing { system: &'static str, work: Work },
}

/// One line of the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub step: OpenStep,
    pub case: Case,
    /// When its clock started and its due moment, for the bar of time left.
    pub sort_at: DateTime<Utc>,
}

/// How much there is in an inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub all: i64,
    pub late: i64,
    pub today: i64,
    pub unclaimed: i64,
}

const MINE: &str = "s.closed_at IS NULL AND s.agency_id = $1 AND s.role = $2 \
                    AND (s.claimed_by IS NULL OR s.claimed_by = $3) AND (s.unit IS NULL OR s.unit = $4)";

fn mine(sql: Sql, officer: &Officer) -> Sql {
    sql.bind(officer.agency.uuid())
        .bind(officer.kind.as_str())
        .bind(officer.position.uuid())
        .bind(officer.unit.clone().unwrap_or_default())
}

/// Open work of one officer across all systems: nearest deadline first, what stands still last.
pub async fn inbox(
    c: &impl Connection,
    officer: &Officer,
    pick: Pick,
    end_of_day: DateTime<Utc>,
    after: Option<MomentCursor>,
    size: usize,
) -> Result<Slice<Piece>> {
    let picked = match pick {
        Pick::All => String::new(),
        Pick::Today => "AND s.due_at <= $5".to_owned(),
        Pick::Unclaimed => "AND s.claimed_by IS NULL".to_owned(),
        Pick::Doing { system, work } => format!("AND s.system = '{system}' AND s.does = '{}'", word(work)?),
    };
    // The limit is written out: a bound one keeps SQLite's planner from walking the index in order.
    let further = if after.is_some() { "AND (s.sort_at, s.id) > ($6, $7)" } else { "" };
    let mut sql = mine(
        Sql::composed(format!(
            "SELECT {STEP}, {CASE}, s.sort_at FROM flow_steps s JOIN flow_cases c ON c.id = s.case_id \
             WHERE {MINE} AND $5 = $5 {picked} {further} ORDER BY s.sort_at, s.id LIMIT {}",
            size + 1
        )),
        officer,
    )
    .bind(end_of_day);
    if let Some(MomentCursor { at, id }) = after {
        sql = sql.bind(at).bind(id.uuid());
    }
    let rows = sql
        .all(c, |row| {
            Ok(Piece {
                step: step(&row, 0)?,
                case: case(&row, STEP_COLUMNS)?,
                sort_at: row.get(STEP_COLUMNS + CASE_COLUMNS)?,
            })
        })
        .await?;
    Ok(Slice::of(rows, size, |piece| MomentCursor { at: piece.sort_at, id: piece.step.id }))
}

/// Open steps that colleagues took and left to whoever stands in for them, in one statement: all and late ones, in the order
/// of the stand-ins.
pub(crate) async fn left_to(c: &impl Connection, stand_ins: &[StandIn], now: DateTime<Utc>) -> Result<Vec<(i64, i64)>> {
    if stand_ins.is_empty() {
        return Ok(Vec::new());
    }
    let mut conditions = Conditions::after([now.into()]);
    let pairs: Vec<String> = stand_ins
        .iter()
        .map(|one| {
            let (agency, role) = (conditions.bind(one.agency.uuid()), conditions.bind(one.kind.as_str()));
            let (position, away) = (conditions.bind(one.position.uuid()), conditions.bind(one.away.uuid()));
            format!(
                "(s.agency_id = ${agency} AND s.role = ${role} AND s.claimed_by = ${position} AND s.claimed_person = ${away})"
            )
        })
        .collect();
    let sql = Sql::composed(format!(
        "SELECT s.claimed_by, s.claimed_person, count(*), coalesce(sum(CASE WHEN s.due_at < $1 THEN 1 ELSE 0 END), 0) \
         FROM flow_steps s WHERE s.closed_at IS NULL AND ({}) GROUP BY 1, 2",
        pairs.join(" OR ")
    ));
    let found: Vec<(Id, Id, i64, i64)> = conditions
        .bind_to(sql)
        .all(c, |row| Ok((Id::from_uuid(row.get(0)?), Id::from_uuid(row.get(1)?), row.get(2)?, row.get(3)?)))
        .await?;
    let of = |one: &StandIn| {
        let found = found.iter().find(|(position, away, ..)| (*position, *away) == (one.position, one.away));
        found.map_or((0, 0), |(.., all, late)| (*all, *late))
    };
    Ok(stand_ins.iter().map(of).collect())
}

/// What is due first of the officer's work that nobody has taken and that does not wait. On a server a row that a
/// colleague is taking at this moment is passed over.
pub(crate) async fn next_unclaimed(c: &impl Connection, kind: Kind, officer: &Officer) -> Result<Option<OpenStep>> {
    let lock = if kind == Kind::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = Sql::composed(format!(
        "SELECT {STEP} FROM flow_steps s WHERE {MINE} AND s.claimed_by IS NULL AND s.waiting_since IS NULL \
         ORDER BY s.sort_at, s.id LIMIT 1 {lock}"
    ));
    mine(sql, officer).one(c, |row| step(&row, 0)).await
}

pub async fn totals(
    c: &impl Connection,
    officer: &Officer,
    now: DateTime<Utc>,
    end_of_day: DateTime<Utc>,
) -> Result<Totals> {
    let sql = Sql::composed(format!(
        "SELECT count(*), coalesce(sum(CASE WHEN s.due_at < $5 THEN 1 ELSE 0 END), 0), \
         coalesce(sum(CASE WHEN s.due_at <= $6 THEN 1 ELSE 0 END), 0), \
         coalesce(sum(CASE WHEN s.claimed_by IS NULL THEN 1 ELSE 0 END), 0) FROM flow_steps s WHERE {MINE}"
    ));
    let found = mine(sql, officer)
        .bind(now)
        .bind(end_of_day)
        .one(c, |row| Ok(Totals { all: row.get(0)?, late: row.get(1)?, today: row.get(2)?, unclaimed: row.get(3)? }))
        .await?;
    Ok(found.unwrap_or_default())
}
