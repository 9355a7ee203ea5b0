use std::collections::BTreeSet;

use serde::Deserialize;

use crate::feedback::{Charge, Deadline};
use crate::{Mistake, Problem, national};

const FILE: &str = "petitions/petitions.toml";

/// What voters petition for, who receives and answers it, and how long that may take.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Petitions {
    /// Who classifies and assigns.
    pub received_by: Charge,
    pub deadline: Deadline,
    pub limits: PetitionLimits,
    pub twins: Twins,
    #[serde(rename = "body")]
    pub bodies: Vec<Body>,
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    #[serde(rename = "result")]
    pub results: Vec<Outcome>,
}

/// What one petition and one imported file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PetitionLimits {
    /// In characters.
    pub words: usize,
    /// Of a file, as it is sent …
    pub file_bytes: usize,
    /// … and unpacked: both formats are packed folders.
    pub unpacked_bytes: u64,
    pub rows: usize,
    /// Steps of a road map, at most.
    pub road_steps: usize,
}

/// From which likeness two petitions are shown as likely the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Twins {
    /// 0 to 100.
    pub percent: u8,
    pub shown: usize,
}

/// Whose meetings petitions are collected for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    pub code: String,
    pub title: String,
}

/// What a petition is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub code: String,
    pub title: String,
    /// Other words by which tables name it.
    pub words: Vec<String>,
    /// Who is proposed to answer.
    pub handled_by: Charge,
}

/// What an answer comes to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub code: String,
    pub title: String,
    /// It is followed up at later meetings.
    #[serde(default)]
    pub carries_over: bool,
    /// It must say what is done by when.
    #[serde(default)]
    pub road_map: bool,
    /// It must say why not.
    #[serde(default)]
    pub reason: bool,
}

impl Petitions {
    /// The embedded national rules.
    pub fn load() -> Result<Self, Problem> {
        let petitions: Self = national().parse(FILE)?;
        petitions.check().map_err(|source| Problem::Wrong { file: FILE.into(), source })?;
        Ok(petitions)
    }

    pub fn body(&self, code: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.code == code)
    }

    pub fn field(&self, code: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.code == code)
    }

    pub fn result(&self, code: &str) -> Option<&Outcome> {
        self.results.iter().find(|result| result.code == code)
    }

    /// Codes are what rows keep: one that stands twice would name two things.
    fn check(&self) -> Result<(), Mistake> {
        let bodies = self.bodies.iter().map(|body| &body.code);
        let all = bodies.chain(self.fields.iter().map(|field| &field.code));
        let mut seen = BTreeSet::new();
        for code in all.chain(self.results.iter().map(|result| &result.code)) {
            if !seen.insert(code) {
                return Err(Mistake::CodeUsedTwice { code: code.clone() });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_done_yet_carries_over_and_says_when_or_why() {
        let petitions = Petitions::load().unwrap();
        assert_eq!((petitions.deadline.amount, petitions.deadline.unit.as_str()), (60, "calendar-days"));
        for result in petitions.results.iter().filter(|result| result.carries_over) {
            assert!(result.road_map || result.reason, "{}", result.code);
        }
        assert!(petitions.results.iter().any(|result| result.road_map));
    }

    #[test]
    fn a_code_that_stands_twice_is_told() {
        let mut petitions = Petitions::load().unwrap();
        petitions.fields[1].code = petitions.fields[0].code.clone();
        assert!(petitions.check().unwrap_err().to_string().contains("giao-thong"));
    }
}
