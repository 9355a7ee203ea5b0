//! The course of a case: what an outcome opens, joins or ends. No I/O: given what has happened, it says what follows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::process::{END, Mistake, Process, REFUSE, SUPPLEMENT, Step};

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

/// Far more than steps of one agency side by side give; a hundred side by side would be walked for ever.
const MOST_WAYS: usize = 10_000;

/// Walks every way a case can go, and gives the first outcome after which it lies where nobody can take it up: a join that
/// waits for what will not come.
pub(crate) fn dead_end(process: &Process, first: &Step) -> Option<Mistake> {
    let begun = vec![Taken { step: first.name.clone(), outcome: None }];
    let mut seen = BTreeSet::from([begun.clone()]);
    let mut waiting = vec![begun];
    while let Some(taken) = waiting.pop() {
        let open = taken.iter().filter(|past| past.outcome.is_none()).filter_map(|past| process.step(&past.step));
        for (step, outcome) in open.flat_map(|step| step.outcomes.keys().map(move |outcome| (step, outcome))) {
            let Ok(course) = follow(process, &taken, step, outcome) else { continue };
            if course.waits || course.ends.is_some() {
                continue;
            }
            let after = after(&taken, step, outcome, &course.opens);
            if after.iter().all(|past| past.outcome.is_some()) {
                return Some(Mistake::DeadEnd { step: step.name.clone(), outcome: outcome.clone() });
            }
            if seen.len() > MOST_WAYS {
                return Some(Mistake::TooManyWays { step: step.name.clone() });
            }
            if seen.insert(after.clone()) {
                waiting.push(after);
            }
        }
    }
    None
}

/// What counts of the past once `step` was left: the last time of each step, in one order whichever way led there.
fn after(taken: &[Taken], step: &Step, outcome: &str, opens: &[String]) -> Vec<Taken> {
    let left = |past: &Taken| match &past.outcome {
        None if past.step == step.name => Taken { outcome: Some(outcome.to_owned()), ..past.clone() },
        _ => past.clone(),
    };
    let mut after: Vec<Taken> = taken.iter().filter(|past| !opens.contains(&past.step)).map(left).collect();
    after.extend(opens.iter().map(|step| Taken { step: step.clone(), outcome: None }));
    after.sort_unstable();
    after
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
