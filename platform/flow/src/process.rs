//! A process as data: the steps of a case, who may take each, and where each outcome leads.
//!
//! A process is read from a package, published once as a numbered version and never changed again;
//! a running case stays on the version it began with.

mod check;
mod plan;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use check::Mistake;

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
impl Process {
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }
}

/// Whether a case ends here.
pub fn is_end(name: &str) -> bool {
    name == END || name == REFUSE
}
