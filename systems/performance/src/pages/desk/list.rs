//! The dossiers behind a figure.

use askama::Template;
use axum::extract::State;
use base::{Error, Result};
use store::Cursor;
use system::App;
use web::{Answer, Query, Visitor, filters};

use super::super::choices;
use super::super::sheets;
use super::super::shown::Shown;
use super::{BEHIND, Narrowing, PAGE, Wanted};
use crate::queries::{self, Behind};
use web::sheet::{FileOf, Sheet};

/// Rows of a file at most, the newest first.
const ROWS: usize = 50_000;
pub(super) const SIZE: usize = 50;
/// Rows of a file that are read at once.
const SLICE: usize = 1000;

#[derive(Template)]
#[template(path = "performance/list.html")]
pub(super) struct Page {
    pub(super) figure: &'static str,
    /// What is said where there are none.
    pub(super) nothing: &'static str,
    pub(super) period: String,
    pub(super) back: String,
    pub(super) narrowings: Vec<Narrowing>,
    pub(super) table: Shown,
    pub(super) next: String,
    /// None where the list is not taken along.
    pub(super) downloads: Option<(String, String)>,
}

/// The figure in the address.
fn figure(wanted: &Wanted) -> Result<Behind> {
    if wanted.figure.is_empty() {
        return Ok(Behind::Received);
    }
    Behind::parse(&wanted.figure).ok_or_else(|| Error::invalid("so", "performance-table-unknown"))
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let wanted = wanted.dated(&visitor)?;
    let figure = figure(&wanted)?;
    let before = if wanted.after.is_empty() { None } else { Some(wanted.after.parse::<Cursor>()?.0) };
    let (narrow, span) = (wanted.narrow(&visitor)?, wanted.span(&visitor)?);
    let found = queries::behind(app.store.read(), figure, &narrow, &span, before, SIZE).await?;
    let alone = Wanted { after: String::new(), ..wanted.clone() };
    let next = match found.next {
        Some(after) => Wanted { after, ..wanted.clone() }.at(BEHIND)?,
        None => String::new(),
    };
    let title = visitor.text(figure.text());
    let page = Page {
        figure: figure.text(),
        nothing: "performance-nothing",
        period: choices::name(&visitor, wanted.period(&visitor)?),
        back: Wanted { figure: String::new(), ..alone.clone() }.at(PAGE)?,
        narrowings: alone.narrowings(&app, &visitor, BEHIND).await?,
        table: Shown::of(&visitor, sheets::dossiers(&app, &visitor, title.clone(), found.rows).await?),
        next,
        downloads: Some((alone.at("/thong-ke/ho-so.csv")?, alone.at("/thong-ke/ho-so.xlsx")?)),
    };
    visitor.page(&title, &page)
}

async fn sheet(app: &App, visitor: &Visitor, wanted: &Wanted) -> Result<Sheet> {
    let figure = figure(wanted)?;
    let (narrow, span) = (wanted.narrow(visitor)?, wanted.span(visitor)?);
    let (mut facts, mut before) = (Vec::new(), None);
    while facts.len() < ROWS {
        let slice = queries::behind(app.store.read(), figure, &narrow, &span, before, SLICE).await?;
        before = slice.rows.last().map(|fact| fact.id);
        facts.extend(slice.rows);
        if slice.next.is_none() {
            break;
        }
    }
    sheets::dossiers(app, visitor, visitor.text(figure.text()), facts).await
}

async fn take(app: &App, visitor: &Visitor, wanted: Wanted, kind: FileOf) -> Answer {
    let wanted = wanted.dated(visitor)?;
    let sheet = sheet(app, visitor, &wanted).await?;
    Ok(sheet.file(kind, &format!("ho-so-{}-{}", wanted.period, figure(&wanted)?.as_str()))?)
}

pub(super) async fn csv(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    take(&app, &visitor, wanted, FileOf::Csv).await
}

pub(super) async fn xlsx(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    take(&app, &visitor, wanted, FileOf::Xlsx).await
}
