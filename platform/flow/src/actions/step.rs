//! Taking, handing on and finishing steps.

use base::{Error, Id, Result};
use journal::{Entry, Thing, record};
use serde_json::json;
use store::Sql;
use system::Officer;
use worktime::ledger;

use super::Flow;
use super::clocks::{CASE, STEP, step_clock};
use crate::case::{CaseState, Course, End, Taken, follow};
use crate::queries::{self, is_work_of, may_take};
use crate::tables::{Case, OpenStep};

/// Cases named in one statement: both databases allow as many parameters.
const MANY: usize = 10_000;

/// What became of a case by an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub case: Case,
    pub course: Course,
}

impl Flow<'_> {
    /// An officer takes a step out of the pool.
    ///
    /// # Errors
    /// [`Error::Conflict`] when a colleague was quicker.
    pub async fn claim(&self, officer: &Officer, step: Id) -> Result<()> {
        let found = self.open_step_for(officer, step).await?;
        self.take(officer, &found).await
    }

    /// An officer takes what is due first of all that nobody has taken; `None` when nothing is left. Colleagues who ask
    /// at the same moment get different steps.
    pub async fn claim_next(&self, officer: &Officer) -> Result<Option<OpenStep>> {
        let next = queries::next_unclaimed(self.tx, self.app.store.kind(), officer).await?;
        if let Some(step) = &next {
            self.take(officer, step).await?;
        }
        Ok(next)
    }

    async fn take(&self, officer: &Officer, found: &OpenStep) -> Result<()> {
        let taken = Sql::new(
            "UPDATE flow_steps SET claimed_by = $2, claimed_person = $3 \
             WHERE id = $1 AND closed_at IS NULL AND (claimed_by IS NULL OR claimed_by = $2)",
        )
        .bind(found.id.uuid())
        .bind(officer.position.uuid())
        .bind(officer.person.uuid())
        .run(self.tx)
        .await?;
        if taken != 1 {
            return Err(Error::Conflict("flow-claimed-by-other"));
        }
        if found.claimed_by.is_none() {
            self.tell("flow.claimed", found).await?;
        }
        Ok(())
    }

    async fn tell(&self, verb: &'static str, step: &OpenStep) -> Result<()> {
        let data = json!({ "case": step.case, "step": step.name, "agency": step.agency });
        let entry = Entry::new(verb, Thing { kind: "step", id: step.id }, &data)?;
        record(self.tx, self.now, &self.actor, entry).await?;
        Ok(())
    }

    /// Puts a step back into the pool.
    pub async fn release(&self, officer: &Officer, step: Id) -> Result<()> {
        let found = self.open_step_for(officer, step).await?;
        Sql::new("UPDATE flow_steps SET claimed_by = NULL, claimed_person = NULL WHERE id = $1 AND closed_at IS NULL")
            .bind(found.id.uuid())
            .run(self.tx)
            .await?;
        self.tell("flow.released", &found).await
    }

    /// The step, if it is open and this officer may take it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is another's work, [`Error::Conflict`] when it has been finished meanwhile.
    pub async fn open_step_for(&self, officer: &Officer, step: Id) -> Result<OpenStep> {
        Self::admitted(officer, queries::step_by_id(self.tx, step).await?.ok_or(Error::NotFound)?)
    }

    /// The same of a step that was read in this transaction.
    pub fn admitted(officer: &Officer, found: OpenStep) -> Result<OpenStep> {
        if found.closed_at.is_some() && found.agency == officer.agency {
            return Err(Error::Conflict("flow-step-moved-on"));
        }
        if may_take(officer, &found) {
            Ok(found)
        } else if is_work_of(officer, &found) {
            Err(Error::Conflict("flow-claimed-by-other"))
        } else {
            Err(Error::NotFound)
        }
    }

    /// Finishes a step with an outcome of its process, and opens what follows. `open` is what [`Self::open_step_for`] gave
    /// in this transaction.
    ///
    /// `note` is for the next officer. Who finishes a step has taken it.
    pub async fn complete(
        &self,
        officer: &Officer,
        open: &OpenStep,
        outcome: &str,
        note: Option<&str>,
    ) -> Result<Moved> {
        if open.waiting_since.is_some() {
            return Err(Error::Conflict("flow-step-waits"));
        }
        self.take(officer, open).await?;
        self.advance(open, outcome, note).await
    }

    async fn advance(&self, open: &OpenStep, outcome: &str, note: Option<&str>) -> Result<Moved> {
        let mut case = queries::case_by_id(self.tx, open.case).await?.ok_or(Error::NotFound)?;
        let process = queries::process(self.tx, case.process).await?;
        let step = process.step(&open.name).ok_or_else(|| Error::inside("a step outside its process"))?;
        let taken: Vec<Taken> = queries::steps_of_case(self.tx, case.id)
            .await?
            .into_iter()
            .map(|past| Taken { step: past.name, outcome: past.outcome })
            .collect();
        let course = follow(&process, &taken, step, outcome).map_err(|_| Error::Conflict("flow-no-such-outcome"))?;
        if course.waits {
            Sql::new("UPDATE flow_steps SET waiting_since = $2, note = $3 WHERE id = $1")
                .bind(open.id.uuid())
                .bind(self.now.utc())
                .bind(note)
                .run(self.tx)
                .await?;
            self.pause(case.id, "chờ bổ sung hồ sơ").await?;
            self.set_state(&mut case, CaseState::Waiting).await?;
            return Ok(Moved { case, course });
        }
        self.close_step(open.id, outcome, note).await?;
        for name in &course.opens {
            self.open_step(&case, &process, name).await?;
        }
        if let Some(end) = course.ends {
            let state = match end {
                End::Done => CaseState::Done,
                End::Refused => CaseState::Refused,
            };
            self.close(&mut case, state).await?;
        }
        Ok(Moved { case, course })
    }

    async fn close_step(&self, step: Id, outcome: &str, note: Option<&str>) -> Result<()> {
        let closed = Sql::new(
            "UPDATE flow_steps SET closed_at = $2, outcome = $3, note = $4 WHERE id = $1 AND closed_at IS NULL",
        )
        .bind(step.uuid())
        .bind(self.now.utc())
        .bind(outcome)
        .bind(note)
        .run(self.tx)
        .await?;
        if closed == 0 {
            return Err(Error::Conflict("flow-step-moved-on"));
        }
        ledger::stop(self.tx, self.calendars()?, step_clock(step), self.now.utc()).await
    }

    /// Ends a case now, whatever is open: its steps, its sub-cases, its clock; the step that waited for it goes on.
    pub async fn close(&self, case: &mut Case, state: CaseState) -> Result<()> {
        for step in queries::steps_of_case(self.tx, case.id).await?.into_iter().filter(|step| step.closed_at.is_none())
        {
            self.close_step(step.id, state.as_str(), None).await?;
            for child in self.children(step.id).await? {
                let mut child = child;
                child.parent_step = None;
                Box::pin(self.close(&mut child, CaseState::Withdrawn)).await?;
            }
        }
        self.stop_clock(case.id).await?;
        self.set_state(case, state).await?;
        if let Some(parent) = case.parent_step {
            let waiting = queries::step_by_id(self.tx, parent).await?.ok_or(Error::NotFound)?;
            let outcome = if state == CaseState::Done { "done" } else { "refuse" };
            Box::pin(self.advance(&waiting, outcome, None)).await?;
        }
        Ok(())
    }

    /// Ends any number of cases without sub-cases in a few statements: what they were opened for is worked on in another one.
    pub async fn withdraw_all(&self, cases: &[Id]) -> Result<()> {
        let (now, state) = (self.now.utc(), CaseState::Withdrawn.as_str());
        for some in cases.chunks(MANY) {
            let marks = store::marks(3, some.len());
            let of_cases = |text: String| {
                some.iter().fold(Sql::composed(text).bind(now).bind(state), |sql, case| sql.bind(case.uuid()))
            };
            let steps = of_cases(format!(
                "UPDATE flow_steps SET closed_at = $1, outcome = $2 WHERE closed_at IS NULL AND case_id IN ({marks}) RETURNING id"
            ))
            .all(self.tx, |row| Ok(Id::from_uuid(row.get(0)?)))
            .await?;
            of_cases(format!(
                "UPDATE flow_cases SET closed_at = $1, state = $2 WHERE closed_at IS NULL AND id IN ({marks})"
            ))
            .run(self.tx)
            .await?;
            ledger::stop_many(self.tx, STEP, &steps, now).await?;
            ledger::stop_many(self.tx, CASE, some, now).await?;
        }
        Ok(())
    }

    async fn children(&self, step: Id) -> Result<Vec<Case>> {
        Sql::composed(format!(
            "SELECT {} FROM flow_cases c WHERE c.parent_step = $1 AND c.closed_at IS NULL",
            crate::tables::CASE
        ))
        .bind(step.uuid())
        .all(self.tx, |row| crate::tables::case(&row, 0))
        .await
    }

    /// The applicant has answered: the step that asked goes on, and so do the clocks.
    pub async fn answered(&self, case: Id) -> Result<Case> {
        let mut case = queries::case_by_id(self.tx, case).await?.ok_or(Error::NotFound)?;
        if case.state != CaseState::Waiting {
            return Err(Error::Conflict("flow-not-waiting"));
        }
        Sql::new("UPDATE flow_steps SET waiting_since = NULL WHERE case_id = $1 AND closed_at IS NULL")
            .bind(case.id.uuid())
            .run(self.tx)
            .await?;
        self.resume(case.id).await?;
        self.set_state(&mut case, CaseState::Open).await?;
        Ok(case)
    }

    async fn set_state(&self, case: &mut Case, state: CaseState) -> Result<()> {
        case.state = state;
        case.closed_at = state.is_closed().then(|| self.now.utc());
        Sql::new("UPDATE flow_cases SET state = $2, closed_at = $3 WHERE id = $1")
            .bind(case.id.uuid())
            .bind(state.as_str())
            .bind(case.closed_at)
            .run(self.tx)
            .await?;
        Ok(())
    }
}
