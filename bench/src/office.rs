//! People who file and officers who work, through the actions of the program.

use std::sync::Arc;

use anyhow::{Context, Result};
use base::{FixedRandom, Id};
use contracts::questions::{Procedure, Procedures};
use dossiers::actions::{self, Decision, NewDossier};
use dossiers::demo::{Applicant, answers, sample_paper};
use dossiers::dossier::{Channel, Dossier};
use dossiers::paper::HandedIn;
use flow::{OpenStep, Work};
use system::{App, Caller, PositionKind};
use tinhso::Demo;

use crate::told;

/// The longest process of the house: received, assigned, examined, reviewed, signed, numbered, returned.
const PROCESS: &str = "standard";

/// The agencies that run it, with their officers, and those who file there.
pub(crate) struct Office {
    citizens: Vec<Applicant>,
    officers: Vec<Caller>,
    procedure: Arc<Procedure>,
    /// Where it can be filed.
    agencies: Vec<Id>,
    papers: Vec<HandedIn>,
}

/// A step, and somebody whose work it is.
pub(crate) struct Due {
    dossier: Id,
    step: OpenStep,
    officer: Caller,
}

impl Office {
    pub(crate) async fn of(demo: &Demo) -> Result<Self> {
        let app = &demo.program.app;
        let (citizens, officers) = (demo.citizens().await?, demo.officers().await?);
        let procedures = app.ask::<dyn Procedures>().context("nobody knows procedures")?;
        let sample = sample_paper(app, app.now()).await.map_err(told)?;
        for procedure in procedures.offered(app.now()).await.map_err(told)? {
            let process = flow::queries::process(app.store.read(), procedure.process).await.map_err(told)?;
            let agencies = receiving(app, &officers, &procedure).await?;
            if process.name == PROCESS && !agencies.is_empty() {
                let required = procedure.files().filter(|paper| paper.required);
                let papers =
                    required.map(|paper| HandedIn { component: paper.code.clone(), ..sample.clone() }).collect();
                return Ok(Self { citizens, officers, procedure, agencies, papers });
            }
        }
        anyhow::bail!("no procedure of the demo runs the process {PROCESS}")
    }

    /// Another dossier for each number, by one person after another at one agency after another.
    pub(crate) fn new_dossier(&self, app: &App, number: u64) -> Result<NewDossier> {
        let now = app.now();
        let turn = usize::try_from(number)?;
        let applicant = &self.citizens[turn % self.citizens.len()];
        let agency = self.agencies[turn % self.agencies.len()];
        let lists = dossiers::declared::lists().map_err(told)?;
        let random = FixedRandom::new(number);
        Ok(NewDossier {
            form_id: Id::new(now),
            procedure: self.procedure.code.clone(),
            applicant: applicant.person,
            applicant_name: applicant.name.clone(),
            agency,
            receiving: agency,
            channel: Channel::Online,
            answers: answers(&self.procedure, applicant, lists, now.today(), &random).map_err(told)?,
            papers: self.papers.clone(),
            draft: None,
        })
    }

    pub(crate) async fn file(&self, app: &App, new: NewDossier) -> Result<Dossier> {
        let caller = &self.citizens.iter().find(|one| one.person == new.applicant).context("a stranger files")?.caller;
        actions::file(app, app.now(), caller, new).await.map_err(told)
    }

    /// The open step of a dossier; none when its process has ended.
    pub(crate) async fn next_step(&self, app: &App, dossier: Id) -> Result<Option<Due>> {
        let steps = flow::queries::steps_of(app.store.read(), dossier).await.map_err(told)?;
        let Some(step) = steps.into_iter().find(|step| step.closed_at.is_none()) else { return Ok(None) };
        let takes = |caller: &&Caller| caller.officer().is_ok_and(|officer| flow::queries::may_take(officer, &step));
        let officer = self.officers.iter().find(takes).with_context(|| format!("nobody may {}", step.name))?.clone();
        Ok(Some(Due { dossier, step, officer }))
    }

    /// Ends a step as it goes on.
    pub(crate) async fn take(&self, app: &App, due: Due) -> Result<()> {
        let Due { dossier, step, officer } = due;
        let now = app.now();
        let outcome = match step.does {
            Work::Sign => return actions::sign(app, now, &officer, dossier, step.id).await.map(drop).map_err(told),
            Work::Number => return actions::issue(app, now, &officer, dossier, step.id).await.map(drop).map_err(told),
            Work::Receive => "accept",
            Work::Assign => "assign",
            Work::Examine => "propose",
            Work::Review => "approve",
            Work::Return => "return",
            Work::SubCase => anyhow::bail!("another agency's step"),
        };
        let decision = Decision::Go { outcome: outcome.to_owned(), note: String::new() };
        actions::decide(app, now, &officer, dossier, step.id, decision).await.map(drop).map_err(told)
    }
}

/// The agencies of the demo's desks at which the procedure can be filed.
async fn receiving(app: &App, officers: &[Caller], procedure: &Procedure) -> Result<Vec<Id>> {
    let mut agencies = Vec::new();
    for officer in officers.iter().filter_map(|caller| caller.officer().ok()) {
        if officer.kind != PositionKind::Reception || agencies.contains(&officer.agency) {
            continue;
        }
        let agency = directory::queries::agency(app.store.read(), officer.agency).await.map_err(told)?;
        let agency = agency.context("an officer's agency")?;
        if procedure.is_received_by(&agency.kind, &agency.notation) {
            agencies.push(agency.id);
        }
    }
    Ok(agencies)
}
