use askama::Template;
use axum::extract::State;
use base::Result;
use directory::queries::Names;
use serde::{Deserialize, Serialize};
use store::Cursor;
use system::App;
use web::{Answer, Pick, Query, Visitor, address, filters};

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
    let before = Cursor::read(&wanted.after)?;
    let state = Standing::parse(&wanted.state);
    let filter = Filter { words: wanted.words.clone(), state, alone: !wanted.grouped.is_empty(), ..Filter::default() };
    let found = queries::for_desk(app.store.read(), app.store.kind(), officer, &filter, before, SIZE).await?;
    let grouped = Wanted { grouped: "co".to_owned(), after: String::new(), state: String::new(), ..wanted.clone() };
    let loose = Wanted { grouped: String::new(), ..grouped.clone() };
    let mut picks = vec![
        Pick {
            text: visitor.text("feedback-by-matter"),
            current: filter.alone,
            ..pick(&visitor, &grouped, None, None)?
        },
        Pick { current: state.is_none() && !filter.alone, ..pick(&visitor, &loose, None, None)? },
    ];
    for each in Standing::ALL {
        picks.push(pick(&visitor, &wanted, Some(each), state)?);
    }
    let next = match found.next {
        Some(after) => address(LIST, &Wanted { after, ..wanted.clone() })?,
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

/// The list narrowed to a state, its words kept.
fn pick(visitor: &Visitor, wanted: &Wanted, state: Option<Standing>, current: Option<Standing>) -> Result<Pick> {
    let word = state.map_or("", Standing::as_str).to_owned();
    Ok(Pick {
        text: visitor.text(state.map_or("feedback-any-state", Standing::text)),
        href: address(LIST, &Wanted { state: word, after: String::new(), ..wanted.clone() })?,
        current: state == current,
    })
}
