mod narrowed;

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use base::Id;
use system::App;
use web::{Answer, Choice, Pick, Query, Visitor, filters};

use crate::apology::is_late;
use crate::dossier::{Dossier, State as DossierState};
use crate::queries::{self, Holder};

use narrowed::{Offered, Wanted};

const SIZE: usize = 50;
const LIST: &str = "/mot-cua/ho-so";
const RETURN: &str = "/mot-cua/tra-ket-qua";

#[derive(Template)]
#[template(path = "dossiers/desk/list.html")]
struct ListPage<'a> {
    title: &'static str,
    lead: &'static str,
    address: &'static str,
    wanted: &'a Wanted,
    procedures: Vec<Choice>,
    fields: Vec<Choice>,
    entrances: Vec<Choice>,
    states: Vec<Pick>,
    owed: Vec<Pick>,
    /// What the list is narrowed by; each leads to the list without it.
    chips: Vec<Pick>,
    /// Dossiers for which an apology is offered; told on the list of all.
    offered: i64,
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
    show(&app, &visitor, LIST, &wanted, wanted.state()).await
}

/// Those whose result lies at the desk.
pub(super) async fn to_return(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let wanted = Wanted { owed: String::new(), ..wanted };
    show(&app, &visitor, RETURN, &wanted, Some(DossierState::Finished)).await
}

async fn show(
    app: &App,
    visitor: &Visitor,
    address: &'static str,
    wanted: &Wanted,
    state: Option<DossierState>,
) -> Answer {
    let officer = visitor.caller.officer()?;
    let offered = Offered::on(app, visitor.now).await?;
    let filter = wanted.filter(&offered, state, visitor.now);
    let (c, kind) = (app.store.read(), app.store.kind());
    let found = queries::for_desk(c, kind, officer, &filter, &wanted.after, SIZE).await?;
    let ids: Vec<Id> = found.rows.iter().map(|dossier| dossier.id).collect();
    let mut held = queries::holders(c, &ids).await?;
    let next = match found.next {
        Some(after) => web::address(address, &Wanted { after, ..wanted.clone() })?,
        None => String::new(),
    };
    let all = address == LIST;
    let title = if all { "dossiers-desk-list-title" } else { "dossiers-desk-return-title" };
    let page = ListPage {
        title,
        lead: match filter.owed {
            Some(_) => "dossiers-desk-owed-lead",
            None if all => "dossiers-desk-list-lead",
            None => "dossiers-desk-return-lead",
        },
        address,
        wanted,
        procedures: offered.procedures(visitor),
        fields: offered.fields(visitor),
        entrances: narrowed::entrances(visitor),
        states: if all { wanted.states(visitor)? } else { Vec::new() },
        owed: if all { wanted.dates(visitor)? } else { Vec::new() },
        chips: wanted.chips(visitor, &offered, address)?,
        offered: if all { queries::offers::count_offered(c, officer, visitor.now).await? } else { 0 },
        own_agency: &officer.agency_name,
        rows: found.rows.into_iter().map(|dossier| row(visitor, dossier, &mut held)).collect(),
        next,
    };
    visitor.page(&visitor.text(title), &page)
}

fn row(visitor: &Visitor, dossier: Dossier, held: &mut HashMap<Id, Vec<Holder>>) -> Row {
    Row { late: is_late(&dossier, visitor.now), holders: held.remove(&dossier.id).unwrap_or_default(), dossier }
}

#[cfg(test)]
mod tests;
