//! What was filed online at a desk: what waits for an answer, and how soon answers came.

use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::{Conditions, Connection, MomentCursor, Row, Slice, Sql};
use system::Officer;

/// A dossier that waits, or was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filed {
    pub(crate) dossier: Id,
    pub(crate) code: String,
    pub(crate) procedure: String,
    pub(crate) applicant: String,
    pub(crate) submitted_at: DateTime<Utc>,
    pub(crate) answered_at: Option<DateTime<Utc>>,
    /// Working minutes until the answer.
    pub(crate) minutes: Option<i64>,
}

const FILED: &str = "d.id, d.code, d.procedure_name, d.applicant_name, d.submitted_at, d.answered_at, d.answer_minutes";

fn filed(row: &Row) -> Result<Filed> {
    Ok(Filed {
        dossier: Id::from_uuid(row.get(0)?),
        code: row.get(1)?,
        procedure: row.get(2)?,
        applicant: row.get(3)?,
        submitted_at: row.get(4)?,
        answered_at: row.get(5)?,
        minutes: row.get(6)?,
    })
}

/// What waits at the desk of an officer's agency, the longest waiting first.
pub(crate) async fn waiting(
    c: &impl Connection,
    officer: &Officer,
    after: Option<Id>,
    size: usize,
) -> Result<Slice<Filed>> {
    let mut conditions = Conditions::after([officer.agency.uuid().into()]);
    if let Some(after) = after {
        conditions.and(|n| format!("v.dossier_id > ${n}"), after.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {FILED} FROM dossiers_agencies v JOIN dossiers d ON d.id = v.dossier_id \
         WHERE v.agency_id = $1 AND v.state = 1 AND v.entrance IN ('online', 'national') \
         AND d.receiving_id = v.agency_id{} ORDER BY v.dossier_id LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| filed(&row)).await?;
    Ok(Slice::of(rows, size, |filed| filed.dossier))
}

/// How a desk answered from one moment until another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) all: i64,
    pub(crate) in_time: i64,
    /// Of the working minutes until the answer; nothing where there was none.
    pub(crate) median: Option<i64>,
}

/// The answers of an officer's agency in spans that follow each other, `edges` being their ends and the first beginning; in
/// one statement. Answers are in time that took no more than `limit` working minutes.
pub(crate) async fn answered(
    c: &impl Connection,
    officer: &Officer,
    edges: &[DateTime<Utc>],
    limit: u32,
) -> Result<Vec<Answered>> {
    let (Some(first), Some(last)) = (edges.first(), edges.last()) else { return Ok(Vec::new()) };
    let mut conditions =
        Conditions::after([officer.agency.uuid().into(), (*first).into(), (*last).into(), i64::from(limit).into()]);
    let inner = edges[1..].iter().take(edges.len().saturating_sub(2)).enumerate();
    let cases: Vec<String> =
        inner.map(|(span, end)| format!("WHEN answered_at < ${} THEN {span}", conditions.bind(*end))).collect();
    let spans = edges.len() - 1;
    let span =
        if cases.is_empty() { "0".to_owned() } else { format!("CASE {} ELSE {} END", cases.join(" "), spans - 1) };
    let sql = Sql::composed(format!(
        "SELECT span, count(*), sum(CASE WHEN answer_minutes <= $4 THEN 1 ELSE 0 END), \
         CAST(avg(CASE WHEN place * 2 BETWEEN many AND many + 2 THEN answer_minutes END) AS bigint) FROM (\
         SELECT span, answer_minutes, row_number() OVER (PARTITION BY span ORDER BY answer_minutes) AS place, \
         count(*) OVER (PARTITION BY span) AS many FROM (\
         SELECT CAST({span} AS bigint) AS span, answer_minutes FROM dossiers \
         WHERE receiving_id = $1 AND answered_at >= $2 AND answered_at < $3) kept) placed GROUP BY span"
    ));
    let found: Vec<(i64, Answered)> = conditions
        .bind_to(sql)
        .all(c, |row| Ok((row.get(0)?, Answered { all: row.get(1)?, in_time: row.get(2)?, median: row.get(3)? })))
        .await?;
    let of = |span: usize| {
        let found = found.iter().find(|(number, _)| usize::try_from(*number) == Ok(span));
        found.map_or(Answered { all: 0, in_time: 0, median: None }, |(_, answered)| *answered)
    };
    Ok((0..spans).map(of).collect())
}

/// The dossiers behind such a figure, the last answered first: of those in time or not, where that is asked.
pub(crate) async fn behind(
    c: &impl Connection,
    officer: &Officer,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    in_time: Option<(bool, u32)>,
    before: Option<MomentCursor>,
    size: usize,
) -> Result<Slice<Filed>> {
    let mut conditions = Conditions::after([officer.agency.uuid().into(), from.into(), until.into()]);
    if let Some((kept, limit)) = in_time {
        let sign = if kept { "<=" } else { ">" };
        conditions.and(|n| format!("d.answer_minutes {sign} ${n}"), i64::from(limit));
    }
    conditions.before(("d.answered_at", "d.id"), before);
    let sql = Sql::composed(format!(
        "SELECT {FILED} FROM dossiers d WHERE d.receiving_id = $1 AND d.answered_at >= $2 AND d.answered_at < $3{} \
         ORDER BY d.answered_at DESC, d.id DESC LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| filed(&row)).await?;
    Ok(Slice::of(rows, size, |filed| MomentCursor { at: filed.answered_at.unwrap_or_default(), id: filed.dossier }))
}
