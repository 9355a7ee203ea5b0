//! The clocks of cases and steps.

use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::Sql;
use worktime::ledger::{self, Owner};
use worktime::{Budget, Counting, Terms};

use super::Flow;
use crate::process;

/// Sorts behind every real deadline: work without one, and work that stands still.
pub(super) const LAST: &str = "9999-12-31T00:00:00Z";

/// Whose clocks the ledger keeps.
pub(super) const CASE: &str = "case";
pub(super) const STEP: &str = "step";

pub(super) const fn case_clock(case: Id) -> Owner {
    Owner { kind: CASE, id: case }
}

pub(super) const fn step_clock(step: Id) -> Owner {
    Owner { kind: STEP, id: step }
}

/// A step counts working minutes from the moment it opens: the cut-off hour is a rule for receiving, not for handing on.
pub(super) fn step_terms(budget: process::Budget) -> Terms {
    let budget = match budget {
        process::Budget::Hours(hours) => Budget::Minutes(hours.saturating_mul(60)),
        process::Budget::Days(days) => Budget::Days(days),
    };
    Terms { budget, counting: Counting::Hours, cut_off: None }
}

impl Flow<'_> {
    /// Starts the clock of a case, on the calendar of the agency that answers for it.
    pub async fn start_clock(
        &self,
        case: Id,
        agency: Id,
        terms: Terms,
        at: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>> {
        ledger::start(self.tx, self.calendars()?, case_clock(case), agency, terms, at).await
    }

    /// Gives the clock of a case more time than it began with: an extension. Its start, its pauses and the clocks of steps
    /// stay; gives the new due moment.
    pub async fn extend(&self, case: Id, terms: Terms) -> Result<Option<DateTime<Utc>>> {
        ledger::extend(self.tx, self.calendars()?, case_clock(case), terms).await
    }

    pub(super) async fn set_due(&self, step: Id, due: Option<DateTime<Utc>>) -> Result<()> {
        let sort = due.map_or_else(|| LAST.parse(), Ok)?;
        Sql::new("UPDATE flow_steps SET due_at = $2, sort_at = $3 WHERE id = $1")
            .bind(step.uuid())
            .bind(due)
            .bind(sort)
            .run(self.tx)
            .await?;
        Ok(())
    }

    /// Stops all clocks of a case for a while: its own and those of its open steps.
    pub(super) async fn pause(&self, case: Id, reason: &str) -> Result<()> {
        let at = self.now.utc();
        ledger::pause(self.tx, self.calendars()?, case_clock(case), at, reason).await?;
        for step in self.open_steps(case).await? {
            ledger::pause(self.tx, self.calendars()?, step_clock(step), at, reason).await?;
            self.set_due(step, None).await?;
        }
        Ok(())
    }

    pub(super) async fn resume(&self, case: Id) -> Result<()> {
        let at = self.now.utc();
        ledger::resume(self.tx, self.calendars()?, case_clock(case), at).await?;
        for step in self.open_steps(case).await? {
            let due = ledger::resume(self.tx, self.calendars()?, step_clock(step), at).await?;
            self.set_due(step, due).await?;
        }
        Ok(())
    }

    /// Ends the clock of a case: the result is there, or there will be none.
    pub async fn stop_clock(&self, case: Id) -> Result<()> {
        ledger::stop(self.tx, self.calendars()?, case_clock(case), self.now.utc()).await
    }

    async fn open_steps(&self, case: Id) -> Result<Vec<Id>> {
        Sql::new("SELECT id FROM flow_steps WHERE case_id = $1 AND closed_at IS NULL ORDER BY id")
            .bind(case.uuid())
            .all(self.tx, |row| Ok(Id::from_uuid(row.get(0)?)))
            .await
    }
}
