use serde::Deserialize;

use crate::{Mistake, Problem, national};

const FILE: &str = "feedback/feedback.toml";

/// What people may report, who receives and handles it, and how long that may take.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    pub limits: Limits,
    pub near: Near,
    pub joining: Joining,
    pub league: League,
    pub digest: Digest,
    pub reopening: Reopening,
    #[serde(rename = "sort")]
    pub sorts: Vec<Sort>,
    #[serde(rename = "deadline")]
    pub deadlines: Vec<Deadline>,
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
}

/// What one report and one stranger may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Reports and supports of people who are not signed in.
    pub per_address_and_hour: i64,
    pub photos: usize,
    /// A camera that notes no time, or an earlier one, says nothing of where a report is.
    pub photo_place_days: i64,
    /// Of one video, in millions of bytes.
    pub video_megabytes: u64,
    /// In characters.
    pub words: usize,
}

/// Within which distance and time a report of the same kind is likely the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Near {
    pub metres: u32,
    pub days: i64,
}

/// How reports of one matter are found and joined at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joining {
    /// Circles to choose from, in metres, the usual one first; within the days of [`Near`].
    pub metres: Vec<u32>,
    /// Joined in one go at most.
    pub most: usize,
}

/// Which agencies are compared in public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct League {
    /// With fewer answers an agency has no place: chance would give it.
    pub least: i64,
}

/// What people who follow a place or a kind are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Digest {
    /// Between two messages.
    pub days: i64,
    /// What one person can follow.
    pub most: usize,
}

/// How long after an answer, and how often, whoever reported may have it reopened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    pub days: i64,
    pub times: i64,
}

/// A sort of report; the code is one that programs know: `field`, `regulation`, `conduct`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    pub code: String,
    pub title: String,
    pub hint: String,
    pub received_by: Charge,
    /// Whether it is shown to everybody unless the desk decides otherwise.
    pub public: bool,
}

/// Which agency: the one of this kind that serves the place, or exactly the one with this notation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charge {
    /// `commune-committee`.
    pub kind: String,
    /// As in the notation of its documents: `SXD`.
    #[serde(default)]
    pub notation: Option<String>,
}

/// How long an answer may take; counted as the deadlines of procedures are.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    pub code: String,
    /// As people read it: "3 ngày làm việc".
    pub written: String,
    /// `minutes` and `days` of working time; `almanac-hours` round the clock; `calendar-days`, `calendar-months`.
    pub unit: String,
    pub amount: u32,
    /// `hours` or `days-excl-first`.
    pub counting: String,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// What a report can be about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub sort: String,
    pub code: String,
    pub title: String,
    /// Who is proposed to the desk.
    pub handled_by: Charge,
    /// Code of a deadline.
    pub deadline: String,
    /// Words that reports of the kind have in them.
    #[serde(default)]
    pub words: Vec<String>,
}

impl Feedback {
    /// The embedded national rules.
    pub fn load() -> Result<Self, Problem> {
        let feedback: Self = national().parse(FILE)?;
        feedback.check().map_err(|source| Problem::Wrong { file: FILE.into(), source })?;
        Ok(feedback)
    }

    pub fn sort(&self, code: &str) -> Option<&Sort> {
        self.sorts.iter().find(|sort| sort.code == code)
    }

    pub fn kind(&self, code: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.code == code)
    }

    pub fn deadline(&self, code: &str) -> Option<&Deadline> {
        self.deadlines.iter().find(|deadline| deadline.code == code)
    }

    fn check(&self) -> Result<(), Mistake> {
        for kind in &self.kinds {
            let unknown = |name: &String| Mistake::UnknownName { entry: kind.code.clone(), name: name.clone() };
            self.sort(&kind.sort).ok_or_else(|| unknown(&kind.sort))?;
            self.deadline(&kind.deadline).ok_or_else(|| unknown(&kind.deadline))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_sort_and_deadline_and_every_sort_a_kind() {
        let feedback = Feedback::load().unwrap();
        for sort in &feedback.sorts {
            assert!(feedback.kinds.iter().any(|kind| kind.sort == sort.code), "{}", sort.code);
        }
        assert_eq!(feedback.deadline(&feedback.kind("cay-do").unwrap().deadline).unwrap().amount, 2);
    }

    #[test]
    fn a_kind_that_names_what_is_not_there_is_told() {
        let mut feedback = Feedback::load().unwrap();
        feedback.kinds[0].deadline = "mai".to_owned();
        let told = feedback.check().unwrap_err().to_string();
        assert!(told.contains("o-ga") && told.contains("mai"), "{told}");
    }
}
