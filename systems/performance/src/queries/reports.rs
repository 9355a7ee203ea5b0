//! Reports of people, as they are counted.

use base::{Id, Result};
use directory::queries::within_sql;
use store::{Conditions, Connection, Slice, Sql};

use crate::period::Span;
use crate::report::Report;
use crate::tables::{REPORT, report};

/// Which reports of a span a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reports {
    Filed,
    /// Of which every step was taken in time, or may still be.
    Kept,
    Late,
}

impl Reports {
    pub const ALL: [Self; 3] = [Self::Filed, Self::Kept, Self::Late];

    /// As it stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Filed => "da-gui",
            Self::Kept => "dung-han",
            Self::Late => "qua-han",
        }
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Filed => "performance-reports-filed",
            Self::Kept => "performance-reports-kept",
            Self::Late => "performance-reports-late",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// How many reports of the province were sent in the span, and of how many every step was in time at its end.
pub async fn reports_kept(c: &impl Connection, span: &Span) -> Result<(i64, i64)> {
    let found = Sql::new(
        "SELECT count(*), coalesce(sum(CASE WHEN late_at < $3 THEN 0 ELSE 1 END), 0) FROM performance_reports \
         WHERE month >= $1 AND month < $2",
    )
    .bind(span.from)
    .bind(span.to)
    .bind(span.end)
    .one(c, |row| Ok((row.get(0)?, row.get(1)?)))
    .await?;
    Ok(found.unwrap_or_default())
}

/// The reports behind a figure that an officer of this agency sees, newest first.
pub async fn reports(
    c: &impl Connection,
    figure: Reports,
    scope: Id,
    span: &Span,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Report>> {
    let mut conditions = Conditions::after([scope.uuid().into(), span.from.into(), span.to.into()]);
    match figure {
        Reports::Filed => {}
        Reports::Kept => conditions.and(|n| format!("(r.late_at IS NULL OR r.late_at >= ${n})"), span.end),
        Reports::Late => conditions.and(|n| format!("r.late_at < ${n}"), span.end),
    }
    if let Some(before) = before {
        conditions.and(|n| format!("r.id < ${n}"), before.uuid());
    }
    // Ids grow with the time at which reports are sent, so that this is their order.
    let sql = Sql::composed(format!(
        "SELECT {REPORT} FROM performance_reports r WHERE {} AND r.month >= $2 AND r.month < $3{} \
         ORDER BY r.month DESC, r.id DESC LIMIT {}",
        within_sql("r.agency_id", 1),
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| report(&row)).await?;
    Ok(Slice::of(rows, size, |report| report.id.to_string()))
}
