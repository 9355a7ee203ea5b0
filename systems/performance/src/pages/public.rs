//! How the province serves, by the national indicators; for everybody.

use ::system::{Access, App, Routes};
use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use base::{Error, Result};
use chrono::NaiveDate;
use province::{Indicator, Performance};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Answer, Query, Visitor, filters};

use super::choices::{self, Choice};
use super::procedures;
use super::sheets;
use super::shown::{self, Shown, point};
use crate::indicator::{self, ScoredGroup};
use crate::measure::Measure;
use crate::period::{Period, Span};
use crate::queries::{self, Group, Line, Narrow};
use crate::rules;
use web::sheet::{FileOf, Sheet, Value};

const PAGE: &str = "/ket-qua-phuc-vu";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/ket-qua-phuc-vu", Access::Public, page)
        .get("/ket-qua-phuc-vu/bang.csv", Access::Public, csv)
        .get("/ket-qua-phuc-vu/bang.xlsx", Access::Public, xlsx)
}

pub(super) fn api() -> Routes {
    Routes::new().get("/api/v1/performance", Access::Public, told)
}

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "ky", alias = "period", skip_serializing_if = "String::is_empty")]
    period: String,
    #[serde(rename = "bang", alias = "by", skip_serializing_if = "String::is_empty")]
    table: String,
    /// The day whose agencies are compared, `2025-06-30`; without it those that did the work.
    #[serde(rename = "dia-gioi", alias = "boundaries", skip_serializing_if = "String::is_empty")]
    boundaries: String,
    /// Of the table of parts, from 1.
    #[serde(rename = "trang", skip_serializing_if = "String::is_empty")]
    page: String,
}

/// Parts on one page.
const SIZE: usize = 20;
/// Columns that give a part its place; those after them are its indicators.
const RANK: usize = 4;

/// One of the sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Table {
    Indicators,
    By(Group),
}

impl Wanted {
    /// The period, and those of its months that are over.
    ///
    /// # Errors
    /// [`Error::Invalid`] for one of which no month is over yet.
    fn period(&self, visitor: &Visitor) -> Result<(Period, Span)> {
        let period = choices::wanted(&self.period, Period::last_month, visitor.now)?;
        let span = period.finished(visitor.now);
        Ok((period, span.ok_or_else(|| Error::invalid("ky", "performance-period-unfinished"))?))
    }

    fn table(&self) -> Result<Table> {
        match self.table.as_str() {
            "chi-so" | "indicator" => Ok(Table::Indicators),
            "" | "co-quan" | "agency" => Ok(Table::By(Group::Agency)),
            "linh-vuc" | "field" => Ok(Table::By(Group::Field)),
            "thu-tuc" | "procedure" => Ok(Table::By(Group::Procedure)),
            _ => Err(Error::invalid("bang", "performance-table-unknown")),
        }
    }

    fn at(&self, path: &str) -> Result<String> {
        Ok(format!("{path}?{}", serde_html_form::to_string(self)?))
    }

    /// Another table of the same period and boundaries.
    fn of(&self, period: Period, table: &str) -> Self {
        let (period, table) = (period.to_string(), table.to_owned());
        Self { period, table, boundaries: self.boundaries.clone(), page: String::new() }
    }

    /// Addresses of the two kinds of file.
    fn downloads(&self) -> Result<(String, String)> {
        Ok((self.at("/ket-qua-phuc-vu/bang.csv")?, self.at("/ket-qua-phuc-vu/bang.xlsx")?))
    }

    /// # Errors
    /// [`Error::Invalid`] for what is no day.
    fn boundaries(&self) -> Result<Option<NaiveDate>> {
        if self.boundaries.is_empty() {
            return Ok(None);
        }
        let day = base::iso_day(&self.boundaries);
        day.map(Some).ok_or_else(|| Error::invalid("dia-gioi", "performance-boundaries-wrong"))
    }

    /// A page of rows, and the addresses of those before and after it.
    fn turned(&self, sheet: &mut Sheet) -> Result<(String, String)> {
        let last = sheet.rows.len().div_ceil(SIZE).max(1);
        let number = self.page.parse().unwrap_or(1).clamp(1, last);
        let rows = std::mem::take(&mut sheet.rows);
        sheet.rows = rows.into_iter().skip((number - 1) * SIZE).take(SIZE).collect();
        let at =
            |page: usize| -> Result<String> { Ok(Self { page: page.to_string(), ..self.clone() }.at(PAGE)? + "#bang") };
        let previous = if number > 1 { at(number - 1)? } else { String::new() };
        let next = if number < last { at(number + 1)? } else { String::new() };
        Ok((previous, next))
    }
}

#[derive(Template)]
#[template(path = "performance/public.html")]
struct Page {
    period: String,
    periods: Vec<Choice>,
    score: String,
    attainable: String,
    figures: Vec<Figure>,
    bars: Vec<Bar>,
    groups: Shown,
    indicators: Shown,
    notes: Vec<String>,
    /// How many procedures of the period nobody knows the decision of, and where they stand.
    unknown: Option<(i64, String)>,
    picks: Vec<Pick>,
    /// As it stands in the box.
    boundaries: String,
    /// The parts with their places alone.
    ranks: Shown,
    parts: Shown,
    previous: String,
    next: String,
    downloads: [(String, String); 2],
}

struct Figure {
    number: String,
    text: &'static str,
}

/// A group in the picture.
struct Bar {
    name: String,
    said: String,
    share: i64,
    tone: &'static str,
}

struct Pick {
    text: &'static str,
    href: String,
    current: bool,
}

async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let (period, span) = wanted.period(&visitor)?;
    let point = point(&visitor);
    let hundredths = |number: i64| Value::Hundredths(number).shown(point);
    let group = match wanted.table()? {
        Table::By(group) => group,
        Table::Indicators => Group::Agency,
    };
    let lines = lines(&app, group, wanted.boundaries()?, &span).await?;
    let whole = Line::sum(&lines);
    let known = indicator::of_province(&app, &span, &whole).await?;
    let groups = indicator::scored(rules()?, &known);
    let pick = |(each, word)| {
        let href = wanted.of(period, word).at(PAGE)? + "#bang";
        Ok(Pick { text: sheets::by(each), href, current: each == group })
    };
    let picks: Result<Vec<Pick>> = PARTS.into_iter().map(pick).collect();
    let mut parts = sheets::compared(&app, &visitor, group, lines).await?;
    let (previous, next) = Wanted { period: period.to_string(), ..wanted.clone() }.turned(&mut parts)?;
    let page = Page {
        boundaries: wanted.boundaries.clone(),
        previous,
        next,
        period: period.to_string(),
        periods: choices::periods(&visitor, period, true),
        score: hundredths(groups.iter().map(ScoredGroup::score).sum()),
        attainable: hundredths(groups.iter().map(ScoredGroup::attainable).sum()),
        figures: figures(&whole, point),
        bars: bars(&visitor, &groups),
        groups: Shown::of(&visitor, of_groups(&visitor, &groups)),
        indicators: Shown::of(&visitor, shown::brief(&visitor, sheets::indicators(&visitor, period, &groups)?)),
        notes: notes(rules()?),
        unknown: match known.get(indicator::UNKNOWN) {
            Some(many) if *many > 0 => Some((*many, procedures::unknown(period)?)),
            _ => None,
        },
        picks: picks?,
        ranks: Shown::of(&visitor, shown::first(RANK, &parts)),
        parts: Shown::of(&visitor, parts),
        downloads: [wanted.of(period, "chi-so").downloads()?, wanted.of(period, word(group)).downloads()?],
    };
    visitor.page(&visitor.text("performance-public-title"), &page)
}

/// What is to be known of indicators.
fn notes(rules: &Performance) -> Vec<String> {
    let note = |indicator: &Indicator| Some(format!("{}: {}", indicator.code, indicator.note.as_ref()?));
    rules.indicators.iter().filter_map(note).collect()
}

const PARTS: [(Group, &str); 3] =
    [(Group::Agency, "co-quan"), (Group::Field, "linh-vuc"), (Group::Procedure, "thu-tuc")];

fn word(group: Group) -> &'static str {
    PARTS.iter().find(|(each, _)| *each == group).map_or("", |(_, word)| word)
}

/// The lines of a group; those of agencies by the boundaries of a day, if one is asked for.
async fn lines(app: &App, group: Group, boundaries: Option<NaiveDate>, span: &Span) -> Result<Vec<Line>> {
    let c = app.store.read();
    let lines = queries::lines(c, group, &Narrow::default(), span).await?;
    match boundaries.filter(|_| group == Group::Agency) {
        Some(day) => queries::by_boundary(lines, &directory::queries::boundaries(c, day).await?),
        None => Ok(lines),
    }
}

fn figures(whole: &Line, point: char) -> Vec<Figure> {
    let received = whole.counts[Measure::Received];
    let share = |part: i64| match received {
        0 => "–".to_owned(),
        received => format!("{}%", Value::Hundredths(part * 10_000 / received).shown(point)),
    };
    vec![
        Figure { number: received.to_string(), text: "performance-received" },
        Figure { number: share(whole.in_time()), text: "performance-share-in-time" },
        Figure { number: share(whole.counts[Measure::Online]), text: "performance-share-online" },
    ]
}

/// Below this share a group is late, below that one it is to be watched.
const TONES: [(i64, &str); 3] = [(50, "late"), (80, "warn"), (101, "ok")];

fn bars(visitor: &Visitor, groups: &[ScoredGroup]) -> Vec<Bar> {
    let point = point(visitor);
    let hundredths = |number: i64| Value::Hundredths(number).shown(point);
    let bar = |group: &ScoredGroup| {
        let share = group.share().unwrap_or(0);
        let said = match group.share() {
            Some(_) => format!("{}/{}", hundredths(group.score()), hundredths(group.attainable())),
            None if group.indicators.iter().any(|scored| scored.value == indicator::Value::NothingArose) => {
                visitor.text("performance-nothing-arose")
            }
            None => visitor.text("performance-no-source"),
        };
        let tone = TONES.iter().find(|(below, _)| share < *below).map_or("ok", |(_, tone)| tone);
        Bar { name: group.group.name.clone(), said, share, tone }
    };
    groups.iter().map(bar).collect()
}

/// The groups as the table beside the picture.
fn of_groups(visitor: &Visitor, groups: &[ScoredGroup]) -> Sheet {
    let column = |key, text: &str| web::sheet::Column { key, text: visitor.text(text) };
    let row = |group: &ScoredGroup| {
        let score = group.share().map_or(Value::Nothing, |_| Value::Hundredths(group.score()));
        let cells = [
            Value::Text(group.group.name.clone()),
            score,
            Value::Hundredths(group.attainable()),
            Value::Number(group.group.points.into()),
        ];
        cells.map(web::sheet::Cell::from).to_vec()
    };
    Sheet {
        title: visitor.text("performance-groups"),
        columns: vec![
            column("group", "performance-group"),
            column("score", "performance-score"),
            column("attainable", "performance-attainable"),
            column("points", "performance-points"),
        ],
        rows: groups.iter().map(row).collect(),
    }
}

/// The sheet that the address asks for.
async fn sheet(app: &App, visitor: &Visitor, wanted: &Wanted) -> Result<(Period, Sheet)> {
    let (period, span) = wanted.period(visitor)?;
    let sheet = match wanted.table()? {
        Table::Indicators => {
            let whole = queries::whole(app.store.read(), &Narrow::default(), &span).await?;
            let known = indicator::of_province(app, &span, &whole).await?;
            sheets::indicators(visitor, period, &indicator::scored(rules()?, &known))?
        }
        Table::By(group) => {
            let lines = lines(app, group, wanted.boundaries()?, &span).await?;
            sheets::compared(app, visitor, group, lines).await?
        }
    };
    Ok((period, sheet))
}

async fn take(app: &App, visitor: &Visitor, wanted: &Wanted, kind: FileOf) -> Answer {
    let (period, sheet) = sheet(app, visitor, wanted).await?;
    let table = if wanted.table.is_empty() { "co-quan" } else { &wanted.table };
    Ok(sheet.file(kind, &format!("ket-qua-phuc-vu-{period}-{table}"))?)
}

async fn csv(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    take(&app, &visitor, &wanted, FileOf::Csv).await
}

async fn xlsx(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    take(&app, &visitor, &wanted, FileOf::Xlsx).await
}

async fn told(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let (period, sheet) = sheet(&app, &visitor, &wanted).await?;
    Ok(Json(json!({ "period": period.to_string(), "rows": sheet.json() })).into_response())
}
