use askama::Template;
use axum::extract::State;
use base::Result;
use directory::queries::Names;
use serde::{Deserialize, Serialize};
use store::Cursor;
use system::App;
use web::{Answer, Query, Visitor, filters};

use super::LIST;
use crate::queries::{self, Filter};
use crate::report::{Report, State as Standing};
use crate::rules;

const SIZE: usize = 50;

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "tim", skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(rename = "trang-thai", skip_serializing_if = "String::is_empty")]
    state: String,
    /// Joined ones left out.
    #[serde(rename = "gop", skip_serializing_if = "String::is_empty")]
    grouped: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

#[derive(Template)]
#[template(path = "feedback/desk/list.html")]
struct ListPage<'a> {
    wanted: &'a Wanted,
    picks: Vec<Pick>,
    rows: Vec<Row>,
    next: String,
}

/// One state to narrow the list by.
struct Pick {
    text: &'static str,
    href: String,
    current: bool,
}

struct Row {
    report: Report,
    title: String,
    commune: String,
    agency: String,
    late: bool,
}

/// The reports in which the officer's agency takes part.
pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer()?;
    let before = if wanted.after.is_empty() { None } else { Some(wanted.after.parse::<Cursor>()?.0) };
    let state = Standing::parse(&wanted.state);
    let filter = Filter { words: wanted.words.clone(), state, alone: !wanted.grouped.is_empty(), ..Filter::default() };
    let found = queries::for_desk(app.store.read(), app.store.kind(), officer, &filter, before, SIZE).await?;
    let grouped = Wanted { grouped: "co".to_owned(), after: String::new(), state: String::new(), ..wanted.clone() };
    let loose = Wanted { grouped: String::new(), ..grouped.clone() };
    let mut picks = vec![
        Pick { current: filter.alone, ..pick("feedback-by-matter", &grouped, None, None)? },
        Pick { current: state.is_none() && !filter.alone, ..pick("feedback-any-state", &loose, None, None)? },
    ];
    for each in Standing::ALL {
        picks.push(pick(each.text(), &wanted, Some(each), state)?);
    }
    let next = match found.next {
        Some(after) => address(&Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let page = ListPage { picks, rows: rows(&app, &visitor, found.rows).await?, wanted: &wanted, next };
    visitor.page(&visitor.text("feedback-desk-title"), &page)
}

async fn rows(app: &App, visitor: &Visitor, reports: Vec<Report>) -> Result<Vec<Row>> {
    let mut names = Names::default();
    let mut rows = Vec::new();
    for report in reports {
        rows.push(Row {
            title: rules::kind_title(&report.kind),
            commune: names.of(app.store.read(), report.commune).await?,
            agency: names.of(app.store.read(), report.agency).await?,
            late: report.answered_at.is_none() && report.is_late(visitor.now.utc()),
            report,
        });
    }
    Ok(rows)
}

fn address(wanted: &Wanted) -> Result<String> {
    let said = serde_html_form::to_string(wanted)?;
    Ok(if said.is_empty() { LIST.to_owned() } else { format!("{LIST}?{said}") })
}

/// The list narrowed to a state, its words kept.
fn pick(text: &'static str, wanted: &Wanted, state: Option<Standing>, current: Option<Standing>) -> Result<Pick> {
    let word = state.map(|state| state.as_str().to_owned()).unwrap_or_default();
    let href = address(&Wanted { state: word, after: String::new(), ..wanted.clone() })?;
    Ok(Pick { text, href, current: state == current })
}
