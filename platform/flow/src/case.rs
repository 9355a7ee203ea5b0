//! The course of a case: what an outcome opens, joins or ends. No I/O: given what has happened, it says what follows.

use serde::{Deserialize, Serialize};

use crate::process::{END, Process, REFUSE, SUPPLEMENT, Step};

/// The state of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseState {
    Open,
    /// The applicant was asked for something; the clocks stand still.
    Waiting,
    Done,
    Refused,
    /// Taken back by the applicant.
    Withdrawn,
}

impl CaseState {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Open, Self::Waiting, Self::Done, Self::Refused, Self::Withdrawn]
            .into_iter()
            .find(|state| state.as_str() == text)
    }

    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Refused | Self::Withdrawn)
    }
}

/// How a case can end by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Done,
    Refused,
}

/// One execution of a step, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taken {
    pub step: String,
    /// Absent while the step is open.
    pub outcome: Option<String>,
}

/// What follows an outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Steps to open, in the order of the process.
    pub opens: Vec<String>,
    /// The applicant is asked; the step stays open and waits.
    pub waits: bool,
    pub ends: Option<End>,
}

/// The step has no such outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the step has no such outcome")]
pub struct NoSuchOutcome;

/// What follows when `step` ends with `outcome`, after everything in `taken` (the step itself still open in it).
///
/// A refusal ends the case whatever else is open; the other end is reached only when nothing else is.
pub fn follow(process: &Process, taken: &[Taken], step: &Step, outcome: &str) -> Result<Course, NoSuchOutcome> {
    let next = step.outcomes.get(outcome).ok_or(NoSuchOutcome)?;
    let targets = next.targets();
    if targets.iter().any(|target| target == SUPPLEMENT) {
        return Ok(Course { waits: true, ..Course::default() });
    }
    if targets.iter().any(|target| target == REFUSE) {
        return Ok(Course { ends: Some(End::Refused), ..Course::default() });
    }
    let mut after: Vec<Taken> = taken.to_vec();
    if let Some(own) = after.iter_mut().rev().find(|past| past.step == step.name && past.outcome.is_none()) {
        own.outcome = Some(outcome.to_owned());
    }
    let opens: Vec<String> = process
        .steps
        .iter()
        .filter(|candidate| targets.contains(&candidate.name))
        .filter(|candidate| !is_open(&after, &candidate.name) && may_open(process, &after, candidate))
        .map(|candidate| candidate.name.clone())
        .collect();
    let finished = targets.iter().any(|target| target == END);
    let still_open = after.iter().any(|past| past.outcome.is_none());
    let ends = (finished && opens.is_empty() && !still_open).then_some(End::Done);
    Ok(Course { opens, waits: false, ends })
}

fn is_open(taken: &[Taken], step: &str) -> bool {
    taken.iter().any(|past| past.step == step && past.outcome.is_none())
}

/// A join opens when each step it waits for was last left by an outcome that leads to it.
fn may_open(process: &Process, taken: &[Taken], join: &Step) -> bool {
    join.after.iter().all(|name| {
        let last = taken.iter().rev().find(|past| past.step == *name);
        let outcome = last.and_then(|past| past.outcome.as_deref());
        let next = outcome.and_then(|outcome| process.step(name)?.outcomes.get(outcome));
        next.is_some_and(|next| next.targets().contains(&join.name))
    })
}
