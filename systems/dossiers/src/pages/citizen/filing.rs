//! A draft on its way to being sent, and the steps it takes.

use std::sync::Arc;

use base::{Error, Id, Now, Result, fold};
use contracts::questions::{Paper, Procedure, Procedures};
use directory::Agency;
use form::{Context, Definition, FieldErrors, Values};
use system::{App, Citizen};
use web::Visitor;

use crate::declared;
use crate::filing::must_be_there;
use crate::paper::Draft;
use crate::queries;

/// A draft with the version of its procedure that is in force today, which is the one it will be sent under.
pub(super) struct Filing {
    pub(super) draft: Draft,
    pub(super) procedure: Arc<Procedure>,
    pub(super) form: Arc<Definition>,
}

/// What one does to file, in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Guide,
    Place,
    Form,
    Documents,
    Check,
}

/// One step in the line above each page; a step with an address was passed and can be gone back to.
pub(super) struct Step {
    pub(super) text: &'static str,
    pub(super) href: String,
    pub(super) current: bool,
}

impl Filing {
    /// The person's own draft.
    ///
    /// # Errors
    /// [`Error::NotFound`] for another's; [`Error::Conflict`] when the procedure has ended meanwhile.
    pub(super) async fn open(app: &App, visitor: &Visitor, id: Id) -> Result<Self> {
        let owner = visitor.caller.citizen()?.person;
        let draft = queries::unsent_draft(app.store.read(), owner, id).await?;
        let procedure = in_force(app, &draft.procedure_code, visitor.now).await?;
        let procedure = procedure.ok_or(Error::Conflict("dossiers-procedure-not-in-force"))?;
        let form = declared::definition(&procedure)?;
        Ok(Self { draft, procedure, form })
    }

    /// Address of a place within this draft: `giay-to`.
    pub(super) fn at(&self, place: &str) -> String {
        address(self.draft.id, place)
    }

    pub(super) fn page_at(&self, page: &form::Page) -> String {
        self.at(&format!("trang/{}", page.name))
    }

    pub(super) fn first_page(&self) -> String {
        let pages = form::draft::pages(&self.form, &self.draft.answers);
        pages.first().map_or_else(|| self.after_form(), |page| self.page_at(page))
    }

    /// Where it goes on once the form is filled in.
    pub(super) fn after_form(&self) -> String {
        self.at(if self.procedure.papers.is_empty() { "kiem-tra" } else { "giay-to" })
    }

    pub(super) fn steps(&self, now: Stage) -> Vec<Step> {
        let steps = [
            (Stage::Guide, "dossiers-step-guide", format!("/nop-ho-so/{}", self.procedure.code)),
            (Stage::Place, "dossiers-step-place", self.at("noi-nhan")),
            (Stage::Form, "dossiers-step-form", self.first_page()),
            (Stage::Documents, "dossiers-step-documents", self.at("giay-to")),
            (Stage::Check, "dossiers-step-check", String::new()),
        ];
        let wanted = |stage| stage != Stage::Documents || !self.procedure.papers.is_empty();
        let shown = steps.into_iter().filter(|(stage, ..)| wanted(*stage));
        let step = |(stage, text, href)| Step {
            text,
            href: if stage < now { href } else { String::new() },
            current: stage == now,
        };
        shown.map(step).collect()
    }

    /// What is wrong with the answers as they stand, and the answers as they would be sent.
    pub(super) fn accept(&self, now: Now) -> Result<Result<Values, FieldErrors>> {
        let context = Context { today: now.today(), lists: declared::lists()? };
        Ok(self.form.accept(&self.draft.answers, &context))
    }

    /// The papers that must be there and are not.
    pub(super) fn missing_papers(&self, citizen: &Citizen) -> Vec<&Paper> {
        let held = |code: &str| self.draft.papers.iter().any(|paper| paper.component == code);
        self.procedure.papers.iter().filter(|paper| must_be_there(paper, citizen) && !held(&paper.code)).collect()
    }
}

pub(super) fn address(draft: Id, place: &str) -> String {
    format!("/nop-ho-so/ban-nhap/{draft}/{place}")
}

pub(super) async fn in_force(app: &App, code: &str, now: Now) -> Result<Option<Arc<Procedure>>> {
    let procedures = app.ask::<dyn Procedures>().ok_or_else(|| Error::inside("nobody knows procedures"))?;
    procedures.in_force(code, now).await
}

/// Whether the identification of the account already stands for the paper.
pub(super) fn is_known(paper: &Paper, citizen: &Citizen) -> bool {
    citizen.assurance >= 2 && paper.reuse.as_deref() == Some("can-cuoc")
}

/// The agencies of one kind that receive a procedure, by name.
pub(super) struct Receivers {
    pub(super) kind: String,
    pub(super) agencies: Vec<Agency>,
}

/// Who receives the procedure today.
pub(super) async fn receivers(app: &App, procedure: &Procedure, now: Now) -> Result<Vec<Receivers>> {
    let mut groups: Vec<Receivers> = Vec::new();
    for competence in procedure.agencies.iter().filter(|competence| competence.receives) {
        let mut agencies =
            directory::queries::agencies_of_kind(app.store.read(), &competence.kind, now.today()).await?;
        if let Some(notation) = &competence.notation {
            agencies.retain(|agency| agency.notation == *notation);
        }
        match groups.iter_mut().find(|group| group.kind == competence.kind) {
            Some(group) => group.agencies.extend(agencies),
            None => groups.push(Receivers { kind: competence.kind.clone(), agencies }),
        }
    }
    for group in &mut groups {
        group.agencies.sort_by_cached_key(|agency| fold(&agency.name));
        group.agencies.dedup_by_key(|agency| agency.id);
    }
    groups.retain(|group| !group.agencies.is_empty());
    Ok(groups)
}

/// What online filing costs, in whole đồng.
pub(super) fn online_fee(procedure: &Procedure) -> i64 {
    procedure.fees.iter().filter(|fee| fee.channel == "online").map(|fee| fee.amount).sum()
}
