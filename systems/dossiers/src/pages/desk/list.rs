use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use serde::{Deserialize, Serialize};
use store::{Cursor, Slice};
use system::App;
use web::{Answer, Pick, Query, Visitor, filters};

use crate::dossier::{Dossier, State as DossierState};
use crate::queries::{self, Filter, Holder};

const SIZE: usize = 50;
const LIST: &str = "/mot-cua/ho-so";
const RETURN: &str = "/mot-cua/tra-ket-qua";

/// What stands in the address.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "tim", skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(rename = "trang-thai", skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

#[derive(Template)]
#[template(path = "dossiers/desk/list.html")]
struct ListPage<'a> {
    title: &'static str,
    lead: &'static str,
    address: &'static str,
    wanted: &'a Wanted,
    picks: Vec<Pick>,
    own_agency: &'a str,
    rows: Vec<Row>,
    next: String,
}

struct Row {
    dossier: Dossier,
    late: bool,
    holders: Vec<Holder>,
}

/// The dossiers in which the officer's agency takes part.
pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let state = wanted.state.parse().ok().and_then(DossierState::from_code);
    let found = found(&app, &visitor, &wanted, state).await?;
    let mut picks = vec![pick(&visitor, &wanted, None, state)?];
    for each in DossierState::ALL {
        picks.push(pick(&visitor, &wanted, Some(each), state)?);
    }
    show(&app, &visitor, "dossiers-desk-list-title", LIST, &wanted, picks, found).await
}

/// Those whose result lies at the desk.
pub(super) async fn to_return(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let found = found(&app, &visitor, &wanted, Some(DossierState::Finished)).await?;
    show(&app, &visitor, "dossiers-desk-return-title", RETURN, &wanted, Vec::new(), found).await
}

async fn found(app: &App, visitor: &Visitor, wanted: &Wanted, state: Option<DossierState>) -> Result<Slice<Dossier>> {
    let officer = visitor.caller.officer()?;
    let before = Cursor::read(&wanted.after)?;
    let filter = Filter { words: wanted.words.clone(), state };
    queries::for_desk(app.store.read(), app.store.kind(), officer, &filter, before, SIZE).await
}

async fn show(
    app: &App,
    visitor: &Visitor,
    title: &'static str,
    address: &'static str,
    wanted: &Wanted,
    picks: Vec<Pick>,
    found: Slice<Dossier>,
) -> Answer {
    let ids: Vec<Id> = found.rows.iter().map(|dossier| dossier.id).collect();
    let mut held = queries::holders(app.store.read(), &ids).await?;
    let next = match found.next {
        Some(after) => web::address(address, &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let page = ListPage {
        title,
        lead: if address == LIST { "dossiers-desk-list-lead" } else { "dossiers-desk-return-lead" },
        address,
        wanted,
        picks,
        own_agency: &visitor.caller.officer()?.agency_name,
        rows: found.rows.into_iter().map(|dossier| row(visitor, dossier, &mut held)).collect(),
        next,
    };
    visitor.page(&visitor.text(title), &page)
}

fn row(visitor: &Visitor, dossier: Dossier, held: &mut HashMap<Id, Vec<Holder>>) -> Row {
    let open = dossier.closed_at.is_none() && dossier.finished_at.is_none();
    Row {
        late: open && dossier.promised_at.is_some_and(|promised| promised < visitor.now.utc()),
        holders: held.remove(&dossier.id).unwrap_or_default(),
        dossier,
    }
}

/// The list narrowed to a state, its words kept.
fn pick(
    visitor: &Visitor,
    wanted: &Wanted,
    state: Option<DossierState>,
    current: Option<DossierState>,
) -> Result<Pick> {
    let code = state.map(|state| state.code().to_string()).unwrap_or_default();
    Ok(Pick {
        text: visitor.text(state.map_or("dossiers-desk-all-states", DossierState::text)),
        href: web::address(LIST, &Wanted { state: code, after: String::new(), ..wanted.clone() })?,
        current: state == current,
    })
}

#[cfg(test)]
mod tests;
