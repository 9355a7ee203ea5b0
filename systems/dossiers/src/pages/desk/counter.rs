//! Filing for a person who stands at the counter: which procedure, who, the form, the papers, and in.

mod check;
mod form_page;
mod papers;
mod person;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use ::system::{Access, App, Officer, Routes};
use askama::Template;
use axum::extract::State;
use axum::handler::Handler;
use base::{Error, Id, Result, fold};
use contracts::questions::Procedure;
use serde::Deserialize;
use web::{Answer, Query, Visitor, filters};

use crate::access::RECEIVE;
use crate::dossier::Channel;
use crate::filing;
use crate::pages::filling::{Filling, uploads};
use crate::paper::Draft;
use crate::queries;

/// Where the drafts of the counter stand.
const DRAFTS: &str = "/mot-cua/tiep-nhan";

pub(super) fn routes() -> Routes {
    const OPEN: Access = Access::Needs(RECEIVE);
    Routes::new()
        .get("/mot-cua/tiep-nhan", OPEN, page)
        .get("/mot-cua/tiep-nhan/thu-tuc/{procedure}", OPEN, person::page)
        .example("procedure-at-counter", &[])
        .post("/mot-cua/tiep-nhan/thu-tuc/{procedure}", OPEN, person::send)
        .example("procedure-at-counter", &[("number", "{number}")])
        .get("/mot-cua/tiep-nhan/{draft}/trang/{page}", OPEN, form_page::page)
        .example("counter-draft", &[])
        .post("/mot-cua/tiep-nhan/{draft}/trang/{page}", OPEN, form_page::save)
        .example("counter-complete-draft", &[("*", "{answers}")])
        .get("/mot-cua/tiep-nhan/{draft}/giay-to", OPEN, papers::page)
        .example("counter-draft", &[])
        .post("/mot-cua/tiep-nhan/{draft}/giay-to", OPEN, papers::save.layer(uploads::room()))
        .example("counter-draft", &[("paper.{component}", "@file")])
        .get("/mot-cua/tiep-nhan/{draft}/kiem-tra", OPEN, check::page)
        .example("counter-draft", &[])
        .post("/mot-cua/tiep-nhan/{draft}/gui", OPEN, check::send)
        .example("counter-complete-draft", &[])
        .post("/mot-cua/tiep-nhan/{draft}/bo", OPEN, check::discard)
        .example("counter-draft", &[])
}

#[derive(Template)]
#[template(path = "dossiers/desk/counter/counter.html")]
struct CounterPage {
    words: String,
    procedures: Vec<Arc<Procedure>>,
    drafts: Vec<Draft>,
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    tim: String,
}

async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer()?;
    let words = fold(&wanted.tim);
    let mut procedures = offered(&app, &visitor, officer).await?;
    procedures.retain(|procedure| {
        let text = fold(&format!("{} {} {}", procedure.code, procedure.name, procedure.field));
        words.split(' ').all(|word| text.split(' ').any(|known| known.starts_with(word)))
    });
    let mut drafts = queries::unsent_drafts(app.store.read(), officer.person).await?;
    drafts.retain(Draft::is_of_counter);
    visitor.page(&visitor.text("dossiers-counter-title"), &CounterPage { words: wanted.tim, procedures, drafts })
}

/// What people may file where this officer works.
async fn offered(app: &App, visitor: &Visitor, officer: &Officer) -> Result<Vec<Arc<Procedure>>> {
    let agency = directory::queries::agency(app.store.read(), officer.agency).await?.ok_or(Error::NotFound)?;
    let mut offered = filing::catalogue(app)?.offered(visitor.now).await?;
    offered.retain(|procedure| {
        let here = procedure.channels.iter().any(|channel| channel == Channel::Counter.as_str());
        here && filing::receives(procedure, &agency)
    });
    Ok(offered)
}

/// The officer's own draft for a person at the counter.
///
/// # Errors
/// [`Error::NotFound`] for another's; [`Error::Conflict`] when the procedure has ended meanwhile.
async fn filling(app: &App, visitor: &Visitor, id: Id) -> Result<Filling> {
    let officer = visitor.caller.officer()?;
    let draft = queries::unsent_draft(app.store.read(), officer.person, id).await?;
    if !draft.is_of_counter() {
        return Err(Error::NotFound);
    }
    Filling::of(app, visitor.now, draft, DRAFTS).await
}
