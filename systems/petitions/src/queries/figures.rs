use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::{Connection, Row, Sql};

use crate::petition::Petition;
use crate::tables::{PETITION, petition};

/// How petitions are answered, counted over the public ones that are answered by themselves: one that was joined into
/// another counts there, and one beyond the province's powers counts as forwarded only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub petitions: i64,
    /// In how many places they were said, each place of each petition.
    pub places: i64,
    pub answered: i64,
    /// Answered when or before it was promised.
    pub in_time: i64,
    /// Open and past what was promised.
    pub late: i64,
}

/// By what petitions are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Field,
    /// Those without an answer count under an empty name.
    Result,
    FieldAndResult,
    Agency,
}

/// Counts of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Codes of field and result, or the agency's id; empty where the group does not tell.
    pub first: String,
    pub second: String,
    pub counts: Counts,
}

const COUNTS: &str = "count(*), coalesce(CAST(sum(p.places) AS bigint), 0), \
    coalesce(sum(CASE WHEN p.answered_at IS NOT NULL THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN p.answered_at <= p.promised_at THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN p.answered_at IS NULL AND p.promised_at < $1 THEN 1 ELSE 0 END), 0)";

const COUNTED: &str = "p.public_at IS NOT NULL AND p.state NOT IN ('joined', 'forwarded', 'refused')";

fn counts(row: &Row, from: usize) -> Result<Counts> {
    Ok(Counts {
        petitions: row.get(from)?,
        places: row.get(from + 1)?,
        answered: row.get(from + 2)?,
        in_time: row.get(from + 3)?,
        late: row.get(from + 4)?,
    })
}

/// Counts by a group, of one meeting or of all, most first.
pub async fn counts_by(
    c: &impl Connection,
    group: Group,
    meeting: Option<Id>,
    now: DateTime<Utc>,
) -> Result<Vec<Line>> {
    // Agencies are ids and have a type of their own on one of the two databases.
    let (columns, by) = match group {
        Group::Field => ("p.field, ''", "p.field"),
        Group::Result => ("coalesce(p.result, ''), ''", "p.result"),
        Group::FieldAndResult => ("p.field, coalesce(p.result, '')", "p.field, p.result"),
        Group::Agency => ("p.agency_id, ''", "p.agency_id"),
    };
    let of = if meeting.is_some() { "AND p.meeting_id = $2" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT {columns}, {COUNTS} FROM petitions_petitions p WHERE {COUNTED} {of} GROUP BY {by} ORDER BY 3 DESC, 1, 2"
    ))
    .bind(now);
    if let Some(meeting) = meeting {
        sql = sql.bind(meeting.uuid());
    }
    sql.all(c, |row| {
        let first = match group {
            Group::Agency => Id::from_uuid(row.get(0)?).to_string(),
            _ => row.get(0)?,
        };
        Ok(Line { first, second: row.get(1)?, counts: counts(&row, 2)? })
    })
    .await
}

/// Counts of everything, of one meeting or of all.
pub async fn totals(c: &impl Connection, meeting: Option<Id>, now: DateTime<Utc>) -> Result<Counts> {
    let of = if meeting.is_some() { "AND p.meeting_id = $2" } else { "" };
    let mut sql = Sql::composed(format!("SELECT {COUNTS} FROM petitions_petitions p WHERE {COUNTED} {of}")).bind(now);
    if let Some(meeting) = meeting {
        sql = sql.bind(meeting.uuid());
    }
    Ok(sql.one(c, |row| counts(&row, 0)).await?.unwrap_or_default())
}

/// The public petitions of a meeting as a report lists them: by field, then as they came. With `carried_over`, those of
/// earlier meetings of the same body that were answered with one of these results, or are to be answered again.
pub async fn of_meeting(
    c: &impl Connection,
    meeting: Id,
    carried_over: Option<&[&str]>,
    size: usize,
) -> Result<Vec<Petition>> {
    let Some(results) = carried_over else {
        return Sql::composed(format!(
            "SELECT {PETITION} FROM petitions_petitions p WHERE p.meeting_id = $1 AND p.public_at IS NOT NULL \
             AND p.state NOT IN ('joined', 'refused') ORDER BY p.field, p.id LIMIT {size}"
        ))
        .bind(meeting.uuid())
        .all(c, |row| petition(&row))
        .await;
    };
    let sql = Sql::composed(format!(
        "SELECT {PETITION} FROM petitions_meetings m JOIN petitions_meetings e ON e.body = m.body \
         AND e.opens_on < m.opens_on AND coalesce(e.place_id, e.id) = coalesce(m.place_id, e.id) \
         JOIN petitions_petitions p ON p.meeting_id = e.id \
         WHERE m.id = $1 AND (p.result IN ({}) OR (p.rounds > 0 AND p.answered_at IS NULL)) \
         AND p.public_at IS NOT NULL AND p.state NOT IN ('closed', 'joined') \
         ORDER BY p.field, p.id LIMIT {size}",
        store::marks(2, results.len())
    ))
    .bind(meeting.uuid());
    results.iter().fold(sql, |sql, result| sql.bind(*result)).all(c, |row| petition(&row)).await
}
