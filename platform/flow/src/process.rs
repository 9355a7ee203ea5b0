//! A process as data: the steps of a case, who may take each, and where each outcome leads.
//!
//! A process is read from a package, published once as a numbered version and never changed again;
//! a running case stays on the version it began with.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::case;

/// The steps of a case, in the order a reader should see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Identifier, unique among processes: `same-day`.
    pub name: String,
    /// What an officer reads: "Giải quyết trong ngày".
    pub title: String,
    /// The first step is where a case begins.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Identifier within the process: `examine`.
    pub name: String,
    /// What people read: "Thẩm tra hồ sơ".
    pub title: String,
    /// What is done here; decides which buttons the subject's own system offers.
    pub does: Work,
    /// Who may take the step. Absent only where the step waits for a sub-case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Who>,
    /// Working time the step may use. Absent: only the clock of the case counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// Outcome → what follows. An outcome is a word of the subject's system: `propose`, `approve`, `return`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcomes: BTreeMap<String, Next>,
    /// The step opens only when all of these have closed (the join after parallel steps).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Work of another agency: a case of its own with its own clock; this step closes when that case does,
    /// with the outcome `done` or `refuse`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subcase: Option<SubCase>,
}

/// The kinds of work a step can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// The desk compares and accepts what was sent in.
    Receive,
    /// A head of unit hands the work to one officer.
    Assign,
    /// Examining, visiting, asking; ends in a proposal.
    Examine,
    /// A head of unit reads the proposal before it goes up.
    Review,
    /// A leader signs the result.
    Sign,
    /// The clerk gives the number and the agency's seal.
    Number,
    /// The desk hands over the result.
    Return,
    /// Another agency works; see [`Step::subcase`].
    SubCase,
}

/// Who may take a step, relative to the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// A kind of position (see `base::PositionKind`): `reception`, `specialist`, `head`, `leader`, `clerk`.
    pub role: String,
    /// A unit's code within the agency: `tu-phap`. Absent: any unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default)]
    pub at: At,
}

/// The agency at which a step is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum At {
    /// Where the dossier was handed in.
    Receiving,
    /// The agency that answers for the case.
    #[default]
    Deciding,
    /// One tier above the deciding agency.
    Parent,
    /// The agency of the sub-case itself.
    Subcase,
    /// One named agency, by identifier code.
    #[serde(untagged)]
    Agency(String),
}

/// Working time: exactly one of the two units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Budget {
    Hours(u32),
    Days(u32),
}

/// What follows an outcome: a step, several at once, or one of the ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Next {
    One(String),
    Fork(Vec<String>),
}

/// Names that may stand where a step is expected.
pub const SUPPLEMENT: &str = "supplement"; // the applicant is asked; the clocks stand still; the step is taken up again
pub const REFUSE: &str = "refuse"; // the case ends without a result
pub const END: &str = "end"; // the case ends with its result

impl Next {
    pub fn targets(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Fork(names) => names,
        }
    }
}

/// The case another agency gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubCase {
    /// Code of the procedure whose process and budget the other agency follows.
    pub procedure: String,
    pub agency: SubCaseAgency,
}

/// Which agency gets the sub-case: the one of this kind whose territory covers that agency's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubCaseAgency {
    /// A kind of agency: `social-insurance`, `police`.
    pub kind: String,
    #[serde(default)]
    pub covering: At,
}

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
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }

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
            mistakes.extend(case::dead_end(self, first));
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

/// Whether a case ends here.
pub fn is_end(name: &str) -> bool {
    name == END || name == REFUSE
}
