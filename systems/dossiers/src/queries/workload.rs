//! Open steps of dossiers in one agency: who has how many, and due when.

use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::{Conditions, Connection, MomentCursor, Slice, Sql};

/// Whose steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Whose {
    #[default]
    Everybody,
    /// Steps that this person has taken.
    Person(Id),
    /// Steps that nobody has taken, of a kind of position in a unit.
    Nobody { role: String, unit: Option<String> },
}

/// When it is due: from a moment, and before another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: Option<DateTime<Utc>>,
    pub(crate) until: Option<DateTime<Utc>>,
}

/// How much somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) whose: Whose,
    /// Name and position of who has taken the steps.
    pub(crate) name: String,
    pub(crate) position: String,
    /// Open, with those that stand still.
    pub(crate) open: i64,
    /// As many as there are spans.
    pub(crate) due: Vec<i64>,
}

/// One open step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    pub(crate) step: Id,
    pub(crate) title: String,
    pub(crate) code: String,
    pub(crate) procedure: String,
    pub(crate) applicant: String,
    /// Whoever has taken it.
    pub(crate) person: Option<String>,
    pub(crate) due_at: Option<DateTime<Utc>>,
    sort_at: DateTime<Utc>,
}

/// Open steps that somebody of the agency works on.
const OPEN: &str = "s.closed_at IS NULL AND s.agency_id = $1 AND s.system = 'dossiers' AND s.role IS NOT NULL";

/// What each person of the agency has, and what nobody has taken, in one statement.
pub(crate) async fn load(c: &impl Connection, agency: Id, spans: &[Span]) -> Result<Vec<Load>> {
    let mut conditions = Conditions::after([agency.uuid().into()]);
    let sums: Vec<String> = spans
        .iter()
        .map(|span| format!(", sum(CASE WHEN {} THEN 1 ELSE 0 END)", span.holds(&mut conditions)))
        .collect();
    let sql = Sql::composed(format!(
        "SELECT s.claimed_person, CASE WHEN s.claimed_person IS NULL THEN s.role END, \
         CASE WHEN s.claimed_person IS NULL THEN s.unit END, coalesce(min(n.name), ''), coalesce(min(p.title), ''), \
         count(*){} FROM flow_steps s LEFT JOIN directory_persons n ON n.id = s.claimed_person \
         LEFT JOIN directory_positions p ON p.id = s.claimed_by WHERE {OPEN} GROUP BY 1, 2, 3 ORDER BY 6 DESC, 1, 2, 3",
        sums.concat()
    ));
    conditions
        .bind_to(sql)
        .all(c, |row| {
            let person: Option<uuid::Uuid> = row.get(0)?;
            let whose = match person {
                Some(person) => Whose::Person(Id::from_uuid(person)),
                None => Whose::Nobody { role: row.get(1)?, unit: row.get(2)? },
            };
            let due: Result<Vec<i64>> = (0..spans.len()).map(|span| row.get(6 + span)).collect();
            Ok(Load { whose, name: row.get(3)?, position: row.get(4)?, open: row.get(5)?, due: due? })
        })
        .await
}

/// The open steps behind a figure of [`load`], nearest deadline first.
pub(crate) async fn tasks(
    c: &impl Connection,
    agency: Id,
    whose: &Whose,
    span: Option<Span>,
    after: Option<MomentCursor>,
    size: usize,
) -> Result<Slice<Task>> {
    let mut conditions = Conditions::after([agency.uuid().into()]);
    match whose {
        Whose::Everybody => {}
        Whose::Person(person) => conditions.and(|n| format!("s.claimed_person = ${n}"), person.uuid()),
        Whose::Nobody { role, unit } => {
            conditions.and_known("s.claimed_person IS NULL");
            conditions.and(|n| format!("s.role = ${n}"), role.as_str());
            match unit {
                Some(unit) => conditions.and(|n| format!("s.unit = ${n}"), unit.as_str()),
                None => conditions.and_known("s.unit IS NULL"),
            }
        }
    }
    if let Some(span) = span {
        let holds = span.holds(&mut conditions);
        conditions.and_known(&holds);
    }
    conditions.beyond(("s.sort_at", "s.id"), after);
    let sql = Sql::composed(format!(
        "SELECT s.id, s.title, k.reference, k.title, k.label, n.name, s.due_at, s.sort_at FROM flow_steps s \
         JOIN flow_cases k ON k.id = s.case_id LEFT JOIN directory_persons n ON n.id = s.claimed_person \
         WHERE {OPEN}{} ORDER BY s.sort_at, s.id LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions
        .bind_to(sql)
        .all(c, |row| {
            Ok(Task {
                step: Id::from_uuid(row.get(0)?),
                title: row.get(1)?,
                code: row.get(2)?,
                procedure: row.get(3)?,
                applicant: row.get(4)?,
                person: row.get(5)?,
                due_at: row.get(6)?,
                sort_at: row.get(7)?,
            })
        })
        .await?;
    Ok(Slice::of(rows, size, |task| MomentCursor { at: task.sort_at, id: task.step }))
}

impl Span {
    /// The condition that a step is due within it.
    fn holds(self, conditions: &mut Conditions) -> String {
        let mut bound = |how: &str, at: DateTime<Utc>| format!("s.due_at {how} ${}", conditions.bind(at));
        let bounds: Vec<String> =
            [self.from.map(|at| bound(">=", at)), self.until.map(|at| bound("<", at))].into_iter().flatten().collect();
        if bounds.is_empty() { "s.due_at IS NOT NULL".to_owned() } else { bounds.join(" AND ") }
    }
}
