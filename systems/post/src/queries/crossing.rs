//! What the carrier has, beside what it was told, day by day.

use base::{Error, Id, Result};
use chrono::{DateTime, NaiveDate, Utc};
use contracts::Answer;
use contracts::crossing::{Comparison, Crossed, Crossing, Scope};
use directory::queries::within_sql;
use store::{Row, Sql};

use crate::order::State;

/// The carrier, as the page of reconciliation sees it.
pub(crate) struct Carried(store::Store);

impl Carried {
    pub(crate) const fn new(store: store::Store) -> Self {
        Self(store)
    }
}

/// Orders sent on the day, and words of the day about orders that nobody knows. `$1` is the agency, `$2` and `$3` the day.
fn compared() -> String {
    let sent = "SELECT o.code AS key, o.state AS ours, \
         (SELECT w.status FROM post_words w WHERE w.order_id = o.id ORDER BY w.at DESC, w.id DESC LIMIT 1) AS theirs, \
         (SELECT w.verdict FROM post_words w WHERE w.order_id = o.id \
          AND w.verdict IN ('wrong-tracking', 'after-cancel') ORDER BY w.id DESC LIMIT 1) AS odd, \
         (SELECT d.error FROM exchange_deliveries d WHERE d.subject_id = o.id AND d.state IN ('failed', 'given-up') \
          ORDER BY d.id DESC LIMIT 1) AS error, \
         (SELECT count(*) FROM exchange_deliveries d WHERE d.subject_id = o.id AND d.due_at IS NOT NULL) AS open, \
         (SELECT count(*) FROM exchange_deliveries d WHERE d.subject_id = o.id \
          AND d.state IN ('failed', 'given-up')) AS lost, o.agency_id AS agency, o.id AS id \
         FROM post_orders o WHERE o.created_at >= $2 AND o.created_at < $3";
    let strange = "SELECT DISTINCT w.order_code, '', w.status, CAST('unknown-order' AS text), CAST(NULL AS text), 0, 0, \
         CAST(NULL AS uuid), CAST(NULL AS uuid) FROM post_words w \
         WHERE w.order_id IS NULL AND w.heard_at >= $2 AND w.heard_at < $3";
    format!(
        "SELECT x.key, x.ours, x.theirs, x.odd, x.error, x.agency, x.id, CASE \
         WHEN x.id IS NULL THEN 'only-theirs' WHEN x.odd IS NOT NULL THEN 'different' \
         WHEN x.theirs IS NOT NULL THEN 'matched' WHEN x.open > 0 THEN 'waiting' \
         WHEN x.lost > 0 THEN 'given-up' ELSE 'only-ours' END AS comparison FROM ({sent} UNION ALL {strange}) x \
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
    let state = |text: &str| State::parse(text).map_or(String::new(), |state| state.text().to_owned());
    let (theirs, odd, error): (Option<String>, Option<String>, Option<String>) =
        (row.get(2)?, row.get(3)?, row.get(4)?);
    let id = row.get::<Option<_>>(6)?.map(Id::from_uuid);
    Ok(Crossed {
        key: row.get(0)?,
        comparison: comparison(&row.get::<String>(7)?)?,
        ours: state(&row.get::<String>(1)?),
        theirs: theirs.as_deref().map(state).unwrap_or_default(),
        reason: odd.map(|verdict| format!("post-verdict-{verdict}")).or(error).unwrap_or_default(),
        agency: row.get::<Option<_>>(5)?.map(Id::from_uuid),
        href: id.map(|id| format!("/buu-chinh-xu-ly/{id}")).unwrap_or_default(),
        note: None,
    })
}

impl Crossing for Carried {
    fn partner(&self) -> (&'static str, &'static str) {
        ("post", "post-partner")
    }

    fn figures(&self, scope: Scope, day: NaiveDate) -> Answer<'_, Vec<(Comparison, i64)>> {
        Box::pin(async move {
            let (from, to) = bounds(day)?;
            Sql::composed(format!("SELECT c.comparison, count(*) FROM ({}) c GROUP BY c.comparison", compared()))
                .bind(scope.map(Id::uuid))
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
                "SELECT c.key, c.ours, c.theirs, c.odd, c.error, c.agency, c.id, c.comparison FROM ({}) c \
                 WHERE c.comparison = $4 AND c.key > $5 ORDER BY c.key LIMIT {size}",
                compared()
            ))
            .bind(scope.map(Id::uuid))
            .bind(from)
            .bind(to)
            .bind(comparison.as_str())
            .bind(after)
            .all(self.0.read(), |row| crossed(&row))
            .await
        })
    }
}
