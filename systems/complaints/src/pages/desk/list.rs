use askama::Template;
use axum::extract::State;
use base::Result;
use directory::queries::Names;
use serde::{Deserialize, Serialize};
use store::Cursor;
use system::App;
use web::{Answer, Pick, Query, Visitor, address, filters};

use super::LIST;
use crate::access::RECEIVE;
use crate::letter::{Kind, Letter, State as Standing};
use crate::queries::{self, Filter};
use crate::rules;

const SIZE: usize = 50;

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "tim", skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(rename = "loai", skip_serializing_if = "String::is_empty")]
    kind: String,
    #[serde(rename = "trang-thai", skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

#[derive(Template)]
#[template(path = "complaints/desk/list.html")]
struct ListPage<'a> {
    wanted: &'a Wanted,
    kinds: Vec<Pick>,
    picks: Vec<Pick>,
    rows: Vec<Row>,
    next: String,
    may_receive: bool,
}

struct Row {
    letter: Letter,
    field: String,
    agency: String,
    late: bool,
}

/// The letters in which the officer's agency takes part.
pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer()?;
    let before = Cursor::read(&wanted.after)?;
    let (state, kind) = (Standing::parse(&wanted.state), Kind::parse(&wanted.kind));
    let filter = Filter { words: wanted.words.clone(), state, kind };
    let found = queries::for_desk(app.store.read(), app.store.kind(), officer, &filter, before, SIZE).await?;
    let next = match found.next {
        Some(after) => address(LIST, &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let page = ListPage {
        kinds: kinds(&visitor, &wanted, kind)?,
        picks: states(&visitor, &wanted, state)?,
        rows: rows(&app, &visitor, found.rows).await?,
        may_receive: officer.may(RECEIVE),
        wanted: &wanted,
        next,
    };
    visitor.page(&visitor.text("complaints-desk-title"), &page)
}

async fn rows(app: &App, visitor: &Visitor, letters: Vec<Letter>) -> Result<Vec<Row>> {
    let mut names = Names::default();
    let mut rows = Vec::new();
    for letter in letters {
        rows.push(Row {
            field: letter.field.as_deref().map(rules::field_title).unwrap_or_default(),
            agency: names.of(app.store.read(), letter.agency).await?,
            late: letter.decided_at.is_none() && letter.is_late(visitor.now.utc()),
            letter,
        });
    }
    Ok(rows)
}

/// The list narrowed to a kind, everything else kept.
fn kinds(visitor: &Visitor, wanted: &Wanted, current: Option<Kind>) -> Result<Vec<Pick>> {
    let pick = |kind: Option<Kind>| {
        let word = kind.map_or("", Kind::as_str).to_owned();
        let href = address(LIST, &Wanted { kind: word, after: String::new(), ..wanted.clone() })?;
        let text = visitor.text(&kind.map_or_else(|| "complaints-any-kind".to_owned(), Kind::text));
        Ok(Pick { text, href, current: kind == current })
    };
    std::iter::once(None).chain(Kind::ALL.iter().copied().map(Some)).map(pick).collect()
}

/// The list narrowed to a state, everything else kept.
fn states(visitor: &Visitor, wanted: &Wanted, current: Option<Standing>) -> Result<Vec<Pick>> {
    let pick = |state: Option<Standing>| {
        let word = state.map_or("", Standing::as_str).to_owned();
        let href = address(LIST, &Wanted { state: word, after: String::new(), ..wanted.clone() })?;
        let text = visitor.text(&state.map_or_else(|| "complaints-any-state".to_owned(), Standing::text));
        Ok(Pick { text, href, current: state == current })
    };
    std::iter::once(None).chain(Standing::ALL.into_iter().map(Some)).map(pick).collect()
}
