//! What differs between two states, in words.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Money, Result};
use province::Tree;
use serde::Deserialize;
use system::App;
use web::{Answer, Path, Query, Visitor, filters};

use crate::actions::drafts::files_of_version;
use crate::catalogue::Catalogue;
use crate::edit::{Column, Difference, Kind, Section, Side, differences};
use crate::queries::drafts;

/// Two states: saves by number, a version by its id; what is not named is the last save, and what it would replace.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "tu")]
    from: Option<i64>,
    #[serde(rename = "den")]
    to: Option<i64>,
    #[serde(rename = "ban")]
    version: Option<Id>,
}

#[derive(Template)]
#[template(path = "procedures/diff.html")]
struct Page<'a> {
    code: &'a str,
    before: String,
    after: String,
    parts: Vec<Part>,
}

/// A section, and what differs in it.
pub(super) struct Part {
    pub(super) title: &'static str,
    pub(super) lines: Vec<String>,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let c = app.store.read();
    let last = drafts::last(c, &code).await?.ok_or(Error::NotFound)?;
    let after = match wanted.to {
        Some(number) => drafts::numbered(c, &code, number).await?,
        None => last,
    };
    let save = |number: i64| visitor.text_with("procedures-draft-save", &[("number", number.to_string())]);
    let (before, named) = match wanted.from {
        Some(number) => {
            let draft = drafts::numbered(c, &code, number).await?;
            (drafts::files(c, draft.id).await?, save(number))
        }
        None => published(&app, &visitor, &code, wanted.version).await?,
    };
    let found = differences(&before, &drafts::files(c, after.id).await?)?;
    let page = Page { code: &code, before: named, after: save(after.number), parts: parts(&visitor, &found) };
    visitor.page(&visitor.text("procedures-diff"), &page)
}

async fn published(app: &App, visitor: &Visitor, code: &str, wanted: Option<Id>) -> Result<(Tree, String)> {
    let shelf = Catalogue::of(app)?.shelf(visitor.now);
    let version = shelf.line(code).and_then(|line| line.wanted(wanted, visitor.now.today()));
    match version {
        Some(version) => {
            let named = visitor.text_with("procedures-diff-version", &[("day", web::date(version.from()))]);
            Ok((files_of_version(app, version).await?, named))
        }
        None if wanted.is_some() => Err(Error::NotFound),
        // What was never published differs from nothing.
        None => Ok((Tree::default(), visitor.text("procedures-diff-nothing-yet"))),
    }
}

pub(super) fn parts(visitor: &Visitor, found: &[Difference]) -> Vec<Part> {
    let of = |section: Section| {
        let here = found.iter().filter(|difference| difference.section == section);
        Part { title: section.title(), lines: here.map(|difference| line(visitor, difference)).collect() }
    };
    Section::ALL.into_iter().map(of).filter(|part| !part.lines.is_empty()).collect()
}

fn line(visitor: &Visitor, difference: &Difference) -> String {
    let row = difference.row.clone().unwrap_or_default();
    match &difference.side {
        Side::Added => visitor.text_with("procedures-diff-added", &[("row", row)]),
        Side::Removed => visitor.text_with("procedures-diff-removed", &[("row", row)]),
        Side::Moved => visitor.text("procedures-diff-moved"),
        Side::Else(file) => visitor.text_with("procedures-diff-else", &[("file", file.clone())]),
        Side::Changed(column, was, is) => {
            let values = [
                ("field", visitor.text(column.label)),
                ("was", said(visitor, column, was)),
                ("is", said(visitor, column, is)),
            ];
            let changed = visitor.text_with("procedures-diff-changed", &values);
            if row.is_empty() { changed } else { format!("{row}: {changed}") }
        }
    }
}

/// A value as people read it.
fn said(visitor: &Visitor, column: &Column, value: &str) -> String {
    match column.kind {
        Kind::Box | Kind::Mark | Kind::Flag(_) => {
            visitor.text(if value.is_empty() { "procedures-diff-no" } else { "procedures-diff-yes" })
        }
        Kind::Pick(options) | Kind::Unit(options) => {
            let option = options.iter().find(|(known, _)| *known == value);
            option.map_or_else(|| value.to_owned(), |(_, text)| visitor.text(text))
        }
        _ if value.is_empty() => "–".to_owned(),
        Kind::Dong => value.parse().map_or_else(|_| value.to_owned(), |amount| Money(amount).to_string()),
        Kind::Day => value.parse().map_or_else(|_| value.to_owned(), web::date),
        _ => value.lines().collect::<Vec<_>>().join("; "),
    }
}
