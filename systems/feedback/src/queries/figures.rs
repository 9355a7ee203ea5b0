use std::collections::HashMap;

use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::{Connection, Row, Sql};

/// How an agency, or the province, answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Each report that was sent.
    pub received: i64,
    /// What is to be worked on: those joined into another are one with it.
    pub matters: i64,
    pub answered: i64,
    /// Answered when or before it was promised.
    pub in_time: i64,
    pub rated: i64,
    pub satisfied: i64,
    /// Open and past what was promised.
    pub late: i64,
}

/// The figures of one agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub agency: Id,
    pub totals: Totals,
}

const TOTALS: &str = "count(*), coalesce(sum(CASE WHEN joined_id IS NULL THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN answered_at IS NOT NULL THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN answered_at <= promised_at THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN satisfied IS NOT NULL THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN satisfied = TRUE THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN answered_at IS NULL AND promised_at < $2 THEN 1 ELSE 0 END), 0)";

fn read(row: &Row, from: usize) -> Result<Totals> {
    Ok(Totals {
        received: row.get(from)?,
        matters: row.get(from + 1)?,
        answered: row.get(from + 2)?,
        in_time: row.get(from + 3)?,
        rated: row.get(from + 4)?,
        satisfied: row.get(from + 5)?,
        late: row.get(from + 6)?,
    })
}

/// The figures of every agency that was given reports since, most first.
pub async fn by_agency(c: &impl Connection, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<Line>> {
    Sql::composed(format!(
        "SELECT agency_id, {TOTALS} FROM feedback_reports WHERE received_at >= $1 GROUP BY agency_id ORDER BY 2 DESC, agency_id"
    ))
    .bind(since)
    .bind(now)
    .all(c, |row| Ok(Line { agency: Id::from_uuid(row.get(0)?), totals: read(&row, 1)? }))
    .await
}

/// The figures of the province.
pub async fn totals(c: &impl Connection, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Totals> {
    let found = Sql::composed(format!("SELECT {TOTALS} FROM feedback_reports WHERE received_at >= $1"))
        .bind(since)
        .bind(now)
        .one(c, |row| read(&row, 0))
        .await?;
    Ok(found.unwrap_or_default())
}

/// How long the first answer took in the middle, in minutes: half of the reports were answered sooner. By agency, of those
/// received since; `None` names the whole province.
pub async fn medians(c: &impl Connection, since: DateTime<Utc>) -> Result<HashMap<Option<Id>, i64>> {
    // Of an even number the two in the middle count half each. Both databases know windows.
    const MIDDLE: &str = "SELECT agency_id, CAST(sum(answer_minutes) AS bigint) / count(*) FROM ( \
        SELECT {group} AS agency_id, answer_minutes, row_number() OVER (PARTITION BY {group} ORDER BY answer_minutes) AS place, \
        count(*) OVER (PARTITION BY {group}) AS total FROM feedback_reports \
        WHERE received_at >= $1 AND answer_minutes IS NOT NULL) k \
        WHERE 2 * place >= total AND 2 * place <= total + 2 GROUP BY agency_id";
    let mut medians = HashMap::new();
    for group in ["agency_id", "CAST(NULL AS uuid)"] {
        let found = Sql::composed(MIDDLE.replace("{group}", group)).bind(since).all(c, |row| {
            let agency: Option<uuid::Uuid> = row.get(0)?;
            Ok((agency.map(Id::from_uuid), row.get(1)?))
        });
        medians.extend(found.await?);
    }
    Ok(medians)
}
