//! What can be wrong with a process: by itself, and on the ways a case can take through it.

use std::collections::BTreeSet;

use super::{Next, Process, SUPPLEMENT, Step, Work, is_end};
use crate::case::{Taken, follow};

/// A mistake in a process; `step` and `key` say where, so that a checker can find the line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    #[error("a process needs at least one step")]
    Empty,
    #[error("the first step must receive the case, but `{step}` does something else")]
    FirstMustReceive { step: String },
    #[error("the name `{step}` is used twice")]
    DuplicateStep { step: String },
    #[error("the name `{step}` is reserved")]
    ReservedName { step: String },
    #[error("outcome `{outcome}` of step `{step}` leads to `{target}`, which is no step")]
    UnknownTarget { step: String, outcome: String, target: String },
    #[error("step `{step}` waits for `{target}`, which is no step")]
    UnknownAfter { step: String, target: String },
    #[error("step `{step}` waits for itself through `{target}`")]
    WaitsForItself { step: String, target: String },
    #[error("step `{step}` has nobody who may take it and is no sub-case")]
    Nobody { step: String },
    #[error("step `{step}` is a sub-case and must not name a person as well")]
    SubCaseWithPerson { step: String },
    #[error("step `{step}` has no outcome, so a case would stay there for ever")]
    NoOutcome { step: String },
    #[error("step `{step}` cannot be reached from the first step")]
    Unreachable { step: String },
    #[error("from step `{step}` the case can never end")]
    NeverEnds { step: String },
    #[error("a sub-case must have the outcome `done` in step `{step}`")]
    SubCaseWithoutDone { step: String },
    #[error("after outcome `{outcome}` of step `{step}` a case may have nothing open and not be over")]
    DeadEnd { step: String, outcome: String },
    #[error("the steps side by side of `{step}` allow more ways than can be checked")]
    TooManyWays { step: String },
}

impl Mistake {
    /// The step the mistake stands in, if it stands in one.
    pub fn step(&self) -> Option<&str> {
        match self {
            Self::Empty => None,
            Self::FirstMustReceive { step }
            | Self::DuplicateStep { step }
            | Self::ReservedName { step }
            | Self::UnknownTarget { step, .. }
            | Self::UnknownAfter { step, .. }
            | Self::WaitsForItself { step, .. }
            | Self::Nobody { step }
            | Self::SubCaseWithPerson { step }
            | Self::NoOutcome { step }
            | Self::Unreachable { step }
            | Self::NeverEnds { step }
            | Self::SubCaseWithoutDone { step }
            | Self::DeadEnd { step, .. }
            | Self::TooManyWays { step } => Some(step),
        }
    }
}

impl Process {
    /// Every mistake, not just the first: the author mends a package in one go.
    pub fn check(&self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        let Some(first) = self.steps.first() else { return vec![Mistake::Empty] };
        if first.does != Work::Receive {
            mistakes.push(Mistake::FirstMustReceive { step: first.name.clone() });
        }
        let mut names = BTreeSet::new();
        for step in &self.steps {
            if !names.insert(step.name.as_str()) {
                mistakes.push(Mistake::DuplicateStep { step: step.name.clone() });
            }
        }
        for step in &self.steps {
            self.check_step(step, &names, &mut mistakes);
        }
        if mistakes.is_empty() {
            self.check_paths(first, &mut mistakes);
        }
        if mistakes.is_empty() {
            mistakes.extend(dead_end(self, first));
        }
        mistakes
    }

    fn check_step(&self, step: &Step, names: &BTreeSet<&str>, mistakes: &mut Vec<Mistake>) {
        let name = || step.name.clone();
        if is_end(&step.name) || step.name == SUPPLEMENT {
            mistakes.push(Mistake::ReservedName { step: name() });
        }
        match (step.does == Work::SubCase, &step.subcase, &step.who) {
            (true, Some(_), None) => {
                if !step.outcomes.contains_key("done") {
                    mistakes.push(Mistake::SubCaseWithoutDone { step: name() });
                }
            }
            (_, Some(_), Some(_)) => mistakes.push(Mistake::SubCaseWithPerson { step: name() }),
            (false, None, Some(_)) => {}
            _ => mistakes.push(Mistake::Nobody { step: name() }),
        }
        if step.outcomes.is_empty() {
            mistakes.push(Mistake::NoOutcome { step: name() });
        }
        for (outcome, next) in &step.outcomes {
            for target in next.targets() {
                if !names.contains(target.as_str()) && !is_end(target) && target != SUPPLEMENT {
                    mistakes.push(Mistake::UnknownTarget {
                        step: name(),
                        outcome: outcome.clone(),
                        target: target.clone(),
                    });
                }
            }
        }
        for target in &step.after {
            if !names.contains(target.as_str()) {
                mistakes.push(Mistake::UnknownAfter { step: name(), target: target.clone() });
            } else if self.waits_for(target, &step.name, &mut BTreeSet::new()) {
                mistakes.push(Mistake::WaitsForItself { step: name(), target: target.clone() });
            }
        }
    }

    fn waits_for<'a>(&'a self, from: &'a str, wanted: &str, seen: &mut BTreeSet<&'a str>) -> bool {
        from == wanted
            || seen.insert(from)
                && self.step(from).is_some_and(|step| step.after.iter().any(|next| self.waits_for(next, wanted, seen)))
    }

    fn check_paths(&self, first: &Step, mistakes: &mut Vec<Mistake>) {
        let reached = self.closure(&first.name);
        for step in &self.steps {
            if !reached.contains(step.name.as_str()) {
                mistakes.push(Mistake::Unreachable { step: step.name.clone() });
            } else if !self.closure(&step.name).iter().any(|name| is_end(name)) {
                mistakes.push(Mistake::NeverEnds { step: step.name.clone() });
            }
        }
    }

    /// All names that can follow `from`, itself included.
    fn closure<'a>(&'a self, from: &'a str) -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::from([from]);
        let mut waiting = vec![from];
        while let Some(step) = waiting.pop().and_then(|name| self.step(name)) {
            for target in step.outcomes.values().flat_map(Next::targets) {
                if seen.insert(target) && !is_end(target) && target != SUPPLEMENT {
                    waiting.push(target);
                }
            }
        }
        seen
    }
}

/// Far more than steps of one agency side by side give; a hundred side by side would be walked for ever.
const MOST_WAYS: usize = 10_000;

/// Walks every way a case can go, and gives the first outcome after which it lies where nobody can take it up: a join that
/// waits for what will not come.
fn dead_end(process: &Process, first: &Step) -> Option<Mistake> {
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
