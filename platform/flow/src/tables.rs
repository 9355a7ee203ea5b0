//! Rows of cases and steps, as they are read.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use store::Row;

use crate::case::CaseState;
use crate::process::Work;

/// One piece of work, with one subject, in one agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub id: Id,
    pub system: String,
    pub subject: Id,
    pub process: Id,
    /// The step of another case that waits for this one.
    pub parent_step: Option<Id>,
    pub agency: Id,
    pub receiving: Id,
    /// What the work is: the name of the procedure.
    pub title: String,
    /// Its number: the code of the dossier.
    pub reference: String,
    /// Whom it is about; emptied when the law asks for erasure.
    pub label: String,
    /// Where it is worked on.
    pub path: String,
    pub state: CaseState,
    pub opened_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// One step of a case, open or closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenStep {
    pub id: Id,
    pub case: Id,
    pub name: String,
    pub title: String,
    pub does: Work,
    pub role: Option<String>,
    pub agency: Id,
    pub unit: Option<String>,
    /// Position of whoever took it.
    pub claimed_by: Option<Id>,
    pub claimed_person: Option<Id>,
    pub opened_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
    pub outcome: Option<String>,
    /// What the officer wrote for the next one.
    pub note: Option<String>,
    pub waiting_since: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
}

pub(crate) const CASE: &str = "c.id, c.system, c.subject_id, c.process_id, c.parent_step, c.agency_id, c.receiving_id, \
                               c.title, c.reference, c.label, c.path, c.state, c.opened_at, c.closed_at";
pub(crate) const CASE_COLUMNS: usize = 14;

/// A kind of work as its column has it.
pub(crate) fn word(work: Work) -> Result<String> {
    match serde_json::to_value(work)? {
        serde_json::Value::String(word) => Ok(word),
        other => Err(Error::inside(format!("{work:?} is written as {other}"))),
    }
}

pub(crate) const STEP: &str = "s.id, s.case_id, s.name, s.title, s.does, s.role, s.agency_id, s.unit, s.claimed_by, \
                               s.claimed_person, s.opened_at, s.closed_at, s.outcome, s.note, s.waiting_since, s.due_at";
pub(crate) const STEP_COLUMNS: usize = 16;

fn id(row: &Row, column: usize) -> Result<Id> {
    Ok(Id::from_uuid(row.get(column)?))
}

fn maybe_id(row: &Row, column: usize) -> Result<Option<Id>> {
    Ok(row.get::<Option<_>>(column)?.map(Id::from_uuid))
}

/// Reads a case whose columns begin at `from`.
pub(crate) fn case(row: &Row, from: usize) -> Result<Case> {
    let state: String = row.get(from + 11)?;
    Ok(Case {
        id: id(row, from)?,
        system: row.get(from + 1)?,
        subject: id(row, from + 2)?,
        process: id(row, from + 3)?,
        parent_step: maybe_id(row, from + 4)?,
        agency: id(row, from + 5)?,
        receiving: id(row, from + 6)?,
        title: row.get(from + 7)?,
        reference: row.get(from + 8)?,
        label: row.get(from + 9)?,
        path: row.get(from + 10)?,
        state: CaseState::parse(&state).ok_or_else(|| Error::inside(format!("a case in state {state}")))?,
        opened_at: row.get(from + 12)?,
        closed_at: row.get(from + 13)?,
    })
}

/// Reads a step whose columns begin at `from`.
pub(crate) fn step(row: &Row, from: usize) -> Result<OpenStep> {
    let does: String = row.get(from + 4)?;
    Ok(OpenStep {
        id: id(row, from)?,
        case: id(row, from + 1)?,
        name: row.get(from + 2)?,
        title: row.get(from + 3)?,
        does: serde_json::from_value(serde_json::Value::String(does))?,
        role: row.get(from + 5)?,
        agency: id(row, from + 6)?,
        unit: row.get(from + 7)?,
        claimed_by: maybe_id(row, from + 8)?,
        claimed_person: maybe_id(row, from + 9)?,
        opened_at: row.get(from + 10)?,
        closed_at: row.get(from + 11)?,
        outcome: row.get(from + 12)?,
        note: row.get(from + 13)?,
        waiting_since: row.get(from + 14)?,
        due_at: row.get(from + 15)?,
    })
}
