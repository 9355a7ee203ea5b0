//! A running case goes on by another version of its process: what was done stays done, no deadline gets shorter.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use store::{Connection, Sql};
use worktime::ledger::{self, Owner};
use worktime::{Clock, Terms};

use super::Flow;
use super::clocks::{case_clock, step_clock, step_terms};
use crate::case::Taken;
use crate::migration::{Obstacle, obstacle};
use crate::process::{Process, Step};
use crate::queries;
use crate::tables::OpenStep;

/// What keeps a case on its version; `None` where it can go on by the other process.
pub async fn obstacle_to(c: &impl Connection, case: Id, process: Id) -> Result<Option<Obstacle>> {
    let case = queries::case_by_id(c, case).await?.ok_or(Error::NotFound)?;
    let (from, to) = (queries::process(c, case.process).await?, queries::process(c, process).await?);
    let taken: Vec<Taken> = queries::steps_of_case(c, case.id).await?.into_iter().map(taken).collect();
    Ok(obstacle(&from, &to, &taken))
}

fn taken(step: OpenStep) -> Taken {
    Taken { step: step.name, outcome: step.outcome }
}

impl Flow<'_> {
    /// Lets a case go on by another process, under another title. Open steps are as they are there; whoever took one keeps
    /// it while it is work of the same position. A clock gets the new terms only where they end later.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the case has ended, or something keeps it on its version: see [`obstacle_to`].
    pub async fn migrate(&self, case: Id, process: Id, terms: Terms, title: &str) -> Result<()> {
        if obstacle_to(self.tx, case, process).await?.is_some() {
            return Err(Error::Conflict("flow-cannot-migrate"));
        }
        let moved = Sql::new("UPDATE flow_cases SET process_id = $2, title = $3 WHERE id = $1 AND closed_at IS NULL")
            .bind(case.uuid())
            .bind(process.uuid())
            .bind(title)
            .run(self.tx)
            .await?;
        if moved != 1 {
            return Err(Error::Conflict("flow-step-moved-on"));
        }
        self.lengthen(case_clock(case), terms).await?;
        let to = queries::process(self.tx, process).await?;
        let open = queries::steps_of_case(self.tx, case).await?.into_iter().filter(|step| step.closed_at.is_none());
        for step in open {
            self.go_on(&step, &to).await?;
        }
        Ok(())
    }

    async fn go_on(&self, open: &OpenStep, to: &Process) -> Result<()> {
        let step = to.step(&open.name).ok_or_else(|| Error::inside("a step outside its process"))?;
        let (role, unit, agency) = self.taker(open, step).await?;
        let same = role == open.role && unit == open.unit && agency == open.agency;
        Sql::new("UPDATE flow_steps SET title = $2, role = $3, unit = $4, agency_id = $5, claimed_by = $6, claimed_person = $7 WHERE id = $1")
            .bind(open.id.uuid())
            .bind(step.title.as_str())
            .bind(role)
            .bind(unit)
            .bind(agency.uuid())
            .bind(open.claimed_by.filter(|_| same).map(Id::uuid))
            .bind(open.claimed_person.filter(|_| same).map(Id::uuid))
            .run(self.tx)
            .await?;
        if let Some(budget) = step.budget
            && let Some(due) = self.lengthen(step_clock(open.id), step_terms(budget)).await?
        {
            self.set_due(open.id, Some(due)).await?;
        }
        Ok(())
    }

    async fn taker(&self, open: &OpenStep, step: &Step) -> Result<(Option<String>, Option<String>, Id)> {
        let Some(who) = &step.who else { return Ok((None, None, open.agency)) };
        let case = queries::case_by_id(self.tx, open.case).await?.ok_or(Error::NotFound)?;
        Ok((Some(who.role.clone()), who.unit.clone(), self.agency_at(&case, &who.at).await?))
    }

    /// The new due moment, where these terms end later than those the clock has. One that stands still is compared as if it
    /// ran again now.
    async fn lengthen(&self, owner: Owner, terms: Terms) -> Result<Option<DateTime<Utc>>> {
        let Some(held) = ledger::find(self.tx, owner).await?.filter(|held| held.clock.ended.is_none()) else {
            return Ok(None);
        };
        let calendar = self.calendars()?.of(held.agency);
        let mut clock = held.clock;
        for pause in clock.pauses.iter_mut().filter(|pause| pause.to.is_none()) {
            pause.to = Some(self.now.utc());
        }
        let before = clock.due(&calendar)?;
        let after = Clock { terms, ..clock }.due(&calendar)?;
        if after > before { ledger::extend(self.tx, self.calendars()?, owner, terms).await } else { Ok(None) }
    }
}
