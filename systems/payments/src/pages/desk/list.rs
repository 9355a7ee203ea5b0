use askama::Template;
use axum::extract::State;
use base::Result;
use directory::queries::Names;
use serde::{Deserialize, Serialize};
use store::Cursor;
use system::App;
use web::{Answer, Pick, Query, Visitor, address, filters};

use super::show;
use crate::access::READ;
use crate::charge::{Charge, State as Standing};
use crate::queries;

const SIZE: usize = 50;
const LIST: &str = "/thanh-toan-xu-ly";

#[derive(Template)]
#[template(path = "payments/desk/list.html")]
struct List {
    picks: Vec<Pick>,
    rows: Vec<Line>,
    next: String,
}

struct Line {
    charge: Charge,
    agency: String,
    href: String,
}

/// What stands in the address.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "trang-thai", skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer_who_may(READ)?;
    let before = Cursor::read(&wanted.after)?;
    let chosen = Standing::parse(&wanted.state);
    let c = app.store.read();
    let found = queries::for_desk(c, officer, chosen, before, SIZE).await?;
    let mut names = Names::default();
    let mut rows = Vec::with_capacity(found.rows.len());
    for charge in found.rows {
        rows.push(Line { agency: names.of(c, charge.agency).await?, href: show::address(charge.id), charge });
    }
    let pick = |state: Option<Standing>| {
        let word = state.map_or("", Standing::as_str).to_owned();
        Ok(Pick {
            text: visitor.text(state.map_or("payments-all", Standing::text)),
            href: address(LIST, &Wanted { state: word, after: String::new() })?,
            current: state == chosen,
        })
    };
    let next = match found.next {
        Some(after) => address(LIST, &Wanted { state: wanted.state, after })?,
        None => String::new(),
    };
    let page = List {
        picks: std::iter::once(None).chain(Standing::ALL.map(Some)).map(pick).collect::<Result<_>>()?,
        rows,
        next,
    };
    visitor.page(&visitor.text("payments-desk-title"), &page)
}
