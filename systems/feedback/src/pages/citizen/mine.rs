use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Query, Visitor, filters};

use crate::report::Report;
use crate::{queries, rules};

const SIZE: usize = 20;

#[derive(Template)]
#[template(path = "feedback/citizen/mine.html")]
struct Mine {
    rows: Vec<Line>,
    next: String,
}

struct Line {
    report: Report,
    title: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    truoc: String,
}

/// What a person sent under their name.
pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let person = visitor.caller.citizen()?.person;
    let before = Cursor::read(&asked.truoc)?;
    let slice = queries::of_reporter(app.store.read(), person, before, SIZE).await?;
    let line = |report: Report| Line { title: rules::kind_title(&report.kind), report };
    let page = Mine {
        rows: slice.rows.into_iter().map(line).collect(),
        next: slice.next.map(|cursor| format!("/phan-anh/cua-toi?truoc={cursor}")).unwrap_or_default(),
    };
    visitor.page(&visitor.text("feedback-mine-title"), &page)
}
