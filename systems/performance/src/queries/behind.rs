use base::{Id, Result};
use directory::queries::scope_size;
use store::{Conditions, Connection, Slice, Sql};

use super::Narrow;
use super::lines::COUNTED;
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

    /// Its condition on a fact `f`; `$1` from, `$2` to, `$3` the moment as of which open ones are looked at.
    fn condition(self) -> String {
        let received = |what: &str| format!("f.month >= $1 AND f.month < $2{what}");
        let ended = |what: &str| format!("f.end_month >= $1 AND f.end_month < $2{what}");
        let open = |what: &str| format!("f.month < $2 AND (f.end_month IS NULL OR f.end_month >= $2){what}");
        let late = format!(
            "(CASE WHEN f.ended_at IS NULL THEN f.late_at < {COUNTED} ELSE f.outcome = 'late' AND f.late_at < $3 END)"
        );
        match self {
            Self::Received => received(""),
            Self::Carried => "f.month < $1 AND (f.end_month IS NULL OR f.end_month >= $1)".to_owned(),
            Self::Closed => ended(""),
            Self::Early => ended(" AND f.outcome = 'early'"),
            Self::OnTime => ended(" AND f.outcome = 'on-time'"),
            Self::Late => ended(" AND f.outcome = 'late'"),
            Self::Open => open(""),
            Self::Overdue => open(&format!(" AND {late}")),
            Self::OpenInTime => open(&format!(" AND (f.late_at IS NULL OR NOT {late})")),
            Self::Online => received(" AND f.channel = 'online'"),
            Self::FeeDue => received(" AND f.fee > 0"),
            Self::PaidOnline => received(" AND f.fee > 0 AND f.paid_online = TRUE"),
            Self::Digitised => received(" AND f.electronic = TRUE AND f.digitised = f.components"),
            Self::Reused => received(" AND f.reused > 0"),
            Self::Resolved => received(" AND f.minutes IS NOT NULL"),
        }
    }
}

/// A scope of more agencies has a good part of all dossiers: its newest are found by going down all of them.
const MANY_AGENCIES: usize = 50;

/// The dossiers behind a figure, newest first.
pub async fn behind(
    c: &impl Connection,
    figure: Behind,
    narrow: &Narrow,
    span: &Span,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Fact>> {
    let mut conditions = Conditions::after([span.from.into(), span.to.into(), span.end.into()]);
    let wide = match narrow.scope {
        Some(agency) => scope_size(c, agency).await? > MANY_AGENCIES,
        None => true,
    };
    narrow.narrow("f", &mut conditions, wide);
    if let Some(before) = before {
        conditions.and(|n| format!("f.id < ${n}"), before.uuid());
    }
    let columns: Vec<String> = FACT.split(", ").map(|column| format!("f.{}", column.trim())).collect();
    // Both databases want to know the type of each value: those that a figure does not need stand beside it.
    let sql = Sql::composed(format!(
        "SELECT {} FROM performance_facts f WHERE {}{} AND $1 <= $2 AND $3 IS NOT NULL ORDER BY f.id DESC LIMIT {}",
        columns.join(", "),
        figure.condition(),
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| fact(&row)).await?;
    Ok(Slice::of(rows, size, |fact| fact.id.to_string()))
}
