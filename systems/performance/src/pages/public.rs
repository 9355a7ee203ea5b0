//! How the province serves, by the national indicators; for everybody.

use ::system::{Access, App, Routes};
use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use base::{Error, Result};
use province::{Indicator, Performance};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Answer, Query, Visitor, filters};

use super::choices::{self, Choice};
use super::sheets;
use super::shown::{Shown, point};
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
}

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

    fn of(period: Period, table: &str) -> Self {
        Self { period: period.to_string(), table: table.to_owned() }
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
    picks: Vec<Pick>,
    parts: Shown,
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
    let lines = lines(&app, group, &span).await?;
    let whole = Line::sum(&lines);
    let known = indicator::of_province(&app, &span, &whole).await?;
    let groups = indicator::scored(rules()?, &known);
    let pick = |(each, word)| {
        let href = Wanted::of(period, word).at(PAGE)? + "#bang";
        Ok(Pick { text: sheets::by(each), href, current: each == group })
    };
    let picks: Result<Vec<Pick>> = PARTS.into_iter().map(pick).collect();
    let page = Page {
        period: period.to_string(),
        periods: choices::periods(&visitor, period, true),
        score: hundredths(groups.iter().map(ScoredGroup::score).sum()),
        attainable: hundredths(groups.iter().map(ScoredGroup::attainable).sum()),
        figures: figures(&whole, point),
        bars: bars(&visitor, &groups),
        groups: Shown::of(&visitor, of_groups(&visitor, &groups)),
        indicators: Shown::of(&visitor, sheets::indicators(&visitor, period, &groups)?),
        notes: notes(rules()?),
        picks: picks?,
        parts: Shown::of(&visitor, sheets::compared(&app, &visitor, group, lines).await?),
        downloads: [downloads(period, "chi-so")?, downloads(period, word(group))?],
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

async fn lines(app: &App, group: Group, span: &Span) -> Result<Vec<Line>> {
    queries::lines(app.store.read(), group, &Narrow::default(), span).await
}

/// Addresses of the two kinds of file.
fn downloads(period: Period, table: &str) -> Result<(String, String)> {
    let wanted = Wanted::of(period, table);
    Ok((wanted.at("/ket-qua-phuc-vu/bang.csv")?, wanted.at("/ket-qua-phuc-vu/bang.xlsx")?))
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
        Table::By(group) => sheets::compared(app, visitor, group, lines(app, group, &span).await?).await?,
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
