//! What the national portal has, beside what it was told, day by day.

use base::{Error, Id, Result};
use chrono::{DateTime, NaiveDate, Utc};
use contracts::Answer;
use contracts::crossing::{Comparison, Crossed, Crossing, Scope};
use directory::queries::within_sql;
use store::{Row, Sql};

use crate::queries::Fate;

/// The portal, as the page of reconciliation sees it.
pub(crate) struct Synchronised(store::Store);

impl Synchronised {
    pub(crate) const fn new(store: store::Store) -> Self {
        Self(store)
    }
}

/// Dossiers that changed on the day, and what was filed there on it and is no dossier here. `$1` is the agency, `$2` and
/// `$3` the day.
fn compared() -> String {
    let told = "SELECT t.code AS key, CAST(t.state AS text) AS ours, CAST(t.told_state AS text) AS theirs, \
         t.refused AS reason, t.agency_id AS agency, CASE WHEN t.told_version = t.version THEN 'matched' \
         WHEN t.refused IS NOT NULL THEN 'different' \
         WHEN EXISTS (SELECT 1 FROM exchange_deliveries d WHERE d.subject_id = t.dossier_id AND d.connector = 'portal' \
          AND d.due_at IS NOT NULL) THEN 'waiting' \
         WHEN EXISTS (SELECT 1 FROM exchange_deliveries d WHERE d.subject_id = t.dossier_id AND d.connector = 'portal' \
          AND d.state IN ('failed', 'given-up')) THEN 'given-up' ELSE 'only-ours' END AS comparison \
         FROM national_dossiers t WHERE t.changed_at >= $2 AND t.changed_at < $3";
    let filed = "SELECT a.code, coalesce(a.dossier_code, ''), a.state, a.reason, a.agency_id, CASE a.state \
         WHEN 'filed' THEN 'matched' WHEN 'waiting' THEN 'waiting' ELSE 'only-theirs' END \
         FROM national_arrivals a WHERE a.arrived_at >= $2 AND a.arrived_at < $3";
    format!(
        "SELECT x.key, x.ours, x.theirs, x.reason, x.agency, x.comparison FROM ({told} UNION ALL {filed}) x \
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
    let (key, ours): (String, String) = (row.get(0)?, row.get(1)?);
    let theirs: Option<String> = row.get(2)?;
    let fate = theirs.as_deref().and_then(Fate::parse);
    // What was filed there is a dossier here under another code.
    let href = match fate {
        Some(Fate::Filed) => format!("/mot-cua/ho-so/{ours}"),
        Some(_) => "/lien-thong-quoc-gia/tiep-nhan".to_owned(),
        None => format!("/mot-cua/ho-so/{key}"),
    };
    Ok(Crossed {
        key,
        comparison: comparison(&row.get::<String>(5)?)?,
        ours,
        theirs: fate.map_or(theirs.unwrap_or_default(), |fate| fate.text().to_owned()),
        reason: row.get::<Option<String>>(3)?.unwrap_or_default(),
        agency: row.get::<Option<_>>(4)?.map(Id::from_uuid),
        href,
        note: None,
    })
}

impl Crossing for Synchronised {
    fn partner(&self) -> (&'static str, &'static str) {
        ("national", "national-partner")
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
                "SELECT c.key, c.ours, c.theirs, c.reason, c.agency, c.comparison FROM ({}) c \
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
