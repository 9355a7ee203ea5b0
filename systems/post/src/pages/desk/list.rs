use askama::Template;
use axum::extract::State;
use directory::queries::Names;
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Query, Visitor, filters};

use super::show;
use crate::access::READ;
use crate::order::{Order, State as Standing};
use crate::queries;

const SIZE: usize = 50;
const LIST: &str = "/buu-chinh-xu-ly";

#[derive(Template)]
#[template(path = "post/desk/list.html")]
struct List {
    picks: Vec<Pick>,
    rows: Vec<Line>,
    next: String,
}

/// A state to look at alone.
struct Pick {
    href: String,
    text: &'static str,
    current: bool,
}

struct Line {
    order: Order,
    agency: String,
    href: String,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "trang-thai", default)]
    state: String,
    #[serde(rename = "sau")]
    before: Option<String>,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer_who_may(READ)?;
    let before = wanted.before.map(|text| text.parse::<Cursor>()).transpose()?;
    let state = Standing::parse(&wanted.state);
    let c = app.store.read();
    let found = queries::for_desk(c, officer, state, before, SIZE).await?;
    let mut names = Names::default();
    let mut rows = Vec::with_capacity(found.rows.len());
    for order in found.rows {
        rows.push(Line { agency: names.of(c, order.agency).await?, href: show::address(order.id), order });
    }
    let all = Pick { href: LIST.to_owned(), text: "post-all", current: state.is_none() };
    let of_state = |one: Standing| Pick {
        href: format!("{LIST}?trang-thai={}", one.as_str()),
        text: one.text(),
        current: state == Some(one),
    };
    let page = List {
        picks: std::iter::once(all).chain(Standing::ALL.map(of_state)).collect(),
        rows,
        next: found.next.map_or_else(String::new, |next| format!("{LIST}?trang-thai={}&sau={next}", wanted.state)),
    };
    visitor.page(&visitor.text("post-desk-title"), &page)
}
