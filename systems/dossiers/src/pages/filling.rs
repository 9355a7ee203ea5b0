//! A dossier being filled in. The portal and the counter are two faces of it, with templates, words and steps of their own;
//! how it is read, kept, judged and sent is the same.

mod form_page;
mod prefill;
pub(super) mod uploads;

use std::sync::Arc;

use base::{Error, Id, Now, Result};
use contracts::questions::{Paper, Procedure};
use form::{Context, Definition, FieldErrors, Values};
use system::{App, Citizen};
use web::Visitor;

use crate::actions::NewDossier;
use crate::behalf::{self, Behalf};
use crate::declared;
use crate::dossier::Channel;
use crate::filing::{self, Identified};
use crate::paper::{Draft, HandedIn};

pub(super) use form_page::{FormPage, Saved};

/// A draft with the version of its procedure that is in force today, which is the one it will be sent under.
pub(super) struct Filling {
    pub(super) draft: Draft,
    pub(super) procedure: Arc<Procedure>,
    pub(super) form: Arc<Definition>,
    /// Under which its pages stand: `/mot-cua/tiep-nhan`.
    drafts: &'static str,
}

impl Filling {
    /// # Errors
    /// [`Error::Conflict`] when the procedure has ended meanwhile.
    pub(super) async fn of(app: &App, now: Now, draft: Draft, drafts: &'static str) -> Result<Self> {
        let procedure = filing::in_force(app, &draft.procedure_code, now).await?;
        let procedure = procedure.ok_or(Error::Conflict("dossiers-procedure-not-in-force"))?;
        let procedure = behalf::with_papers(procedure, draft.behalf)?;
        Ok(Self { form: declared::definition(&procedure)?, draft, procedure, drafts })
    }

    /// Address of a place within this draft: `giay-to`.
    pub(super) fn at(&self, place: &str) -> String {
        format!("{}/{}/{place}", self.drafts, self.draft.id)
    }

    pub(super) fn page_at(&self, page: &form::Page) -> String {
        self.at(&format!("trang/{}", page.name))
    }

    pub(super) fn first_page(&self) -> String {
        let pages = form::draft::pages(&self.form, &self.draft.answers);
        pages.first().map_or_else(|| self.after_form(), |page| self.page_at(page))
    }

    /// The page before the papers; a form may have none.
    pub(super) fn last_page(&self) -> Option<String> {
        form::draft::pages(&self.form, &self.draft.answers).last().map(|page| self.page_at(page))
    }

    /// Where it goes on once the form is filled in.
    pub(super) fn after_form(&self) -> String {
        self.at(if self.procedure.files().next().is_some() { "giay-to" } else { "kiem-tra" })
    }

    /// What is wrong with the answers as they stand, or the answers as they would be sent.
    pub(super) fn accept(&self, now: Now) -> Result<Result<Values, FieldErrors>> {
        let context = Context { today: now.today(), lists: declared::lists()? };
        Ok(self.form.accept(&self.draft.answers, &context))
    }

    /// The files that stand for a component.
    pub(super) fn files<'a>(&'a self, component: &str) -> impl Iterator<Item = &'a HandedIn> {
        self.draft.papers.iter().filter(move |held| held.component == component)
    }

    /// By what it is known whom it is for: the account is of whoever fills it in, and tells nothing of who authorised them.
    pub(super) const fn identified(&self, citizen: &Citizen) -> Identified {
        match self.draft.behalf {
            Some(Behalf::Authorised) => Identified::Account(1),
            _ => Identified::by_account(citizen),
        }
    }

    /// Name of whom it is for.
    pub(super) async fn applicant_name(&self, app: &App, citizen: &Citizen) -> Result<String> {
        Ok(match self.draft.behalf {
            None => citizen.name.clone(),
            Some(Behalf::Authorised) => self.draft.principal.as_ref().map(|one| one.name.clone()).unwrap_or_default(),
            Some(Behalf::Organisation) => {
                let organisation = directory::queries::organisation(app.store.read(), self.draft.applicant).await?;
                organisation.ok_or(Error::NotFound)?.name
            }
        })
    }

    /// The papers that must be there and are not.
    pub(super) fn missing_papers(&self, applicant: Identified) -> Vec<&Paper> {
        filing::missing(&self.procedure, applicant, &self.draft.papers)
    }

    /// The dossier as it goes in.
    pub(super) fn dossier(&self, channel: Channel, agency: Id, applicant_name: String, answers: Values) -> NewDossier {
        NewDossier {
            form_id: self.draft.id,
            procedure: self.procedure.code.clone(),
            applicant: self.draft.applicant,
            applicant_name,
            agency,
            receiving: agency,
            channel,
            answers,
            papers: self.draft.papers.clone(),
            draft: Some(self.draft.id),
        }
    }
}

/// The texts of forms in the reader's language.
pub(super) fn texts(visitor: &Visitor) -> impl Fn(&str, &[(&str, String)]) -> String {
    |key, parameters| visitor.text_with(key, parameters)
}
