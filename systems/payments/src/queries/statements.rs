//! Files of gateways and banks, and what became of their lines.

use std::collections::HashSet;

use base::{Id, Result};
use chrono::{DateTime, Utc};
use directory::queries::within_sql;
use store::{Conditions, Connection, Row, Slice, Sql};
use system::Officer;

use crate::statement::{Ours, Outcome, Statement};

const STATEMENT: &str = "s.id, s.agency_id, s.day, s.file_name, s.made_at";

fn statement_row(row: &Row) -> Result<Statement> {
    Ok(Statement {
        id: Id::from_uuid(row.get(0)?),
        agency: Id::from_uuid(row.get(1)?),
        day: row.get(2)?,
        file_name: row.get(3)?,
        made_at: row.get(4)?,
    })
}

/// A statement within the officer's scope.
pub async fn statement(c: &impl Connection, officer: &Officer, id: Id) -> Result<Option<Statement>> {
    let scope = within_sql("s.agency_id", 2);
    Sql::composed(format!("SELECT {STATEMENT} FROM payments_statements s WHERE s.id = $1 AND {scope}"))
        .bind(id.uuid())
        .bind(officer.agency.uuid())
        .one(c, |row| statement_row(&row))
        .await
}

/// Newest first, each with how many of its differences are open.
pub async fn statements(
    c: &impl Connection,
    officer: &Officer,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<(Statement, i64)>> {
    let mut conditions = Conditions::after([officer.agency.uuid().into()]);
    if let Some(before) = before {
        conditions.and(|n| format!("s.id < ${n}"), before.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {STATEMENT}, (SELECT count(*) FROM payments_lines l WHERE l.statement_id = s.id AND l.closed_at IS NULL \
         AND l.outcome IN ('only-ours', 'only-theirs', 'amount-differs')) FROM payments_statements s \
         WHERE {}{} ORDER BY s.id DESC LIMIT {}",
        within_sql("s.agency_id", 1),
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| Ok((statement_row(&row)?, row.get(5)?))).await?;
    Ok(Slice::of(rows, size, |(statement, _)| statement.id))
}

/// What the program counted in these hours and no file has had yet, and what it counted for these orders whenever.
pub(crate) async fn counted(
    c: &impl Connection,
    officer: &Officer,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    orders: &[&str],
) -> Result<Vec<Ours>> {
    const OURS: &str = "SELECT a.order_id, a.transaction_id, a.amount, c.id, c.agency_id, c.state \
                        FROM payments_attempts a JOIN payments_charges c ON c.id = a.charge_id \
                        WHERE a.state = 'paid' AND a.transaction_id IS NOT NULL AND";
    let read = |row: Row| {
        let state: String = row.get(5)?;
        Ok(Ours {
            order: row.get(0)?,
            transaction: row.get(1)?,
            amount: row.get(2)?,
            charge: Id::from_uuid(row.get(3)?),
            agency: Id::from_uuid(row.get(4)?),
            refunded: matches!(state.as_str(), "refund-asked" | "refunded"),
        })
    };
    let scope = within_sql("c.agency_id", 1);
    let mut ours = Sql::composed(format!(
        "{OURS} {scope} AND a.ended_at >= $2 AND a.ended_at < $3 AND NOT EXISTS \
         (SELECT 1 FROM payments_lines l WHERE l.order_id = a.order_id AND l.theirs IS NOT NULL)"
    ))
    .bind(officer.agency.uuid())
    .bind(from)
    .bind(to)
    .all(c, read)
    .await?;
    let known: HashSet<String> = ours.iter().map(|one| one.order.clone()).collect();
    for order in orders {
        if !known.contains(*order) {
            let sql = Sql::composed(format!("{OURS} {scope} AND a.order_id = $2"));
            ours.extend(sql.bind(officer.agency.uuid()).bind(*order).all(c, read).await?);
        }
    }
    Ok(ours)
}

/// A line as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub number: i64,
    pub order: String,
    pub transaction: String,
    pub ours: Option<i64>,
    pub theirs: Option<i64>,
    pub outcome: String,
    pub charge: Option<Id>,
    pub agency: Id,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<Id>,
    pub note: Option<String>,
}

/// Which lines of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    pub outcome: Option<Outcome>,
    pub agency: Option<Id>,
    /// Code of a fee.
    pub fee: Option<String>,
    /// The number of the last line seen.
    pub after: i64,
}

pub async fn lines(c: &impl Connection, statement: Id, narrow: &Narrow, size: usize) -> Result<Slice<Line>> {
    let mut conditions = Conditions::after([statement.uuid().into(), narrow.after.into()]);
    if let Some(outcome) = narrow.outcome {
        conditions.and(|n| format!("l.outcome = ${n}"), outcome.as_str());
    }
    if let Some(agency) = narrow.agency {
        conditions.and(|n| format!("l.agency_id = ${n}"), agency.uuid());
    }
    if let Some(fee) = &narrow.fee {
        let of_fee =
            |n| format!("EXISTS (SELECT 1 FROM payments_items i WHERE i.charge_id = l.charge_id AND i.code = ${n})");
        conditions.and(of_fee, fee.as_str());
    }
    let sql = Sql::composed(format!(
        "SELECT l.number, l.order_id, l.transaction_id, l.ours, l.theirs, l.outcome, l.charge_id, l.agency_id, \
         l.closed_at, l.closed_by, l.note FROM payments_lines l WHERE l.statement_id = $1 AND l.number > $2{} \
         ORDER BY l.number LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let read = |row: Row| {
        Ok(Line {
            number: row.get(0)?,
            order: row.get(1)?,
            transaction: row.get(2)?,
            ours: row.get(3)?,
            theirs: row.get(4)?,
            outcome: row.get(5)?,
            charge: row.get::<Option<_>>(6)?.map(Id::from_uuid),
            agency: Id::from_uuid(row.get(7)?),
            closed_at: row.get(8)?,
            closed_by: row.get::<Option<_>>(9)?.map(Id::from_uuid),
            note: row.get(10)?,
        })
    };
    let rows = conditions.bind_to(sql).all(c, read).await?;
    Ok(Slice::of(rows, size, |line| line.number))
}

/// How many lines came out so, and the sums of both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    pub outcome: String,
    pub lines: i64,
    pub ours: i64,
    pub theirs: i64,
}

pub async fn totals(c: &impl Connection, statement: Id) -> Result<Vec<Total>> {
    Sql::new(
        "SELECT outcome, count(*), CAST(coalesce(sum(ours), 0) AS bigint), CAST(coalesce(sum(theirs), 0) AS bigint) \
         FROM payments_lines WHERE statement_id = $1 GROUP BY outcome ORDER BY outcome",
    )
    .bind(statement.uuid())
    .all(c, |row| Ok(Total { outcome: row.get(0)?, lines: row.get(1)?, ours: row.get(2)?, theirs: row.get(3)? }))
    .await
}

/// What an agency took in by one fee, as far as both sides have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Income {
    pub agency: Id,
    pub fee: String,
    pub name: String,
    pub lines: i64,
    pub amount: i64,
}

pub async fn income(c: &impl Connection, statement: Id) -> Result<Vec<Income>> {
    Sql::new(
        "SELECT l.agency_id, i.code, i.name, count(*), CAST(sum(i.amount) AS bigint) FROM payments_lines l \
         JOIN payments_items i ON i.charge_id = l.charge_id WHERE l.statement_id = $1 AND l.outcome = 'matched' \
         GROUP BY l.agency_id, i.code, i.name ORDER BY l.agency_id, i.code",
    )
    .bind(statement.uuid())
    .all(c, |row| {
        Ok(Income {
            agency: Id::from_uuid(row.get(0)?),
            fee: row.get(1)?,
            name: row.get(2)?,
            lines: row.get(3)?,
            amount: row.get(4)?,
        })
    })
    .await
}
