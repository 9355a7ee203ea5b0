//! Writing dossiers: one function, one transaction, one entry in the journal per change of state.

mod agent;
mod answered;
mod apology;
mod arrived;
mod bundle;
mod consent;
mod desk;
mod draft;
mod file;
mod issue;
mod late_part;
mod message;
mod migrate;
mod offer;
mod on_demand;
mod paperwork;
mod payment;
mod posted;
mod rate;
mod succession;
mod supplement;
mod upload;
mod withdraw;

use base::{Error, Id, Now, Result};
use chrono::{DateTime, Utc};
use contracts::events::DossierChanged;
use contracts::questions::Procedure;
use flow::{Flow, OpenStep};
use journal::{Actor, Entry, Thing, record};
use std::sync::Arc;
use store::{Connection, Sql, Tx};
use system::{App, Caller, Officer};

pub use agent::{check_authorisation, save_principal, withdraw_authorisation};
pub use apology::apologise;
pub(crate) use arrived::Filing;
pub use bundle::begin_bundle;
pub use consent::{answer_consent, ask_consent};
pub(crate) use consent::{asked_of, own_number};
pub use desk::{Decision, decide};
pub use draft::{begin_draft, drop_draft, reuse_paper, save_answers, save_paper, set_agency, take_paper_out};
pub use file::{NewDossier, file};
pub use issue::{issue, sign};
pub(crate) use late_part::tell_part_late;
pub(crate) use migrate::left;
pub use migrate::{Left, migrate};
pub(crate) use offer::offer_apologies;
pub(crate) use on_demand::opened;
pub use paperwork::{make_papers, make_results, retry_result};
pub(crate) use payment::charge_paid;
pub use payment::{Asked, ask_payment, confirm_payment};
pub(crate) use posted::delivered;
pub use rate::rate;
pub(crate) use succession::follow_agency;
pub use supplement::{Answered, answer};
pub use upload::keep_upload;
pub use withdraw::{ask_to_withdraw, settle_withdrawal};

use crate::access::SHARED;
use crate::dossier::{Dossier, State};
use crate::{behalf, filing, found, queries, slip::SlipKind};

/// One change of one dossier on its way.
pub(crate) struct Change<'a> {
    pub(crate) app: &'a App,
    pub(crate) tx: &'a Tx,
    pub(crate) now: Now,
    pub(crate) actor: Actor,
}

impl<'a> Change<'a> {
    fn new(app: &'a App, tx: &'a Tx, now: Now, caller: &Caller) -> Self {
        Self { app, tx, now, actor: caller.actor() }
    }

    fn flow(&self) -> Flow<'a> {
        Flow { tx: self.tx, app: self.app, now: self.now, actor: self.actor }
    }

    pub(crate) async fn version(&self, id: Id) -> Result<Arc<Procedure>> {
        version(self.app, id).await
    }

    /// The version that the dossier runs on, with what is asked of it besides because of who filed it.
    pub(crate) async fn version_of(&self, dossier: &Dossier) -> Result<Arc<Procedure>> {
        whole(self.tx, self.version(dossier.procedure).await?, dossier).await
    }

    /// Writes the state and tells the journal.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the table of states does not allow the step, or the dossier moved on meanwhile.
    async fn set_state(&self, dossier: &mut Dossier, next: State, verb: &'static str) -> Result<()> {
        if !dossier.state.allows(next) {
            return Err(Error::Conflict("dossiers-state-forbids"));
        }
        let closed = next.is_end().then(|| self.now.utc());
        let finished = if next == State::Finished { Some(self.now.utc()) } else { dossier.finished_at };
        let moved = Sql::new(
            "UPDATE dossiers SET state = $3, received_at = $4, promised_at = $5, finished_at = $6, closed_at = $7, \
             supplements = $8 WHERE id = $1 AND state = $2",
        )
        .bind(dossier.id.uuid())
        .bind(i64::from(dossier.state.code()))
        .bind(i64::from(next.code()))
        .bind(dossier.received_at)
        .bind(dossier.promised_at)
        .bind(finished)
        .bind(closed)
        .bind(dossier.supplements)
        .run(self.tx)
        .await?;
        if moved != 1 {
            return Err(Error::Conflict("dossiers-moved-on"));
        }
        SHARED.follow_row(self.tx, dossier.id).await?;
        answered::keep(self, dossier, next).await?;
        found::index(self.tx, self.app.store.kind(), dossier.id).await?;
        dossier.state = next;
        dossier.finished_at = finished;
        dossier.closed_at = closed;
        self.tell(dossier, verb).await?;
        message::tell_applicant(self, dossier, verb).await
    }

    /// The entry of a change in the journal.
    async fn tell(&self, dossier: &Dossier, verb: &'static str) -> Result<()> {
        let event = self.event(dossier).await?;
        record(self.tx, self.now, &self.actor, Entry::new(verb, thing(dossier.id), &event)?).await?;
        Ok(())
    }

    /// What others may know of a dossier now.
    async fn event(&self, dossier: &Dossier) -> Result<DossierChanged> {
        let number = match dossier.state {
            // Nothing is numbered before somebody has worked on it.
            State::Submitted | State::Received => None,
            _ => queries::outcome_of_case(self.tx, dossier.case).await?.and_then(|outcome| outcome.full_number()),
        };
        Ok(DossierChanged {
            code: dossier.code.clone(),
            procedure: dossier.procedure_code.clone(),
            agency: dossier.agency,
            state: dossier.state.code(),
            promised_at: dossier.promised_at.map(|at| at.to_rfc3339()),
            result_number: number,
        })
    }

    /// An agency takes part from now on: it finds the dossier in its lists.
    async fn join(&self, dossier: Id, agency: Id) -> Result<()> {
        if SHARED.join(self.tx, agency, dossier).await? {
            found::index(self.tx, self.app.store.kind(), dossier).await?;
        }
        Ok(())
    }

    /// After a move, agencies of sub-cases that were just opened take part too.
    async fn join_all(&self, dossier: &Dossier) -> Result<()> {
        let process = flow::queries::process(self.tx, self.version(dossier.procedure).await?.process).await?;
        if process.steps.iter().all(|step| step.subcase.is_none()) {
            return Ok(());
        }
        let mut joined = false;
        for case in flow::queries::cases_of(self.tx, dossier.id).await? {
            joined |= SHARED.join(self.tx, case.agency, dossier.id).await?;
        }
        if joined {
            found::index(self.tx, self.app.store.kind(), dossier.id).await?;
        }
        Ok(())
    }

    /// Makes a slip: its content is fixed here, its paper follows after the commit.
    async fn slip(&self, dossier: &Dossier, kind: SlipKind, paper: print::Paper) -> Result<Id> {
        let promised = (kind == SlipKind::Receipt).then_some(dossier.promised_at).flatten();
        self.slip_until(dossier, kind, paper, promised).await
    }

    /// The same of one that promises the result for a moment.
    async fn slip_until(
        &self,
        dossier: &Dossier,
        kind: SlipKind,
        paper: print::Paper,
        promised: Option<DateTime<Utc>>,
    ) -> Result<Id> {
        let id = Id::new(self.now);
        Sql::new(
            "INSERT INTO dossiers_slips (id, dossier_id, kind, data, promised_at, made_at, next_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $6)",
        )
        .bind(id.uuid())
        .bind(dossier.id.uuid())
        .bind(kind.as_str())
        .bind(serde_json::to_string(&paper)?)
        .bind(promised)
        .bind(self.now.utc())
        .run(self.tx)
        .await?;
        Ok(id)
    }
}

/// The version of a procedure that a dossier runs on.
pub async fn version(app: &App, id: Id) -> Result<Arc<Procedure>> {
    filing::catalogue(app)?.version(id).await?.ok_or_else(|| Error::inside(format!("no version {id} of any procedure")))
}

/// The version that a dossier runs on, with what is asked of it besides because of who filed it.
pub(crate) async fn version_of(app: &App, dossier: &Dossier) -> Result<Arc<Procedure>> {
    whole(app.store.read(), version(app, dossier.procedure).await?, dossier).await
}

async fn whole(c: &impl Connection, procedure: Arc<Procedure>, dossier: &Dossier) -> Result<Arc<Procedure>> {
    behalf::with_papers(procedure, queries::agent(c, dossier.id).await?.map(|agent| agent.behalf))
}

/// The step as open for the officer; it must be one of this dossier's: of its own case or of a sub-case of it.
async fn step_of(change: &Change<'_>, officer: &Officer, dossier: &Dossier, found: OpenStep) -> Result<OpenStep> {
    let open = Flow::admitted(officer, found)?;
    if open.case == dossier.case {
        return Ok(open);
    }
    let case = flow::queries::case_by_id(change.tx, open.case).await?.ok_or(Error::NotFound)?;
    if case.subject == dossier.id { Ok(open) } else { Err(Error::NotFound) }
}

/// How the journal names a dossier.
pub const fn thing(id: Id) -> Thing {
    Thing { kind: "dossier", id }
}

/// The dossier, if officers may work on it now.
async fn at_work(tx: &Tx, id: Id) -> Result<Dossier> {
    let dossier = current(tx, id).await?;
    match dossier.state {
        State::WithdrawalAsked => Err(Error::Conflict("dossiers-withdrawal-open")),
        State::PaymentAsked => Err(Error::Conflict("dossiers-payment-open")),
        _ => Ok(dossier),
    }
}

/// The dossier as it stands inside the transaction.
async fn current(tx: &Tx, id: Id) -> Result<Dossier> {
    queries::by_id(tx, id).await?.ok_or(Error::NotFound)
}
