//! What gateway and banks have, beside what was counted, day by day.

use base::{Error, Id, Money, Result};
use chrono::{DateTime, NaiveDate, Utc};
use contracts::Answer;
use contracts::crossing::{Comparison, Crossed, Crossing, Scope};
use directory::queries::within_sql;
use store::{Row, Sql};

/// Gateway and banks, as the page of reconciliation sees it.
pub(crate) struct Paid(store::Store);

impl Paid {
    pub(crate) const fn new(store: store::Store) -> Self {
        Self(store)
    }
}

/// Lines of the day's files, and attempts begun on it of which the gateway has not told yet. `$1` is the agency, `$2` the
/// day, `$3` and `$4` its hours.
fn compared() -> String {
    let lines = "SELECT l.order_id || ' ' || CAST(l.number AS text) AS key, l.ours AS ours, l.theirs AS theirs, \
         l.note AS note, l.agency_id AS agency, l.statement_id AS place, CASE l.outcome WHEN 'refunded' THEN 'matched' \
         WHEN 'amount-differs' THEN 'different' ELSE l.outcome END AS comparison FROM payments_lines l \
         JOIN payments_statements s ON s.id = l.statement_id WHERE s.day = $2";
    let begun = "SELECT a.order_id, a.amount, CAST(NULL AS bigint), CAST(NULL AS text), c.agency_id, c.id, 'waiting' \
         FROM payments_attempts a JOIN payments_charges c ON c.id = a.charge_id \
         WHERE a.state = 'begun' AND a.way = 'gateway' AND a.started_at >= $3 AND a.started_at < $4";
    format!(
        "SELECT x.key, x.ours, x.theirs, x.note, x.agency, x.place, x.comparison FROM ({lines} UNION ALL {begun}) x \
         WHERE (CAST($1 AS uuid) IS NULL OR {})",
        within_sql("x.agency", 1)
    )
}

/// A day's beginning and end.
fn bounds(day: NaiveDate) -> Result<(DateTime<Utc>, DateTime<Utc>)> {
    let midnight = |day: NaiveDate| {
        let start = day.and_time(chrono::NaiveTime::MIN).and_local_timezone(base::ZONE).single();
        start.map(|at| at.to_utc()).ok_or_else(|| Error::inside(format!("{day} has no midnight")))
    };
    Ok((midnight(day)?, midnight(day.succ_opt().ok_or(Error::NotFound)?)?))
}

fn comparison(text: &str) -> Result<Comparison> {
    Comparison::parse(text).ok_or_else(|| Error::inside(format!("things compare as {text}")))
}

fn crossed(row: &Row) -> Result<Crossed> {
    let amount = |amount: Option<i64>| amount.map(|amount| Money(amount).to_string()).unwrap_or_default();
    let comparison = comparison(&row.get::<String>(6)?)?;
    let place = Id::from_uuid(row.get(5)?);
    let (reason, href) = match comparison {
        Comparison::Waiting => ("payments-tried-begun", format!("/thanh-toan-xu-ly/{place}")),
        Comparison::OnlyOurs => ("payments-reason-only-ours", format!("/thanh-toan-xu-ly/doi-soat/{place}")),
        Comparison::OnlyTheirs => ("payments-reason-only-theirs", format!("/thanh-toan-xu-ly/doi-soat/{place}")),
        Comparison::Different => ("payments-reason-amount-differs", format!("/thanh-toan-xu-ly/doi-soat/{place}")),
        Comparison::Matched | Comparison::GivenUp => ("", format!("/thanh-toan-xu-ly/doi-soat/{place}")),
    };
    Ok(Crossed {
        key: row.get(0)?,
        comparison,
        ours: amount(row.get(1)?),
        theirs: amount(row.get(2)?),
        reason: reason.to_owned(),
        agency: row.get::<Option<_>>(4)?.map(Id::from_uuid),
        href,
        note: row.get(3)?,
    })
}

impl Crossing for Paid {
    fn partner(&self) -> (&'static str, &'static str) {
        ("payments", "payments-partner")
    }

    fn figures(&self, scope: Scope, day: NaiveDate) -> Answer<'_, Vec<(Comparison, i64)>> {
        Box::pin(async move {
            let (from, to) = bounds(day)?;
            Sql::composed(format!("SELECT c.comparison, count(*) FROM ({}) c GROUP BY c.comparison", compared()))
                .bind(scope.map(Id::uuid))
                .bind(day)
                .bind(from)
                .bind(to)
                .all(self.0.read(), |row| Ok((comparison(&row.get::<String>(0)?)?, row.get(1)?)))
                .await
        })
    }

    fn rows<'a>(
        &'a self,
        scope: Scope,
        day: NaiveDate,
        comparison: Comparison,
        after: &'a str,
        size: usize,
    ) -> Answer<'a, Vec<Crossed>> {
        Box::pin(async move {
            let (from, to) = bounds(day)?;
            Sql::composed(format!(
                "SELECT c.key, c.ours, c.theirs, c.note, c.agency, c.place, c.comparison FROM ({}) c \
                 WHERE c.comparison = $5 AND c.key > $6 ORDER BY c.key LIMIT {size}",
                compared()
            ))
            .bind(scope.map(Id::uuid))
            .bind(day)
            .bind(from)
            .bind(to)
            .bind(comparison.as_str())
            .bind(after)
            .all(self.0.read(), |row| crossed(&row))
            .await
        })
    }
}
