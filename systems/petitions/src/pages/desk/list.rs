use askama::Template;
use axum::extract::State;
use base::Result;
use directory::queries::Names;
use serde::{Deserialize, Serialize};
use store::Cursor;
use system::App;
use web::{Answer, Choice, Pick, Query, Visitor, address, filters};

use super::LIST;
use crate::access::ENTER;
use crate::pages::choices::{self, none_or};
use crate::petition::{Petition, State as Standing};
use crate::queries::{self, Filter};
use crate::rules;

const SIZE: usize = 50;

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "tim", skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(rename = "ky-hop", skip_serializing_if = "String::is_empty")]
    meeting: String,
    #[serde(rename = "trang-thai", skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

#[derive(Template)]
#[template(path = "petitions/desk/list.html")]
struct ListPage<'a> {
    wanted: &'a Wanted,
    may_enter: bool,
    meetings: Vec<Choice>,
    picks: Vec<Pick>,
    rows: Vec<Row>,
    next: String,
}

struct Row {
    petition: Petition,
    field: String,
    words: String,
    agency: String,
    late: bool,
}

/// A line shows the beginning of what is asked.
const SHOWN: usize = 120;

/// The petitions in which the officer's agency takes part.
pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer()?;
    let before = Cursor::read(&wanted.after)?;
    let state = Standing::parse(&wanted.state);
    let meeting = wanted.meeting.parse().ok();
    let filter = Filter { words: wanted.words.clone(), state, meeting, ..Filter::default() };
    let found = queries::for_desk(app.store.read(), app.store.kind(), officer, &filter, before, SIZE).await?;
    let mut picks = vec![pick(&visitor, &wanted, None, state)?];
    for each in Standing::ALL {
        picks.push(pick(&visitor, &wanted, Some(each), state)?);
    }
    let next = match found.next {
        Some(after) => address(LIST, &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let page = ListPage {
        may_enter: officer.may(ENTER),
        meetings: none_or(&visitor, "petitions-any-meeting", choices::meetings(&app).await?),
        rows: rows(&app, &visitor, found.rows).await?,
        wanted: &wanted,
        picks,
        next,
    };
    visitor.page(&visitor.text("petitions-desk-title"), &page)
}

async fn rows(app: &App, visitor: &Visitor, petitions: Vec<Petition>) -> Result<Vec<Row>> {
    let mut names = Names::default();
    let mut rows = Vec::new();
    for petition in petitions {
        let words = petition.public_words.as_ref().unwrap_or(&petition.words);
        let mut shown: String = words.chars().take(SHOWN).collect();
        if shown.len() < words.len() {
            shown.push('…');
        }
        rows.push(Row {
            field: rules::field_title(&petition.field),
            words: shown,
            agency: names.of(app.store.read(), petition.agency).await?,
            late: petition.answered_at.is_none() && petition.is_late(visitor.now.utc()),
            petition,
        });
    }
    Ok(rows)
}

/// The list narrowed to a state, its words and meeting kept.
fn pick(visitor: &Visitor, wanted: &Wanted, state: Option<Standing>, current: Option<Standing>) -> Result<Pick> {
    let word = state.map_or("", Standing::as_str).to_owned();
    Ok(Pick {
        text: visitor.text(state.map_or("petitions-any-state", Standing::text)),
        href: address(LIST, &Wanted { state: word, after: String::new(), ..wanted.clone() })?,
        current: state == current,
    })
}
