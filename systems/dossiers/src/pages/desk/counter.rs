//! Filing for a person who stands at the counter: which procedure, who, the form, the papers, and in.

mod check;
mod form_page;
mod papers;
mod person;

use std::sync::Arc;

use ::system::{Access, App, Officer, Routes};
use askama::Template;
use axum::extract::{DefaultBodyLimit, State};
use axum::handler::Handler;
use base::{Error, Id, Result, fold};
use contracts::questions::{Procedure, Procedures};
use form::Definition;
use serde::Deserialize;
use web::{Answer, Query, Visitor, filters};

use crate::access::RECEIVE;
use crate::declared;
use crate::paper::Draft;
use crate::queries;

pub(super) fn routes() -> Routes {
    const OPEN: Access = Access::Needs(RECEIVE);
    /// Eight files of the largest size, in bytes.
    const UPLOAD: usize = 200 * 1024 * 1024;
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
        .post("/mot-cua/tiep-nhan/{draft}/giay-to", OPEN, papers::save.layer(DefaultBodyLimit::max(UPLOAD)))
        .example("counter-draft", &[("giay.{component}", "@file")])
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
    drafts.retain(for_another);
    visitor.page(&visitor.text("dossiers-counter-title"), &CounterPage { words: wanted.tim, procedures, drafts })
}

/// What people may file where this officer works.
async fn offered(app: &App, visitor: &Visitor, officer: &Officer) -> Result<Vec<Arc<Procedure>>> {
    let agency = directory::queries::agency(app.store.read(), officer.agency).await?.ok_or(Error::NotFound)?;
    let procedures = app.ask::<dyn Procedures>().ok_or_else(|| Error::inside("nobody knows procedures"))?;
    let mut offered = procedures.offered(visitor.now).await?;
    offered.retain(|procedure| {
        procedure.channels.iter().any(|channel| channel == "counter")
            && procedure.agencies.iter().any(|competence| {
                let meant = competence.notation.as_ref().is_none_or(|notation| *notation == agency.notation);
                competence.receives && competence.kind == agency.kind && meant
            })
    });
    Ok(offered)
}

/// What an officer fills in for somebody else; what they fill in for themselves they do on the portal.
fn for_another(draft: &Draft) -> bool {
    draft.applicant != draft.owner
}

/// A dossier being filled in at the counter, with the version it will be sent under.
struct Filled {
    draft: Draft,
    procedure: Arc<Procedure>,
    form: Arc<Definition>,
}

impl Filled {
    /// The officer's own draft for a person at the counter.
    ///
    /// # Errors
    /// [`Error::NotFound`] for another's; [`Error::Conflict`] when the procedure has ended meanwhile.
    async fn open(app: &App, visitor: &Visitor, id: Id) -> Result<Self> {
        let officer = visitor.caller.officer()?;
        let draft = queries::unsent_draft(app.store.read(), officer.person, id).await?;
        if !for_another(&draft) {
            return Err(Error::NotFound);
        }
        let procedures = app.ask::<dyn Procedures>().ok_or_else(|| Error::inside("nobody knows procedures"))?;
        let procedure = procedures.in_force(&draft.procedure_code, visitor.now).await?;
        let procedure = procedure.ok_or(Error::Conflict("dossiers-procedure-not-in-force"))?;
        Ok(Self { form: declared::definition(&procedure)?, draft, procedure })
    }

    /// Address of a place within this draft: `giay-to`.
    fn at(&self, place: &str) -> String {
        format!("/mot-cua/tiep-nhan/{}/{place}", self.draft.id)
    }

    fn page_at(&self, page: &form::Page) -> String {
        self.at(&format!("trang/{}", page.name))
    }

    fn first_page(&self) -> String {
        let pages = form::draft::pages(&self.form, &self.draft.answers);
        pages.first().map_or_else(|| self.after_form(), |page| self.page_at(page))
    }

    /// Where it goes on once the form is filled in.
    fn after_form(&self) -> String {
        self.at(if self.procedure.papers.is_empty() { "kiem-tra" } else { "giay-to" })
    }
}
