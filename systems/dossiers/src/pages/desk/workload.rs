//! What lies before an agency today and on the next working days, by who has it.

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use chrono::{Days, NaiveDate};
use directory::Position;
use directory::queries::positions;
use serde::{Deserialize, Serialize};
use store::MomentCursor;
use system::App;
use web::{Answer, Query, Visitor, filters};
use worktime::Calendar;
use worktime::ledger::Calendars;

use crate::queries::workload::{self, Load, Span, Task, Whose};

/// Working days that are shown after today.
const AHEAD: usize = 7;
/// No calendar is without a working day for so long.
const LONGEST_BREAK: u64 = 60;
const SIZE: usize = 50;
const PAGE: &str = "/mot-cua/khoi-luong";
const TASKS: &str = "/mot-cua/khoi-luong/viec";
const LATE: &str = "tre";

#[derive(Template)]
#[template(path = "dossiers/desk/workload.html")]
struct Workload {
    head: Vec<String>,
    bars: Vec<Bar>,
    rows: Vec<Row>,
}

struct Bar {
    name: String,
    said: String,
    share: i64,
    tone: &'static str,
}

struct Row {
    name: String,
    position: String,
    cells: Vec<Cell>,
}

/// A figure, what it says, and the steps behind it.
struct Cell {
    count: i64,
    href: String,
    name: String,
}

#[derive(Template)]
#[template(path = "dossiers/desk/tasks.html")]
struct Tasks {
    whose: String,
    when: String,
    back: &'static str,
    rows: Vec<Line>,
    next: String,
}

struct Line {
    task: Task,
    late: bool,
}

/// Which steps, in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "nguoi", skip_serializing_if = "String::is_empty")]
    person: String,
    #[serde(rename = "vai-tro", skip_serializing_if = "String::is_empty")]
    role: String,
    #[serde(rename = "don-vi", skip_serializing_if = "String::is_empty")]
    unit: String,
    #[serde(rename = "han", skip_serializing_if = "String::is_empty")]
    due: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

impl Wanted {
    fn of(whose: &Whose, due: &str) -> Self {
        let mut wanted = Self { due: due.to_owned(), ..Self::default() };
        match whose {
            Whose::Everybody => {}
            Whose::Person(person) => wanted.person = person.to_string(),
            Whose::Nobody { role, unit } => {
                wanted.role.clone_from(role);
                wanted.unit = unit.clone().unwrap_or_default();
            }
        }
        wanted
    }

    fn whose(&self) -> Whose {
        match self.person.parse::<Id>() {
            Ok(person) => Whose::Person(person),
            Err(_) if self.role.is_empty() => Whose::Everybody,
            Err(_) => {
                Whose::Nobody { role: self.role.clone(), unit: Some(self.unit.clone()).filter(|unit| !unit.is_empty()) }
            }
        }
    }
}

/// A column: what is late, or due until the end of a day and after the column before.
struct Column {
    /// In the address.
    word: String,
    text: String,
    span: Span,
}

fn columns(visitor: &Visitor, calendar: &Calendar) -> Vec<Column> {
    let now = visitor.now.utc();
    let late = Span { from: None, until: Some(now) };
    let mut columns = vec![Column { word: LATE.to_owned(), text: visitor.text("dossiers-workload-late"), span: late }];
    let mut from = now;
    for (place, day) in days(calendar, visitor.now.today()).into_iter().enumerate() {
        let until = base::hours_of(day).1;
        let text = if place == 0 { visitor.text("dossiers-workload-today") } else { named(visitor, day) };
        columns.push(Column { word: day.to_string(), text, span: Span { from: Some(from), until: Some(until) } });
        from = until;
    }
    columns
}

/// Today, whatever day it is, and the working days that follow.
fn days(calendar: &Calendar, today: NaiveDate) -> Vec<NaiveDate> {
    let later = (1..LONGEST_BREAK).map(|days| today + Days::new(days));
    let working = later.filter(|day| calendar.day(*day).is_some_and(worktime::Day::is_working));
    std::iter::once(today).chain(working.take(AHEAD)).collect()
}

fn named(visitor: &Visitor, day: NaiveDate) -> String {
    format!("{} {}", web::weekday(visitor.lang, day), day.format("%d/%m"))
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let officer = visitor.caller.officer()?;
    let c = app.store.read();
    let columns = columns(&visitor, &app.parts.get::<Calendars>()?.of(officer.agency));
    let spans: Vec<Span> = columns.iter().map(|column| column.span).collect();
    let loads = workload::load(c, officer.agency, &spans).await?;
    let positions = positions(c, officer.agency, visitor.now.today()).await?;
    let everybody = sum(&visitor, &loads, columns.len());
    let mut head: Vec<String> = ["dossiers-workload-who", "dossiers-workload-position", "dossiers-workload-open"]
        .map(|text| visitor.text(text))
        .into();
    head.extend(columns.iter().map(|column| column.text.clone()));
    let rows: Result<Vec<Row>> =
        loads.iter().chain([&everybody]).map(|load| row(&visitor, load, &positions, &columns)).collect();
    let page = Workload { head, bars: bars(&everybody, &columns), rows: rows? };
    visitor.page(&visitor.text("dossiers-workload-title"), &page)
}

fn sum(visitor: &Visitor, loads: &[Load], columns: usize) -> Load {
    Load {
        whose: Whose::Everybody,
        name: visitor.text("dossiers-workload-everybody"),
        position: String::new(),
        open: loads.iter().map(|load| load.open).sum(),
        due: (0..columns).map(|column| loads.iter().map(|load| load.due[column]).sum()).collect(),
    }
}

fn bars(everybody: &Load, columns: &[Column]) -> Vec<Bar> {
    let most = everybody.due.iter().copied().max().unwrap_or(0).max(1);
    let tone = |place: usize| match place {
        0 => "late",
        1 => "warn",
        _ => "ok",
    };
    let bar = |(place, (column, count)): (usize, (&Column, &i64))| Bar {
        name: column.text.clone(),
        said: count.to_string(),
        share: count * 100 / most,
        tone: tone(place),
    };
    columns.iter().zip(&everybody.due).enumerate().map(bar).collect()
}

fn row(visitor: &Visitor, load: &Load, positions: &[Position], columns: &[Column]) -> Result<Row> {
    let (name, position) = titles(visitor, load, positions);
    let mut cells = vec![cell(load, load.open, "", &visitor.text("dossiers-workload-open"))?];
    for (column, count) in columns.iter().zip(&load.due) {
        cells.push(cell(load, *count, &column.word, &column.text)?);
    }
    Ok(Row { name, position, cells })
}

fn cell(load: &Load, count: i64, due: &str, name: &str) -> Result<Cell> {
    let href = web::address(TASKS, &Wanted::of(&load.whose, due))?;
    Ok(Cell { count, href, name: name.to_owned() })
}

/// Who it is, and in which position; of what nobody has taken, for which position it waits.
fn titles(visitor: &Visitor, load: &Load, positions: &[Position]) -> (String, String) {
    match &load.whose {
        Whose::Nobody { role, unit } => {
            let waits_for =
                |position: &&Position| position.kind.as_str() == role && (unit.is_none() || position.unit == *unit);
            let title = positions.iter().find(waits_for).map_or(role.as_str(), |position| position.title.as_str());
            (visitor.text("dossiers-desk-nobody"), title.to_owned())
        }
        _ => (load.name.clone(), load.position.clone()),
    }
}

/// The steps behind a figure.
pub(super) async fn tasks(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer()?;
    let c = app.store.read();
    let after = MomentCursor::read(&wanted.after)?;
    let columns = columns(&visitor, &app.parts.get::<Calendars>()?.of(officer.agency));
    let column = columns.iter().find(|column| column.word == wanted.due);
    let (whose, span) = (wanted.whose(), column.map(|column| column.span));
    let found = workload::tasks(c, officer.agency, &whose, span, after, SIZE).await?;
    let whose = match &whose {
        Whose::Everybody => visitor.text("dossiers-workload-everybody"),
        // From the rows: a name is told to those only who see what the person works on.
        Whose::Person(_) => found.rows.iter().find_map(|task| task.person.clone()).unwrap_or_default(),
        Whose::Nobody { .. } => visitor.text("dossiers-desk-nobody"),
    };
    let next = match found.next {
        Some(after) => web::address(TASKS, &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let now = visitor.now.utc();
    let line = |task: Task| Line { late: task.due_at.is_some_and(|due| due < now), task };
    let page = Tasks {
        whose,
        when: column.map(|column| column.text.clone()).unwrap_or_default(),
        back: PAGE,
        rows: found.rows.into_iter().map(line).collect(),
        next,
    };
    visitor.page(&visitor.text("dossiers-workload-tasks"), &page)
}

#[cfg(test)]
mod tests;
