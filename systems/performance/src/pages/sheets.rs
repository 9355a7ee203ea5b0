//! The sheets: indicators, parts of the province beside each other, statistics, dossiers.

use std::cmp::Reverse;

use base::{Id, Now, Result};
use chrono::{DateTime, Utc};
use contracts::figures::{DossierFacts, ReportFacts};
use contracts::questions::Procedures;
use directory::queries::Names;
use province::{Indicator, IndicatorUnit};
use system::App;
use web::Visitor;

use super::choices;
use super::desk::{Wanted, reports};
use super::procedures;
use crate::fact::{Fact, Outcome};
use crate::indicator::{self, Scored, ScoredGroup};
use crate::measure::Measure;
use crate::period::Period;
use crate::queries::{Behind, Group, Line};
use crate::report::Report;
use crate::rules;
use web::sheet::{Cell, Column, Sheet, Value};

const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// Names of what lines are about.
pub(super) struct Titles<'a> {
    app: &'a App,
    visitor: &'a Visitor,
    agencies: Names,
}

impl<'a> Titles<'a> {
    pub(super) fn new(app: &'a App, visitor: &'a Visitor) -> Self {
        Self { app, visitor, agencies: Names::default() }
    }

    pub(super) async fn agency(&mut self, id: Id) -> Result<String> {
        self.agencies.of(self.app.store.read(), id).await
    }

    /// The name of a procedure; of one that is no longer in force, its code.
    pub(super) async fn procedure(&self, code: &str) -> Result<String> {
        let now: Now = self.visitor.now;
        let known = match self.app.ask::<dyn Procedures>() {
            Some(catalogue) => catalogue.in_force(code, now).await?,
            None => None,
        };
        Ok(known.map_or_else(|| code.to_owned(), |procedure| procedure.name.clone()))
    }

    async fn of(&mut self, group: Group, key: &str) -> Result<String> {
        Ok(match group {
            Group::Agency => self.agency(key.parse()?).await?,
            Group::Procedure => self.procedure(key).await?,
            Group::Month => choices::name(self.visitor, Period::month_of(key.parse()?)),
            Group::Field if key.is_empty() => self.visitor.text("performance-no-field"),
            Group::Whole | Group::Field => key.to_owned(),
        })
    }
}

/// Key of what a group is called as a column.
const fn heading(group: Group) -> (&'static str, &'static str) {
    match group {
        Group::Whole | Group::Agency => ("agency", "performance-agency"),
        Group::Field => ("field", "performance-field"),
        Group::Procedure => ("procedure", "performance-procedure"),
        Group::Month => ("month", "performance-month-column"),
    }
}

fn column(visitor: &Visitor, key: &'static str, text: &str) -> Column {
    Column { key, text: visitor.text(text) }
}

/// The indicators of a period, group by group; what opens to whoever looks leads there.
pub(super) fn indicators(visitor: &Visitor, period: Period, groups: &[ScoredGroup]) -> Result<Sheet> {
    let columns = [
        ("indicator", "performance-indicator"),
        ("value", "performance-value"),
        ("unit", "performance-unit"),
        ("numerator", "performance-numerator"),
        ("denominator", "performance-denominator"),
        ("score", "performance-score"),
        ("points", "performance-points"),
        ("group", "performance-group"),
    ];
    let row = |group: &ScoredGroup, scored: &Scored| -> Result<Vec<Cell>> {
        let Indicator { code, name, points, unit, .. } = scored.indicator;
        let opens = |measure: &Option<String>, count: i64| match measure.as_deref().filter(|_| count > 0) {
            Some(measure) => match procedures::behind(period, measure)? {
                None => reports::behind(visitor, period, measure),
                procedures => Ok(procedures),
            },
            None => Ok(None),
        };
        let counted = !matches!(scored.value, indicator::Value::NoSource);
        let number = |count: i64| if counted { Value::Number(count) } else { Value::Nothing };
        let unit = match unit {
            IndicatorUnit::Percent => Value::Text("%".to_owned()),
            IndicatorUnit::Days => Value::Text(visitor.text("performance-unit-days")),
        };
        let numerator = match scored.indicator.unit {
            IndicatorUnit::Percent => number(scored.numerator),
            IndicatorUnit::Days => days(scored.numerator),
        };
        let [name, value, unit, score, points, group] = [
            Value::Text(format!("{code} {name}")),
            value(visitor, scored.value),
            unit,
            scored.score.map_or(Value::Nothing, Value::Hundredths),
            Value::Number((*points).into()),
            Value::Text(group.group.name.clone()),
        ]
        .map(Cell::from);
        let numerator = Cell { value: numerator, href: opens(&scored.indicator.numerator, scored.numerator)? };
        let denominator =
            Cell { value: number(scored.denominator), href: opens(&scored.indicator.denominator, scored.denominator)? };
        Ok(vec![name, value, unit, numerator, denominator, score, points, group])
    };
    let rows = groups.iter().flat_map(|group| group.indicators.iter().map(move |scored| row(group, scored)));
    Ok(Sheet {
        title: visitor.text("performance-indicators"),
        columns: columns.map(|(key, text)| column(visitor, key, text)).into(),
        rows: rows.collect::<Result<_>>()?,
    })
}

/// Minutes as days with two decimals.
const fn days(minutes: i64) -> Value {
    Value::Hundredths(minutes * 100 / MINUTES_OF_A_DAY)
}

fn value(visitor: &Visitor, value: indicator::Value) -> Value {
    match value {
        indicator::Value::Percent(hundredths) => Value::Hundredths(hundredths),
        indicator::Value::Average(minutes) => days(minutes),
        indicator::Value::NothingArose => Value::Text(visitor.text("performance-nothing-arose")),
        indicator::Value::NoSource => Value::Text(visitor.text("performance-no-source")),
    }
}

/// Parts of the province beside each other, best first: by the indicators that dossiers alone give.
pub(super) async fn compared(app: &App, visitor: &Visitor, group: Group, lines: Vec<Line>) -> Result<Sheet> {
    let mut parts: Vec<(i64, Line, Vec<Scored>)> = Vec::new();
    for line in lines {
        let groups = indicator::scored(rules()?, &indicator::of_dossiers(&line));
        let score: i64 = groups.iter().map(ScoredGroup::score).sum();
        let attainable: i64 = groups.iter().map(ScoredGroup::attainable).sum();
        let share = if attainable > 0 { score * 10_000 / attainable } else { 0 };
        let shares = groups.into_iter().flat_map(|group| group.indicators);
        let shares =
            shares.filter(|scored| scored.indicator.points > 0 && !matches!(scored.value, indicator::Value::NoSource));
        parts.push((share, line, shares.collect()));
    }
    parts.retain(|(_, line, _)| line.counts[Measure::Received] > 0);
    parts.sort_by_key(|(share, line, _)| (Reverse(*share), Reverse(line.counts[Measure::Received]), line.key.clone()));
    let (key, text) = heading(group);
    let mut columns = vec![
        column(visitor, key, text),
        column(visitor, "rank", "performance-rank"),
        column(visitor, "score", "performance-score-of-hundred"),
        column(visitor, Behind::Received.key(), Behind::Received.text()),
    ];
    if let Some((_, _, shares)) = parts.first() {
        let share = |scored: &Scored| Column {
            key: &scored.indicator.code,
            text: format!("{} {} (%)", scored.indicator.code, scored.indicator.name),
        };
        columns.extend(shares.iter().map(share));
    }
    let mut titles = Titles::new(app, visitor);
    let mut rows = Vec::new();
    for (rank, (share, line, shares)) in parts.into_iter().enumerate() {
        let first = [
            Value::Text(titles.of(group, &line.key).await?),
            Value::Number(i64::try_from(rank + 1)?),
            Value::Hundredths(share),
            Value::Number(line.counts[Measure::Received]),
        ];
        let shares = shares.iter().map(|scored| value(visitor, scored.value));
        rows.push(first.into_iter().chain(shares).map(Cell::from).collect());
    }
    Ok(Sheet { title: visitor.text(by(group)), columns, rows })
}

/// Key of "by agency".
pub(super) const fn by(group: Group) -> &'static str {
    match group {
        Group::Whole | Group::Agency => "performance-by-agency",
        Group::Field => "performance-by-field",
        Group::Procedure => "performance-by-procedure",
        Group::Month => "performance-by-month",
    }
}

/// The statistics' columns; what stands at a moment is not told by months.
const STATISTICS: [Behind; 12] = [
    Behind::Received,
    Behind::Carried,
    Behind::Early,
    Behind::OnTime,
    Behind::Late,
    Behind::OpenInTime,
    Behind::Overdue,
    Behind::Online,
    Behind::FeeDue,
    Behind::PaidOnline,
    Behind::Digitised,
    Behind::Reused,
];

const fn stands(figure: Behind) -> bool {
    matches!(figure, Behind::Carried | Behind::OpenInTime | Behind::Overdue)
}

/// The statistics of an officer's agencies; every figure leads to its dossiers.
pub(super) async fn statistics(app: &App, visitor: &Visitor, wanted: &Wanted, lines: &[Line]) -> Result<Sheet> {
    let group = wanted.group()?;
    let figures: Vec<Behind> =
        STATISTICS.into_iter().filter(|figure| group != Group::Month || !stands(*figure)).collect();
    let (key, text) = heading(group);
    let mut columns = vec![column(visitor, key, text)];
    columns.extend(figures.iter().map(|figure| column(visitor, figure.key(), figure.text())));
    columns.push(column(visitor, "average-days", "performance-average-days"));
    let mut titles = Titles::new(app, visitor);
    let mut rows = Vec::new();
    for line in lines {
        let inside = wanted.of_line(&line.key)?;
        let name = Value::Text(titles.of(group, &line.key).await?);
        let mut row = vec![Cell { value: name, href: inside.deeper()? }];
        for figure in &figures {
            let count = line.figure(*figure);
            let href = if count == 0 { None } else { Some(inside.behind(*figure)?) };
            row.push(Cell { value: Value::Number(count), href });
        }
        row.push(average(line, &inside)?);
        rows.push(row);
    }
    Ok(Sheet { title: visitor.text(by(group)), columns, rows })
}

/// From receipt to the result, on average, in days.
pub(super) fn average(line: &Line, wanted: &Wanted) -> Result<Cell> {
    let resolved = line.counts[Measure::Resolved];
    if resolved == 0 {
        return Ok(Value::Nothing.into());
    }
    let value = days(line.counts[Measure::Minutes] / resolved);
    Ok(Cell { value, href: Some(wanted.behind(Behind::Resolved)?) })
}

/// Dossiers, each leading to its page on the desk.
pub(super) async fn dossiers(app: &App, visitor: &Visitor, title: String, facts: Vec<Fact>) -> Result<Sheet> {
    let columns = [
        ("code", "performance-code"),
        ("procedure", "performance-procedure"),
        ("agency", "performance-agency"),
        ("channel", "performance-channel"),
        ("received", "performance-received-on"),
        ("promised", "performance-promised-at"),
        ("ended", "performance-ended-at"),
        ("outcome", "performance-outcome"),
    ];
    let desk = app.ask::<dyn DossierFacts>();
    let mut titles = Titles::new(app, visitor);
    let mut rows = Vec::new();
    for fact in facts {
        let moment = |at: Option<_>| at.map_or(Value::Nothing, Value::Moment);
        let others = [
            Value::Text(titles.procedure(&fact.procedure).await?),
            Value::Text(titles.agency(fact.agency).await?),
            Value::Text(visitor.text(channel(&fact.channel))),
            fact.received_at.map_or(Value::Nothing, |at| Value::Day(base::local(at).date_naive())),
            moment(fact.promised_at),
            moment(fact.ended_at),
            Value::Text(visitor.text(outcome(&fact, visitor.now))),
        ];
        let href = desk.as_ref().map(|desk| desk.desk(&fact.code));
        let code = Cell { value: Value::Text(fact.code), href };
        rows.push(std::iter::once(code).chain(others.map(Cell::from)).collect());
    }
    Ok(Sheet { title, columns: columns.map(|(key, text)| column(visitor, key, text)).into(), rows })
}

/// Reports, each leading to its page on the desk; late is what was so at `end` of the period.
pub(super) async fn reports(app: &App, visitor: &Visitor, end: DateTime<Utc>, found: Vec<Report>) -> Result<Sheet> {
    let columns = [
        ("code", "performance-report-code"),
        ("agency", "performance-agency"),
        ("filed", "performance-report-filed"),
        ("ended", "performance-report-ended"),
        ("due", "performance-report-due"),
        ("outcome", "performance-outcome"),
    ];
    let desk = app.ask::<dyn ReportFacts>();
    let mut titles = Titles::new(app, visitor);
    let mut rows = Vec::new();
    for report in found {
        let moment = |at: Option<_>| Cell::from(at.map_or(Value::Nothing, Value::Moment));
        let outcome = if report.is_late(end) { "performance-reports-late" } else { "performance-reports-kept" };
        rows.push(vec![
            Cell { href: desk.as_ref().map(|desk| desk.desk(&report.code)), value: Value::Text(report.code) },
            Value::Text(titles.agency(report.agency).await?).into(),
            moment(Some(report.filed_at)),
            moment(report.answered_at.or(report.refused_at)),
            moment(report.late_at),
            Value::Text(visitor.text(outcome)).into(),
        ]);
    }
    let title = visitor.text("performance-reports-filed");
    Ok(Sheet { title, columns: columns.map(|(key, text)| column(visitor, key, text)).into(), rows })
}

fn channel(channel: &str) -> &'static str {
    match channel {
        "online" => "performance-channel-online",
        "post" => "performance-channel-post",
        _ => "performance-channel-counter",
    }
}

fn outcome(fact: &Fact, now: Now) -> &'static str {
    match fact.outcome() {
        Some(Outcome::Early) => "performance-ended-early",
        Some(Outcome::OnTime) => "performance-ended-on-time",
        Some(Outcome::Late) => "performance-ended-late",
        None if fact.is_late(now.utc()) => "performance-open-late",
        None if fact.waiting_since.is_some() => "performance-waiting",
        None => "performance-open-in-time",
    }
}
