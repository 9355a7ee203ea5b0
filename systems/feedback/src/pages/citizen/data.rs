//! The public reports for other programs: a feed of the newest, and a table of all.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use base::{Error, Result};
use directory::queries::Names;
use system::App;
use web::{Answer, Visitor, filters};

use crate::queries::{self, Filter};
use crate::report::Report;
use crate::rules;

const IN_FEED: usize = 50;
/// Rows of the table at most, the newest first.
const IN_TABLE: usize = 50_000;
const SLICE: usize = 1000;

#[derive(Template)]
#[template(path = "feedback/citizen/rss.xml")]
struct Feed<'a> {
    site: &'a str,
    province: &'a str,
    items: Vec<Item>,
}

struct Item {
    report: Report,
    title: String,
    words: String,
    /// As RFC 2822 writes it, which RSS 2.0 asks for.
    published: String,
}

pub(super) async fn rss(State(app): State<App>, visitor: Visitor) -> Answer {
    let found = queries::public_list(app.store.read(), app.store.kind(), &Filter::default(), None, IN_FEED).await?;
    let item = |report: Report| {
        let moderated = report.moderated.as_ref()?;
        Some(Item {
            title: rules::kind_title(&report.kind),
            words: moderated.words.clone(),
            published: base::local(report.public_at?).to_rfc2822(),
            report,
        })
    };
    let feed = Feed {
        site: &app.settings.public_url,
        province: &app.settings.province.name,
        items: found.rows.into_iter().filter_map(item).collect(),
    };
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("application/rss+xml; charset=utf-8"))];
    Ok((headers, visitor.fragment(&feed)?).into_response())
}

const HEAD: [&str; 14] = [
    "code",
    "kind",
    "state",
    "lat",
    "lon",
    "place",
    "agency",
    "filed_at",
    "promised_at",
    "answered_at",
    "satisfied",
    "supports",
    "reports",
    "words",
];

pub(super) async fn csv(State(app): State<App>) -> Answer {
    let table = table(&app).await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"phan-anh.csv\"")),
    ];
    Ok((headers, table).into_response())
}

async fn table(app: &App) -> Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(HEAD)?;
    let (mut names, mut before, mut rows) = (Names::default(), None, 0);
    while rows < IN_TABLE {
        let filter = Filter::default();
        let slice = queries::public_list(app.store.read(), app.store.kind(), &filter, before, SLICE).await?;
        for report in &slice.rows {
            table.write_record(record(report, names.of(app.store.read(), report.agency).await?))?;
        }
        rows += slice.rows.len();
        before = slice.rows.last().map(|report| report.id);
        if slice.next.is_none() {
            break;
        }
    }
    table.into_inner().map_err(|error| Error::inside(error.error()))
}

fn record(report: &Report, agency: String) -> [String; 14] {
    let at = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| base::local(at).to_rfc3339()).unwrap_or_default();
    let degrees = |read: fn(geo::Place) -> f64| report.place.map(|place| read(place).to_string()).unwrap_or_default();
    let moderated = report.moderated.as_ref();
    [
        report.code.clone(),
        report.kind.clone(),
        report.state.as_str().to_owned(),
        degrees(geo::Place::lat_degrees),
        degrees(geo::Place::lon_degrees),
        typed(moderated.map(|moderated| moderated.place_words.as_str())),
        agency,
        at(Some(report.filed_at)),
        at(report.promised_at),
        at(report.answered_at),
        report.satisfied.map(|satisfied| satisfied.to_string()).unwrap_or_default(),
        report.supports.to_string(),
        report.weight().to_string(),
        typed(moderated.map(|moderated| moderated.words.as_str())),
    ]
}

/// What people typed, such that no spreadsheet takes it for a formula (OWASP, CSV Injection).
fn typed(words: Option<&str>) -> String {
    let words = words.unwrap_or_default();
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{words}") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(typed(Some("=HYPERLINK(\"x\")")), "'=HYPERLINK(\"x\")");
        assert_eq!(typed(Some("Rác đầu ngõ")), "Rác đầu ngõ");
    }
}
