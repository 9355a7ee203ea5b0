//! A reorganisation: agencies end on one day, and others go on with their work.

use base::Id;
use chrono::{DateTime, NaiveDate, Utc};

use crate::words::words;

/// A plan of reorganisation, as it was brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub id: Id,
    pub title: String,
    /// The first day of the new order.
    pub on: NaiveDate,
    pub basis: String,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// How far a plan has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanState {
    /// It can be read and decided upon; nothing has moved.
    Proposed,
    /// Its lines are being carried out, one after another.
    Running,
    Done,
}

words!(PlanState, "plan state", { Proposed => "proposed", Running => "running", Done => "done" });

impl Plan {
    pub const fn state(&self) -> PlanState {
        match (self.started_at, self.finished_at) {
            (None, _) => PlanState::Proposed,
            (Some(_), None) => PlanState::Running,
            (Some(_), Some(_)) => PlanState::Done,
        }
    }
}

/// Who said which agency goes on with the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decided {
    /// The table of successors, where it names one agency alone.
    Table,
    /// A line of the plan.
    Plan,
    /// Somebody on the plan's page.
    Person,
    /// Nobody yet: the table names none or several. The plan does not run.
    No,
}

words!(Decided, "decision", { Table => "table", Plan => "plan", Person => "person", No => "no" });

/// One agency that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    pub agency: Id,
    pub code: String,
    pub name: String,
    /// Id, code and name of the agency that goes on with its work.
    pub heir: Option<(Id, String, String)>,
    pub decided: Decided,
    /// Whether somebody checked it against the published decision.
    pub verified: bool,
    pub note: String,
    /// How many agencies took over parts of it, as the table of successors has it.
    pub parts: i64,
    pub done_at: Option<DateTime<Utc>>,
}

/// How many lines of a plan stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanCount {
    pub lines: i64,
    pub undecided: i64,
    pub unverified: i64,
    pub done: i64,
}
