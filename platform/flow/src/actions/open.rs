//! Opening cases, steps and sub-cases.

use base::{Error, Id, Result};
use store::Sql;
use worktime::ledger;

use super::clocks::{LAST, step_clock, step_terms};
use super::{Flow, terms};
use crate::case::CaseState;
use crate::process::{At, Process, Step, SubCase};
use crate::queries;
use crate::tables::Case;

/// A case to be opened.
#[derive(Clone, Debug)]
pub struct NewCase {
    pub system: String,
    pub subject: Id,
    pub process: Id,
    /// Who answers for it.
    pub agency: Id,
    /// Where it was handed in.
    pub receiving: Id,
    pub title: String,
    pub reference: String,
    pub label: String,
    pub path: String,
}

impl Flow<'_> {
    /// Opens a case at the first step of its process. Its clock starts when the system says so.
    pub async fn open(&self, new: NewCase) -> Result<Case> {
        let process = queries::process(self.tx, new.process).await?;
        let first = process.steps.first().ok_or_else(|| Error::inside("a process without steps"))?;
        self.begin(new, &process, &first.name).await
    }

    /// Opens a case at a later step of its process: work that is taken up again, for one, was received before.
    pub async fn open_at(&self, new: NewCase, step: &str) -> Result<Case> {
        let process = queries::process(self.tx, new.process).await?;
        self.begin(new, &process, step).await
    }

    async fn begin(&self, new: NewCase, process: &Process, step: &str) -> Result<Case> {
        let case = self.insert(new, None).await?;
        self.open_step(&case, process, step).await?;
        Ok(case)
    }

    /// Another agency answers for a case from now on: the steps that open after this are its steps. Those that are open
    /// stay where they are, and so does the calendar of a clock that runs.
    pub async fn hand_over(&self, case: Id, agency: Id) -> Result<()> {
        let touched = Sql::new("UPDATE flow_cases SET agency_id = $2 WHERE id = $1 AND closed_at IS NULL")
            .bind(case.uuid())
            .bind(agency.uuid())
            .run(self.tx)
            .await?;
        if touched == 0 { Err(Error::Conflict("flow-step-moved-on")) } else { Ok(()) }
    }

    async fn insert(&self, new: NewCase, parent_step: Option<Id>) -> Result<Case> {
        let case = Case {
            id: Id::new(self.now),
            system: new.system,
            subject: new.subject,
            process: new.process,
            parent_step,
            agency: new.agency,
            receiving: new.receiving,
            title: new.title,
            reference: new.reference,
            label: new.label,
            path: new.path,
            state: CaseState::Open,
            opened_at: self.now.utc(),
            closed_at: None,
        };
        Sql::new(
            "INSERT INTO flow_cases (id, system, subject_id, process_id, parent_step, agency_id, receiving_id, title, \
             reference, label, path, state, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(case.id.uuid())
        .bind(case.system.as_str())
        .bind(case.subject.uuid())
        .bind(case.process.uuid())
        .bind(case.parent_step.map(Id::uuid))
        .bind(case.agency.uuid())
        .bind(case.receiving.uuid())
        .bind(case.title.as_str())
        .bind(case.reference.as_str())
        .bind(case.label.as_str())
        .bind(case.path.as_str())
        .bind(case.state.as_str())
        .bind(case.opened_at)
        .run(self.tx)
        .await?;
        Ok(case)
    }

    pub(super) async fn open_step(&self, case: &Case, process: &Process, name: &str) -> Result<()> {
        let step = process.step(name).ok_or_else(|| Error::inside(format!("no step {name}")))?;
        let id = Id::new(self.now);
        let agency = match &step.who {
            Some(who) => self.agency_at(case, &who.at).await?,
            None => case.agency,
        };
        let does = crate::tables::word(step.does)?;
        Sql::new(
            "INSERT INTO flow_steps (id, case_id, system, name, title, does, role, agency_id, unit, opened_at, sort_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(id.uuid())
        .bind(case.id.uuid())
        .bind(case.system.as_str())
        .bind(step.name.as_str())
        .bind(step.title.as_str())
        .bind(does)
        .bind(step.who.as_ref().map(|who| who.role.clone()))
        .bind(agency.uuid())
        .bind(step.who.as_ref().and_then(|who| who.unit.clone()))
        .bind(self.now.utc())
        .bind(LAST.parse::<chrono::DateTime<chrono::Utc>>()?)
        .run(self.tx)
        .await?;
        if let Some(budget) = step.budget {
            let due =
                ledger::start(self.tx, self.calendars()?, step_clock(id), agency, step_terms(budget), self.now.utc())
                    .await?;
            self.set_due(id, due).await?;
        }
        if let Some(subcase) = &step.subcase {
            Box::pin(self.open_subcase(case, id, step, subcase)).await?;
        }
        Ok(())
    }

    pub(super) async fn agency_at(&self, case: &Case, at: &At) -> Result<Id> {
        match at {
            At::Receiving => Ok(case.receiving),
            At::Deciding | At::Subcase => Ok(case.agency),
            At::Parent => {
                let parent = directory::queries::parent(self.tx, case.agency).await?;
                parent.map(|agency| agency.id).ok_or_else(|| Error::inside("an agency without one above it"))
            }
            At::Agency(code) => {
                let found = directory::queries::agency_by_code(self.tx, code, self.now.today()).await?;
                found.map(|agency| agency.id).ok_or_else(|| Error::inside(format!("no agency {code} today")))
            }
        }
    }

    async fn open_subcase(&self, parent: &Case, step: Id, at: &Step, subcase: &SubCase) -> Result<()> {
        let procedure = self.procedure(&subcase.procedure).await?;
        let covered = self.agency_at(parent, &subcase.agency.covering).await?;
        let agency = directory::queries::covering(self.tx, &subcase.agency.kind, covered, self.now.today())
            .await?
            .ok_or_else(|| Error::inside(format!("no agency of kind {} for {}", subcase.agency.kind, at.name)))?;
        let new = NewCase {
            system: parent.system.clone(),
            subject: parent.subject,
            process: procedure.process,
            agency: agency.id,
            receiving: agency.id,
            title: procedure.name.clone(),
            reference: parent.reference.clone(),
            label: parent.label.clone(),
            path: parent.path.clone(),
        };
        let process = queries::process(self.tx, procedure.process).await?;
        let child = self.insert(new, Some(step)).await?;
        self.start_clock(child.id, agency.id, terms(&procedure.deadline)?, self.now.utc()).await?;
        let first = process.steps.first().ok_or_else(|| Error::inside("a process without steps"))?;
        self.open_step(&child, &process, &first.name).await
    }
}
