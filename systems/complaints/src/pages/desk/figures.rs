//! How many letters, of what, from where, and how they were settled.

use askama::Template;
use axum::extract::State;
use base::{Error, Result, ZONE};
use chrono::{Datelike as _, NaiveDate, NaiveTime};
use directory::queries::Names;
use serde::Deserialize;
use system::App;
use web::{Answer, Query, Visitor, filters};

use crate::letter::{Kind, Outcome};
use crate::pages::day;
use crate::queries::{self, Cut, Period, Spot, Totals};
use crate::rules::{self, rules};

#[derive(Template)]
#[template(path = "complaints/desk/figures.html")]
struct Page {
    from: NaiveDate,
    to: NaiveDate,
    figures: Figures,
}

/// The figures of a period, as a page and a report show them.
pub(super) struct Figures {
    pub(super) whole: Totals,
    pub(super) tables: Vec<Table>,
    pub(super) spots: Vec<Place>,
}

impl Figures {
    /// As a report has them: title, head and rows of each table.
    pub(super) fn parts(&self, visitor: &Visitor) -> Vec<(String, Vec<String>, Vec<Vec<String>>)> {
        const COLUMNS: [&str; 6] = [
            "complaints-figures-received",
            "complaints-figures-settled",
            "complaints-figures-accepted",
            "complaints-figures-decided",
            "complaints-figures-in-time",
            "complaints-figures-late",
        ];
        let figures = |totals: &Totals| {
            let Totals { received, settled, accepted, decided, in_time, late, .. } = totals;
            [received, settled, accepted, decided, in_time, late].map(i64::to_string)
        };
        let table = |table: &Table| {
            let title = visitor.text(table.title);
            let columns = std::iter::once(title.clone()).chain(COLUMNS.map(|key| visitor.text(key))).collect();
            let row = |row: &Row| std::iter::once(row.name.clone()).chain(figures(&row.totals)).collect();
            (title, columns, table.rows.iter().map(row).collect())
        };
        let spots = |place: &Place| {
            vec![
                format!("{}: {}", place.commune, place.field),
                place.spot.letters.to_string(),
                place.spot.people.to_string(),
            ]
        };
        let title = visitor.text("complaints-figures-spots");
        let columns = ["complaints-commune", "complaints-figures-received", "complaints-people"];
        let hot = (title, columns.map(|key| visitor.text(key)).into(), self.spots.iter().map(spots).collect());
        self.tables.iter().map(table).chain([hot]).filter(|(_, _, rows): &(_, _, Vec<_>)| !rows.is_empty()).collect()
    }
}

/// One breakdown.
pub(super) struct Table {
    /// Key of its title.
    pub(super) title: &'static str,
    pub(super) rows: Vec<Row>,
}

pub(super) struct Row {
    pub(super) name: String,
    pub(super) totals: Totals,
}

/// A hot spot, and its share of the largest one in percent.
pub(super) struct Place {
    pub(super) spot: Spot,
    pub(super) commune: String,
    pub(super) field: String,
    pub(super) share: i64,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    tu: String,
    #[serde(default)]
    den: String,
}

impl Wanted {
    /// The days that were asked for; else this year until today.
    pub(super) fn days(&self, visitor: &Visitor) -> Result<(NaiveDate, NaiveDate)> {
        let today = visitor.now.today();
        let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        Ok((day(&self.tu, "tu")?.unwrap_or(first), day(&self.den, "den")?.unwrap_or(today)))
    }
}

/// The period from the morning of a day to the end of another.
fn period(from: NaiveDate, to: NaiveDate) -> Result<Period> {
    let wrong = || Error::invalid("den", "complaints-day-wrong");
    let midnight = |day: NaiveDate| {
        let at = day.and_time(NaiveTime::MIN).and_local_timezone(ZONE).single();
        at.map(|at| at.to_utc()).ok_or_else(wrong)
    };
    Ok(Period { from: midnight(from)?, to: midnight(to.succ_opt().ok_or_else(wrong)?)? })
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let (from, to) = wanted.days(&visitor)?;
    let page = Page { from, to, figures: figures(&app, &visitor, from, to).await? };
    visitor.page(&visitor.text("complaints-figures-title"), &page)
}

pub(super) async fn figures(app: &App, visitor: &Visitor, from: NaiveDate, to: NaiveDate) -> Result<Figures> {
    let (c, officer, now) = (app.store.read(), visitor.caller.officer()?, visitor.now.utc());
    let (period, crowd) = (period(from, to)?, rules()?.crowd);
    let mut names = Names::default();
    let mut tables = Vec::new();
    for (cut, title) in [
        (Cut::Kind, "complaints-figures-by-kind"),
        (Cut::Field, "complaints-figures-by-field"),
        (Cut::Outcome, "complaints-figures-by-outcome"),
        (Cut::Agency, "complaints-figures-by-agency"),
    ] {
        let mut rows = Vec::new();
        for line in queries::by(c, cut, officer, period, now, crowd).await? {
            let name = match cut {
                Cut::Agency => names.of(app.store.read(), line.word.parse()?).await?,
                _ => word(visitor, cut, &line.word),
            };
            rows.push(Row { name, totals: line.totals });
        }
        tables.push(Table { title, rows });
    }
    let spots = queries::hot_spots(c, officer, period, rules()?.hot_spot.letters).await?;
    let largest = spots.iter().map(|spot| spot.letters).max().unwrap_or(1).max(1);
    let mut places = Vec::new();
    for spot in spots {
        places.push(Place {
            commune: names.of(app.store.read(), spot.commune).await?,
            field: rules::field_title(&spot.field),
            share: spot.letters * 100 / largest,
            spot,
        });
    }
    let whole = queries::totals(c, officer, period, now, crowd).await?;
    Ok(Figures { whole, tables, spots: places })
}

fn word(visitor: &Visitor, cut: Cut, word: &str) -> String {
    let known = match cut {
        Cut::Kind => Kind::parse(word).map(|kind| visitor.text(&kind.text())),
        Cut::Outcome => Outcome::parse(word).map(|outcome| visitor.text(&outcome.text())),
        _ => (!word.is_empty()).then(|| rules::field_title(word)),
    };
    known.unwrap_or_else(|| visitor.text("complaints-undetermined"))
}
