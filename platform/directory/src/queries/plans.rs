use base::{Id, Result};
use chrono::NaiveDate;
use store::{Connection, Row, Slice, Sql};

use super::{id, maybe_id};
use crate::plan::{Plan, PlanCount, PlanLine};

const PLAN: &str = "p.id, p.title, p.on_day, p.basis, p.started_at, p.finished_at";

fn read(row: &Row) -> Result<Plan> {
    Ok(Plan {
        id: id(row, 0)?,
        title: row.get(1)?,
        on: row.get(2)?,
        basis: row.get(3)?,
        started_at: row.get(4)?,
        finished_at: row.get(5)?,
    })
}

/// Plans of reorganisation, newest first.
pub async fn plans(c: &impl Connection, before: Option<Id>, size: usize) -> Result<Slice<Plan>> {
    let further = if before.is_some() { "WHERE p.id < $1" } else { "" };
    let mut sql =
        Sql::composed(format!("SELECT {PLAN} FROM directory_plans p {further} ORDER BY p.id DESC LIMIT {}", size + 1));
    if let Some(before) = before {
        sql = sql.bind(before.uuid());
    }
    Ok(Slice::of(sql.all(c, |row| read(&row)).await?, size, |plan| plan.id))
}

pub async fn plan(c: &impl Connection, id: Id) -> Result<Option<Plan>> {
    Sql::composed(format!("SELECT {PLAN} FROM directory_plans p WHERE p.id = $1"))
        .bind(id.uuid())
        .one(c, |row| read(&row))
        .await
}

/// The plan of this title and day.
pub(crate) async fn plan_of(c: &impl Connection, title: &str, on: NaiveDate) -> Result<Option<Id>> {
    Sql::new("SELECT id FROM directory_plans WHERE title = $1 AND on_day = $2")
        .bind(title)
        .bind(on)
        .one(c, |row| id(&row, 0))
        .await
}

/// Plans that began and have not ended.
pub async fn running_plans(c: &impl Connection) -> Result<Vec<Plan>> {
    Sql::composed(format!(
        "SELECT {PLAN} FROM directory_plans p WHERE p.started_at IS NOT NULL AND p.finished_at IS NULL ORDER BY p.id"
    ))
    .all(c, |row| read(&row))
    .await
}

pub async fn plan_count(c: &impl Connection, plan: Id) -> Result<PlanCount> {
    let found = Sql::new(
        "SELECT count(*), count(CASE WHEN decided = 'no' THEN 1 END), \
         count(CASE WHEN verified = FALSE AND decided <> 'no' THEN 1 END), count(done_at) \
         FROM directory_plan_lines WHERE plan_id = $1",
    )
    .bind(plan.uuid())
    .one(c, |row| {
        Ok(PlanCount { lines: row.get(0)?, undecided: row.get(1)?, unverified: row.get(2)?, done: row.get(3)? })
    })
    .await?;
    Ok(found.unwrap_or_default())
}

const LINE: &str = "a.id, a.code, a.name, h.id, h.code, h.name, l.decided, l.verified, l.note, l.done_at, \
    (SELECT count(*) FROM directory_successions s WHERE s.predecessor = a.id)";

fn line(row: &Row) -> Result<PlanLine> {
    let heir = maybe_id(row, 3)?.map(|heir| Ok::<_, base::Error>((heir, row.get(4)?, row.get(5)?))).transpose()?;
    Ok(PlanLine {
        agency: id(row, 0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        heir,
        decided: row.get::<String>(6)?.parse().map_err(base::Error::inside)?,
        verified: row.get(7)?,
        note: row.get(8)?,
        done_at: row.get(9)?,
        parts: row.get(10)?,
    })
}

/// Which lines of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    Undecided,
    Unverified,
}

impl Which {
    const fn condition(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Undecided => "AND l.decided = 'no'",
            Self::Unverified => "AND l.verified = FALSE AND l.decided <> 'no'",
        }
    }
}

/// Lines of a plan in the order of their agencies.
pub async fn plan_lines(
    c: &impl Connection,
    plan: Id,
    which: Which,
    after: Option<Id>,
    size: usize,
) -> Result<Slice<PlanLine>> {
    let further = if after.is_some() { "AND l.agency_id > $2" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT {LINE} FROM directory_plan_lines l JOIN directory_agencies a ON a.id = l.agency_id \
         LEFT JOIN directory_agencies h ON h.id = l.heir_id WHERE l.plan_id = $1 {} {further} \
         ORDER BY l.agency_id LIMIT {}",
        which.condition(),
        size + 1
    ))
    .bind(plan.uuid());
    if let Some(after) = after {
        sql = sql.bind(after.uuid());
    }
    Ok(Slice::of(sql.all(c, |row| line(&row)).await?, size, |line| line.agency))
}

/// The next line that is not carried out yet.
pub(crate) async fn next_line(c: &impl Connection, plan: Id) -> Result<Option<PlanLine>> {
    Sql::composed(format!(
        "SELECT {LINE} FROM directory_plan_lines l JOIN directory_agencies a ON a.id = l.agency_id \
         LEFT JOIN directory_agencies h ON h.id = l.heir_id WHERE l.plan_id = $1 AND l.done_at IS NULL \
         ORDER BY l.agency_id LIMIT 1"
    ))
    .bind(plan.uuid())
    .one(c, |row| line(&row))
    .await
}

/// Who held a position in one of the plan's agencies on its last day and holds none on the first day of the new order:
/// name, and what they held. A person has to say where they go.
pub async fn unplaced(c: &impl Connection, plan: &Plan, size: usize) -> Result<Vec<(String, String, String)>> {
    let last = plan.on.pred_opt().unwrap_or(plan.on);
    Sql::composed(format!(
        "SELECT DISTINCT n.id, n.name, p.title, a.name FROM directory_plan_lines l \
         JOIN directory_positions p ON p.agency_id = l.agency_id JOIN directory_holdings h ON h.position_id = p.id \
         JOIN directory_persons n ON n.id = h.person_id JOIN directory_agencies a ON a.id = l.agency_id \
         WHERE l.plan_id = $1 AND l.done_at IS NOT NULL AND h.acting_for IS NULL \
         AND h.valid_from <= $2 AND (h.valid_to IS NULL OR h.valid_to >= $2) AND NOT EXISTS (\
         SELECT 1 FROM directory_holdings o JOIN directory_positions q ON q.id = o.position_id \
         WHERE o.person_id = h.person_id AND o.valid_from <= $3 AND (o.valid_to IS NULL OR o.valid_to >= $3) \
         AND q.valid_from <= $3 AND (q.valid_to IS NULL OR q.valid_to >= $3)) ORDER BY n.id LIMIT {size}"
    ))
    .bind(plan.id.uuid())
    .bind(last)
    .bind(plan.on)
    .all(c, |row| Ok((row.get(1)?, row.get(2)?, row.get(3)?)))
    .await
}
