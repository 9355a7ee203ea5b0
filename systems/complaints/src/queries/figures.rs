//! How many letters came, of what, and how they were settled; counted from the rows each time.

use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::{Connection, Row, Sql};
use system::Officer;

/// From when to when letters came in; the end is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

/// How letters stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub received: i64,
    /// Read, and something became of them.
    pub settled: i64,
    pub accepted: i64,
    pub decided: i64,
    /// Decided when or before they were due.
    pub in_time: i64,
    /// Decided after they were due, or due and not decided.
    pub late: i64,
    /// Joint letters of a crowd.
    pub crowds: i64,
    /// Letters whose words came before.
    pub repeats: i64,
}

/// The figures of one word: a kind, a field, an outcome, an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Empty where the letters say nothing of it.
    pub word: String,
    pub totals: Totals,
}

/// By what figures are broken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    Kind,
    Field,
    Outcome,
    Agency,
}

impl Cut {
    const fn column(self) -> &'static str {
        match self {
            Self::Kind => "l.kind",
            Self::Field => "coalesce(l.field, '')",
            Self::Outcome => "coalesce(l.outcome, '')",
            Self::Agency => "l.agency_id",
        }
    }
}

/// Parameters: `$1` to `$3` scope and period, `$4` now, `$5` the size of a crowd.
const TOTALS: &str = "count(*), \
    coalesce(sum(CASE WHEN l.state NOT IN ('received', 'proposed') THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN l.accepted_at IS NOT NULL THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN l.decided_at IS NOT NULL THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN l.decided_at <= l.due_at THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN coalesce(l.decided_at, $4) > l.due_at THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN l.people >= $5 THEN 1 ELSE 0 END), 0), \
    coalesce(sum(CASE WHEN l.likeness IS NOT NULL AND EXISTS (SELECT 1 FROM complaints_letters e \
        WHERE e.likeness = l.likeness AND e.id < l.id) THEN 1 ELSE 0 END), 0)";

const OF_SCOPE: &str = "FROM complaints_letters l WHERE EXISTS (SELECT 1 FROM directory_scopes z \
    WHERE z.descendant = l.receiving_id AND z.ancestor = $1) AND l.received_at >= $2 AND l.received_at < $3";

fn read(row: &Row, from: usize) -> Result<Totals> {
    Ok(Totals {
        received: row.get(from)?,
        settled: row.get(from + 1)?,
        accepted: row.get(from + 2)?,
        decided: row.get(from + 3)?,
        in_time: row.get(from + 4)?,
        late: row.get(from + 5)?,
        crowds: row.get(from + 6)?,
        repeats: row.get(from + 7)?,
    })
}

fn bound(sql: String, officer: &Officer, period: Period, now: DateTime<Utc>, crowd: i64) -> Sql {
    Sql::composed(sql).bind(officer.agency.uuid()).bind(period.from).bind(period.to).bind(now).bind(crowd)
}

/// The figures of the officer's scope.
pub async fn totals(
    c: &impl Connection,
    officer: &Officer,
    period: Period,
    now: DateTime<Utc>,
    crowd: i64,
) -> Result<Totals> {
    let sql = format!("SELECT {TOTALS} {OF_SCOPE}");
    Ok(bound(sql, officer, period, now, crowd).one(c, |row| read(&row, 0)).await?.unwrap_or_default())
}

/// The same for each kind, field, outcome or agency, most first.
pub async fn by(
    c: &impl Connection,
    cut: Cut,
    officer: &Officer,
    period: Period,
    now: DateTime<Utc>,
    crowd: i64,
) -> Result<Vec<Line>> {
    let column = cut.column();
    let sql = format!("SELECT {TOTALS}, {column} {OF_SCOPE} GROUP BY {column} ORDER BY 1 DESC, {column}");
    bound(sql, officer, period, now, crowd)
        .all(c, |row| {
            let word = match cut {
                Cut::Agency => Id::from_uuid(row.get(8)?).to_string(),
                _ => row.get(8)?,
            };
            Ok(Line { word, totals: read(&row, 0)? })
        })
        .await
}

/// Letters of one field in one commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub commune: Id,
    pub field: String,
    pub letters: i64,
    pub people: i64,
}

/// Where at least so many letters of one field came from one commune, most first.
pub async fn hot_spots(c: &impl Connection, officer: &Officer, period: Period, least: i64) -> Result<Vec<Spot>> {
    Sql::composed(format!(
        "SELECT l.commune_id, l.field, count(*), CAST(sum(l.people) AS bigint) {OF_SCOPE} AND l.commune_id IS NOT NULL \
         AND l.field IS NOT NULL GROUP BY l.commune_id, l.field HAVING count(*) >= $4 \
         ORDER BY 3 DESC, l.commune_id, l.field LIMIT 50"
    ))
    .bind(officer.agency.uuid())
    .bind(period.from)
    .bind(period.to)
    .bind(least)
    .all(c, |row| {
        Ok(Spot { commune: Id::from_uuid(row.get(0)?), field: row.get(1)?, letters: row.get(2)?, people: row.get(3)? })
    })
    .await
}
