use base::{Id, Result};
use chrono::NaiveDate;
use store::{Conditions, Connection, Row, Sql};

use super::{Behind, Narrow, Seen};
use crate::grain::{Grain, Key};
use crate::measure::{Counts, Measure};
use crate::period::Span;
use crate::tables::{counts, measures};

/// By what figures are broken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Whole,
    Agency,
    Field,
    Procedure,
    Month,
}

impl Group {
    const fn key(self) -> Option<Key> {
        match self {
            Self::Whole => None,
            Self::Agency => Some(Key::Agency),
            Self::Field => Some(Key::Field),
            Self::Procedure => Some(Key::Procedure),
            Self::Month => Some(Key::Month),
        }
    }

    /// The coarsest sums that tell its lines apart, and what they are narrowed to.
    fn grain(self, narrow: &Narrow) -> Grain {
        let mut keys = narrow.keys();
        keys.extend(self.key());
        let coarse = [Grain::Agencies, Grain::Procedures].into_iter().find(|grain| grain.tells_apart(&keys));
        coarse.unwrap_or(Grain::Cells)
    }

    /// As text whatever its type.
    fn read(self, row: &Row) -> Result<String> {
        Ok(match self {
            Self::Whole => String::new(),
            Self::Agency => Id::from_uuid(row.get(0)?).to_string(),
            Self::Field | Self::Procedure => row.get(0)?,
            Self::Month => row.get::<NaiveDate>(0)?.to_string(),
        })
    }
}

/// The figures of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Id of the agency, the field, code of the procedure, first day of the month (`2026-10-01`).
    pub key: String,
    pub counts: Counts,
    /// Received before the span and not ended by its beginning. Nothing where lines are months.
    pub carried: i64,
    /// Open at the end of the span, and late then.
    pub overdue: i64,
    /// Of those received in the span: not ended to this day, and late at the end of the span.
    pub overdue_received: i64,
}

impl Line {
    /// Open at the end of the span.
    pub fn open(&self) -> i64 {
        self.carried + self.counts[Measure::Received] - self.counts[Measure::Closed]
    }

    pub fn open_in_time(&self) -> i64 {
        self.open() - self.overdue
    }

    /// The figures of all lines together, where lines are parts of a whole and no months.
    pub fn sum(lines: &[Self]) -> Self {
        let mut sum = Self::default();
        for line in lines {
            sum.counts.add(&line.counts, 1);
            sum.carried += line.carried;
            sum.overdue += line.overdue;
            sum.overdue_received += line.overdue_received;
        }
        sum
    }

    /// As many as [`super::behind`] has dossiers.
    pub fn figure(&self, figure: Behind) -> i64 {
        let measure = match figure {
            Behind::Carried => return self.carried,
            Behind::Open => return self.open(),
            Behind::OpenInTime => return self.open_in_time(),
            Behind::Overdue => return self.overdue,
            Behind::Received => Measure::Received,
            Behind::Closed => Measure::Closed,
            Behind::Early => Measure::ClosedEarly,
            Behind::OnTime => Measure::ClosedOnTime,
            Behind::Late => Measure::ClosedLate,
            Behind::Online => Measure::Online,
            Behind::FeeDue => Measure::FeeDue,
            Behind::PaidOnline => Measure::PaidOnline,
            Behind::Digitised => Measure::Digitised,
            Behind::Reused => Measure::Reused,
            Behind::Resolved => Measure::Resolved,
        };
        self.counts[measure]
    }

    /// Of those received in the span, by the national formula.
    pub fn in_time(&self) -> i64 {
        self.counts[Measure::Received] - self.counts[Measure::FinishedLate] - self.overdue_received
    }
}

/// Figures by a group, most received first; months in their order.
///
/// One statement: sums of the coarsest grain that answers, and beside them the few open dossiers that are past their promise, which no sum
/// keeps because only time makes them late.
pub async fn lines(c: &impl Connection, group: Group, narrow: &Narrow, span: &Span) -> Result<Vec<Line>> {
    let seen = Seen::of(c, narrow).await?;
    let grain = group.grain(&seen.narrow);
    // $1 from, $2 to, $3 the moment as of which open ones are looked at.
    let mut values = Conditions::after([span.from.into(), span.to.into(), span.end.into()]);
    // The branches share their values, and name them alike.
    let of_facts = seen.conditions("f", &mut values);
    let nothing = measures(|_| "0".to_owned());
    let key = |row: &str| group.key().map_or_else(|| "''".to_owned(), |key| format!("{row}.{}", key.column()));
    let (fact_key, cell_key) = (key("f"), key("p"));
    let sums =
        measures(|name| format!("coalesce(CAST(sum(CASE WHEN x.inside THEN x.{name} ELSE 0 END) AS bigint), 0)"));
    // Months stand for themselves: what was before the first is no line.
    let inside_only = if group == Group::Month { "AND p.month >= $1" } else { "" };
    let inside_only_facts = inside_only.replace("p.", "f.");
    let of_sums = |grain: Grain, conditions: &str, sign: &str| {
        let columns = measures(|name| format!("{sign}p.{name}"));
        let conditions = conditions.replace("f.", "p.");
        format!(
            "SELECT {cell_key} AS k, p.month >= $1 AS inside, {columns}, 0 AS overdue, 0 AS open_overdue \
             FROM {} p WHERE p.month < $2 {inside_only}{conditions}",
            grain.table()
        )
    };
    let kept = if seen.outside.is_empty() || grain.tells_apart(&[Key::Agency]) {
        of_sums(grain, &of_facts, "")
    } else {
        // All of the province, less what lies outside.
        let narrowed = seen.narrow.conditions("f", &mut values);
        let outside = format!("{narrowed} AND f.agency_id IN ({})", seen.numbers(&mut values));
        format!("{} UNION ALL {}", of_sums(grain, &narrowed, ""), of_sums(Grain::Cells, &outside, "-"))
    };
    let late = format!("f.late_at < {}", counted(3));
    let sql = Sql::composed(format!(
        "SELECT x.k, {sums}, \
         coalesce(CAST(sum(CASE WHEN x.inside THEN 0 ELSE x.received - x.closed END) AS bigint), 0), \
         coalesce(CAST(sum(x.overdue) AS bigint), 0), \
         coalesce(CAST(sum(CASE WHEN x.inside THEN x.open_overdue ELSE 0 END) AS bigint), 0) FROM (\
         {kept} UNION ALL SELECT {fact_key}, f.month >= $1, {nothing}, 1, 1 FROM performance_facts f \
         WHERE f.ended_at IS NULL AND f.late_at < $3 AND {late} AND f.month < $2 {inside_only_facts}{of_facts} \
         UNION ALL SELECT {fact_key}, f.month >= $1, {nothing}, 1, 0 FROM performance_facts f \
         WHERE f.outcome = 'late' AND f.end_month >= $2 AND f.late_at < $3 AND f.month < $2 {inside_only_facts}{of_facts}\
         ) x GROUP BY x.k"
    ));
    let mut lines = values
        .bind_to(sql)
        .all(c, |row| {
            let after = 1 + Measure::ALL.len();
            Ok(Line {
                key: group.read(&row)?,
                counts: counts(&row, 1)?,
                carried: row.get(after)?,
                overdue: row.get(after + 1)?,
                overdue_received: row.get(after + 2)?,
            })
        })
        .await?;
    lines.retain(|line| *line != Line { key: line.key.clone(), ..Line::default() });
    match group {
        Group::Month => lines.sort_by(|one, other| one.key.cmp(&other.key)),
        _ => lines.sort_by_key(|line| (std::cmp::Reverse(line.counts[Measure::Received]), line.key.clone())),
    }
    Ok(lines)
}

/// Until when an open dossier counts: the request that it waits with, or the end of the span,
/// bound as `$end`.
pub(super) fn counted(end: usize) -> String {
    format!("CASE WHEN f.waiting_since < ${end} THEN f.waiting_since ELSE ${end} END")
}

/// The figures of all together.
pub async fn whole(c: &impl Connection, narrow: &Narrow, span: &Span) -> Result<Line> {
    Ok(lines(c, Group::Whole, narrow, span).await?.into_iter().next().unwrap_or_default())
}

/// The procedures of which a dossier was received online in the span, by their codes.
pub async fn procedures_used_online(c: &impl Connection, span: &Span) -> Result<Vec<String>> {
    Sql::new(
        "SELECT DISTINCT procedure_code FROM performance_procedure_months \
         WHERE month >= $1 AND month < $2 AND online > 0 ORDER BY 1",
    )
    .bind(span.from)
    .bind(span.to)
    .all(c, |row| row.get(0))
    .await
}
