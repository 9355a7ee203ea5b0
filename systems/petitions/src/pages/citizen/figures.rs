//! How petitions are answered, by field and result.

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use directory::queries::Names;
use province::Outcome;
use serde::Deserialize;
use system::App;
use web::{Answer, Choice, Query, Visitor, filters};

use crate::pages::choices::{self, none_or};
use crate::queries::{self, Counts, Group};
use crate::rules::{field_title, result_tone, rules};

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default, rename = "ky-hop")]
    meeting: String,
}

#[derive(Template)]
#[template(path = "petitions/citizen/figures.html")]
struct Page {
    meeting: String,
    meetings: Vec<Choice>,
    whole: Counts,
    in_time: Option<i64>,
    /// The results in the order of the rules; after them stand those without an answer.
    results: Vec<&'static Outcome>,
    fields: Vec<Row>,
    agencies: Vec<Row>,
}

/// One line of a table.
struct Row {
    name: String,
    counts: Counts,
    in_time: Option<i64>,
    /// Petitions of each result, as [`Page::results`] has them, and those without.
    of: Vec<Part>,
}

/// What part of a line has one result.
struct Part {
    count: i64,
    /// In percent.
    share: i64,
    tone: &'static str,
}

const fn percent(part: i64, of: i64) -> Option<i64> {
    if of > 0 { Some(part * 100 / of) } else { None }
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let meeting: Option<Id> = wanted.meeting.parse().ok();
    let (c, now) = (app.store.read(), visitor.now.utc());
    let whole = queries::totals(c, meeting, now).await?;
    let page = Page {
        meetings: none_or(&visitor, "petitions-any-meeting", choices::meetings(&app).await?),
        meeting: wanted.meeting,
        in_time: percent(whole.in_time, whole.answered),
        whole,
        results: rules()?.results.iter().collect(),
        fields: fields(&app, meeting, now).await?,
        agencies: agencies(&app, meeting, now).await?,
    };
    visitor.page(&visitor.text("petitions-figures-title"), &page)
}

async fn fields(app: &App, meeting: Option<Id>, now: chrono::DateTime<chrono::Utc>) -> Result<Vec<Row>> {
    let c = app.store.read();
    let by_result = queries::counts_by(c, Group::FieldAndResult, meeting, now).await?;
    let lines = queries::counts_by(c, Group::Field, meeting, now).await?;
    let results = &rules()?.results;
    let row = |line: queries::Line| {
        let part = |result: &str, tone: &'static str| {
            let same = by_result.iter().find(|one| one.first == line.first && one.second == result);
            let count = same.map_or(0, |one| one.counts.petitions);
            Part { count, share: percent(count, line.counts.petitions).unwrap_or_default(), tone }
        };
        let answered = results.iter().map(|result| part(&result.code, result_tone(&result.code)));
        Row {
            name: field_title(&line.first),
            of: answered.chain([part("", "wait")]).collect(),
            in_time: percent(line.counts.in_time, line.counts.answered),
            counts: line.counts,
        }
    };
    Ok(lines.into_iter().map(row).collect())
}

async fn agencies(app: &App, meeting: Option<Id>, now: chrono::DateTime<chrono::Utc>) -> Result<Vec<Row>> {
    let mut names = Names::default();
    let mut rows = Vec::new();
    for line in queries::counts_by(app.store.read(), Group::Agency, meeting, now).await? {
        rows.push(Row {
            name: names.of(app.store.read(), line.first.parse()?).await?,
            in_time: percent(line.counts.in_time, line.counts.answered),
            of: Vec::new(),
            counts: line.counts,
        });
    }
    Ok(rows)
}
