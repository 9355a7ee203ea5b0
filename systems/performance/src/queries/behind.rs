use base::{Id, Result};
use chrono::{Months, NaiveDate};
use store::{Conditions, Connection, Slice, Sql};

use super::lines::counted;
use super::{Narrow, Seen, scope_of};
use crate::fact::Fact;
use crate::period::Span;
use crate::tables::{FACT, fact};

/// One figure as the dossiers it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    Received,
    Carried,
    Closed,
    Early,
    OnTime,
    Late,
    Open,
    OpenInTime,
    Overdue,
    Online,
    FeeDue,
    PaidOnline,
    Digitised,
    Reused,
    Resolved,
}

impl Behind {
    pub const ALL: [Self; 15] = [
        Self::Received,
        Self::Carried,
        Self::Closed,
        Self::Early,
        Self::OnTime,
        Self::Late,
        Self::Open,
        Self::OpenInTime,
        Self::Overdue,
        Self::Online,
        Self::FeeDue,
        Self::PaidOnline,
        Self::Digitised,
        Self::Reused,
        Self::Resolved,
    ];

    /// As it stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "tiep-nhan",
            Self::Carried => "ky-truoc",
            Self::Closed => "da-giai-quyet",
            Self::Early => "truoc-han",
            Self::OnTime => "dung-han",
            Self::Late => "qua-han",
            Self::Open => "dang-giai-quyet",
            Self::OpenInTime => "dang-trong-han",
            Self::Overdue => "dang-qua-han",
            Self::Online => "truc-tuyen",
            Self::FeeDue => "co-phi",
            Self::PaidOnline => "thanh-toan-truc-tuyen",
            Self::Digitised => "so-hoa",
            Self::Reused => "tai-su-dung",
            Self::Resolved => "co-ket-qua",
        }
    }

    /// As programs name it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Carried => "carried-over",
            Self::Closed => "ended",
            Self::Early => "ended-early",
            Self::OnTime => "ended-on-time",
            Self::Late => "ended-late",
            Self::Open => "open",
            Self::OpenInTime => "open-in-time",
            Self::Overdue => "open-late",
            Self::Online => "online",
            Self::FeeDue => "fee-due",
            Self::PaidOnline => "paid-online",
            Self::Digitised => "digitised",
            Self::Reused => "reused",
            Self::Resolved => "resolved",
        }
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Received => "performance-received",
            Self::Carried => "performance-carried-over",
            Self::Closed => "performance-ended",
            Self::Early => "performance-ended-early",
            Self::OnTime => "performance-ended-on-time",
            Self::Late => "performance-ended-late",
            Self::Open => "performance-open",
            Self::OpenInTime => "performance-open-in-time",
            Self::Overdue => "performance-open-late",
            Self::Online => "performance-online",
            Self::FeeDue => "performance-fee-due",
            Self::PaidOnline => "performance-paid-online",
            Self::Digitised => "performance-digitised",
            Self::Reused => "performance-reused",
            Self::Resolved => "performance-resolved",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// Its rows month by month, each with a condition on a fact `f`.
    fn parts(self, span: &Span, stock: &Stock, values: &mut Conditions) -> Vec<String> {
        let mut in_span = |column: &str, what: &str| -> Vec<String> {
            let months = months(span.from, span.to);
            months.map(|month| format!("f.{column} = ${}{what}", values.bind(month))).collect()
        };
        match self {
            Self::Received => in_span("month", ""),
            Self::Online => in_span("month", " AND f.channel = 'online'"),
            Self::FeeDue => in_span("month", " AND f.fee > 0"),
            Self::PaidOnline => in_span("month", " AND f.fee > 0 AND f.paid_online = TRUE"),
            Self::Digitised => in_span("month", " AND f.electronic = TRUE AND f.digitised = f.components"),
            Self::Reused => in_span("month", " AND f.reused > 0"),
            Self::Resolved => in_span("month", " AND f.minutes IS NOT NULL"),
            Self::Closed => in_span("end_month", ""),
            Self::Early => in_span("end_month", " AND f.outcome = 'early'"),
            Self::OnTime => in_span("end_month", " AND f.outcome = 'on-time'"),
            Self::Late => in_span("end_month", " AND f.outcome = 'late'"),
            Self::Carried => stock.parts(span.from, ("", ""), values),
            Self::Open => stock.parts(span.to, ("", ""), values),
            Self::Overdue | Self::OpenInTime => {
                let end = values.bind(span.end);
                let open = format!("f.late_at < {}", counted(end));
                let ended = format!("f.outcome = 'late' AND f.late_at < ${end}");
                let what = |late: &str| match self {
                    Self::Overdue => format!(" AND {late}"),
                    _ => format!(" AND (f.late_at IS NULL OR NOT ({late}))"),
                };
                stock.parts(span.to, (&what(&open), &what(&ended)), values)
            }
        }
    }
}

/// First days of months, from the first until before the last.
fn months(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(from), |month| month.checked_add_months(Months::new(1)))
        .take_while(move |month| *month < to)
}

/// Where what was open at some time may be found.
#[derive(Default)]
struct Stock {
    /// The month in which the oldest was received of those that are open.
    oldest_open: Option<NaiveDate>,
    /// The newest month in which one may have ended.
    newest_end: Option<NaiveDate>,
}

impl Stock {
    async fn of(c: &impl Connection, figure: Behind) -> Result<Self> {
        if !matches!(figure, Behind::Carried | Behind::Open | Behind::OpenInTime | Behind::Overdue) {
            return Ok(Self::default());
        }
        // In the order of the index of open ones, and not by a minimum: SQLite may look for that among all that never ended.
        let sql = "SELECT (SELECT f.month FROM performance_facts f WHERE f.end_month IS NULL AND f.month IS NOT NULL \
                   ORDER BY f.month, f.id LIMIT 1), (SELECT max(p.month) FROM performance_agency_months p)";
        Ok(Sql::new(sql)
            .one(c, |row| Ok(Self { oldest_open: row.get(0)?, newest_end: row.get(1)? }))
            .await?
            .unwrap_or_default())
    }

    /// What was received before the month and open at its beginning: those still open by the month of receipt, the others by
    /// that of their end; with a condition on each.
    fn parts(&self, month: NaiveDate, (open, ended): (&str, &str), values: &mut Conditions) -> Vec<String> {
        let mut parts = Vec::new();
        for received in self.oldest_open.into_iter().flat_map(|oldest| months(oldest, month)) {
            parts.push(format!("f.end_month IS NULL AND f.month = ${}{open}", values.bind(received)));
        }
        let after = self.newest_end.and_then(|newest| newest.checked_add_months(Months::new(1)));
        for end in after.into_iter().flat_map(|after| months(month, after)) {
            let (end, before) = (values.bind(end), values.bind(month));
            parts.push(format!("f.end_month = ${end} AND f.month < ${before} AND f.end_month > f.month{ended}"));
        }
        parts
    }
}

/// Parts that one statement is made of at most: each is planned, and SQLite takes no more than 500.
const PARTS: usize = 400;

/// Conditions for whose dossiers are asked for, `parts` times: one for each agency while these are few, so that the newest of
/// each are found without reading all that it has.
async fn whose(c: &impl Connection, seen: &Seen, parts: usize, values: &mut Conditions) -> Result<Vec<String>> {
    let Some(scope) = seen.narrow.scope else { return Ok(vec![seen.conditions("f", values)]) };
    let agencies = scope_of(c, scope).await?;
    if seen.narrow.agency.is_none() && agencies.len() * parts > PARTS {
        return Ok(vec![seen.conditions("f", values)]);
    }
    let asked = agencies.into_iter().filter(|agency| seen.narrow.agency.is_none_or(|asked| asked == *agency));
    let of = |agency| Narrow { scope: None, agency: Some(agency), ..seen.narrow.clone() }.conditions("f", values);
    Ok(asked.map(of).collect())
}

/// The dossiers behind a figure, newest first.
///
/// One statement: the newest of each month, of them the newest. An index in the order of the list begins with a month.
pub async fn behind(
    c: &impl Connection,
    figure: Behind,
    narrow: &Narrow,
    span: &Span,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Fact>> {
    let seen = Seen::of(c, narrow).await?;
    let mut values = Conditions::default();
    let parts = figure.parts(span, &Stock::of(c, figure).await?, &mut values);
    let whose = whose(c, &seen, parts.len(), &mut values).await?;
    let before = before.map_or_else(String::new, |id| format!(" AND f.id < ${}", values.bind(id.uuid())));
    let many = size + 1;
    let newest = |(part, whose): (&String, &String)| {
        format!(
            "SELECT b.id FROM (SELECT f.id FROM performance_facts f WHERE {part}{whose}{before} \
             ORDER BY f.id DESC LIMIT {many}) b"
        )
    };
    let newest: Vec<String> =
        parts.iter().flat_map(|part| whose.iter().map(move |whose| (part, whose))).map(newest).collect();
    if newest.is_empty() {
        return Ok(Slice::of(Vec::new(), size, |fact: &Fact| fact.id));
    }
    let columns: Vec<String> = FACT.split(", ").map(|column| format!("f.{}", column.trim())).collect();
    // CROSS JOIN: SQLite then goes along the few ids, and not down all facts.
    let sql = Sql::composed(format!(
        "SELECT {} FROM (SELECT a.id FROM ({}) a ORDER BY a.id DESC LIMIT {many}) x \
         CROSS JOIN performance_facts f WHERE f.id = x.id ORDER BY f.id DESC",
        columns.join(", "),
        newest.join(" UNION ALL "),
    ));
    let rows = values.bind_to(sql).all(c, |row| fact(&row)).await?;
    Ok(Slice::of(rows, size, |fact| fact.id))
}
