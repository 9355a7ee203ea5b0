use serde::Deserialize;

use crate::feedback::Charge;
use crate::{Mistake, Problem, national};

const FILE: &str = "complaints/complaints.toml";

/// The rules of petition letters (đơn thư): what makes a letter eligible, how long it may take, when leaders receive
/// citizens, and how the identity of who denounces is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complaints {
    /// From how many people on a joint letter is a crowd (đông người).
    pub crowd: i64,
    pub limits: LetterLimits,
    pub hot_spot: HotSpot,
    pub sealing: Sealing,
    /// Who receives the denunciations that come by the portal.
    pub denunciations_to: Charge,
    /// Who receives other letters by the portal beside the committee of the commune.
    pub others_to: Charge,
    #[serde(rename = "field")]
    pub fields: Vec<LetterField>,
    #[serde(rename = "condition")]
    pub conditions: Vec<Condition>,
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
    #[serde(rename = "reception")]
    pub receptions: Vec<ReceptionRule>,
}

/// What one letter and one stranger may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterLimits {
    pub per_address_and_hour: i64,
    /// In characters.
    pub words: usize,
    pub files: usize,
    /// Of all files of a letter together.
    pub megabytes: usize,
}

/// From how many letters of one field and one commune in a period is a hot spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HotSpot {
    pub letters: i64,
}

/// How the keys of sealed identities are guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealing {
    /// The shortest passphrase, in characters.
    pub passphrase: usize,
    /// The shortest reason for an opening, in characters.
    pub reason: usize,
    /// So many wrong passphrases …
    pub tries: i64,
    /// … within so many minutes, then none is taken until they are over.
    pub minutes: i64,
    /// Work of scrypt for one passphrase: 2ⁿ.
    pub work_factor: u8,
}

/// What a letter is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterField {
    pub code: String,
    pub title: String,
}

/// One condition that a letter must meet to be taken up, and what may lawfully become of one that does not.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub code: String,
    pub title: String,
    /// `complaint`, `denunciation`, `other`.
    pub kinds: Vec<String>,
    /// `guide`, `transfer`, `return`, `file`.
    pub unmet: Vec<String>,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// How long settling a letter may take, from when it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub kind: String,
    /// First or second complaint.
    pub instance: i64,
    /// `plain`, `complex`, `very-complex`.
    pub complexity: String,
    /// Far-off areas have longer; absent where that makes no difference.
    #[serde(default)]
    pub remote: Option<bool>,
    /// As people read it: "30 ngày".
    pub written: String,
    /// `days` or `calendar-days`.
    pub unit: String,
    pub amount: u32,
    pub basis: String,
    pub verified: bool,
}

/// How often the head of an agency receives citizens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceptionRule {
    /// `province` or `commune`.
    pub tier: String,
    pub days: u32,
    /// `month` or `week`.
    pub period: String,
    pub written: String,
    pub basis: String,
    pub verified: bool,
}

impl Complaints {
    /// The embedded national rules.
    pub fn load() -> Result<Self, Problem> {
        let rules: Self = national().parse(FILE)?;
        rules.check().map_err(|source| Problem::Wrong { file: FILE.into(), source })?;
        Ok(rules)
    }

    pub fn field(&self, code: &str) -> Option<&LetterField> {
        self.fields.iter().find(|field| field.code == code)
    }

    /// The conditions that a letter of this kind must meet.
    pub fn conditions_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Condition> {
        self.conditions.iter().filter(move |condition| condition.kinds.iter().any(|one| one == kind))
    }

    pub fn term(&self, kind: &str, instance: i64, complexity: &str, remote: bool) -> Option<&Term> {
        self.terms.iter().find(|term| {
            term.kind == kind
                && term.instance == instance
                && term.complexity == complexity
                && term.remote.is_none_or(|far| far == remote)
        })
    }

    fn check(&self) -> Result<(), Mistake> {
        const OUTCOMES: [&str; 4] = ["guide", "transfer", "return", "file"];
        for condition in &self.conditions {
            if let Some(name) = condition.unmet.iter().find(|name| !OUTCOMES.contains(&name.as_str())) {
                return Err(Mistake::UnknownName { entry: condition.code.clone(), name: name.clone() });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_its_time_and_longer_ones_are_of_the_same_unit() {
        let rules = Complaints::load().unwrap();
        for (kind, instance) in [("complaint", 1), ("complaint", 2), ("denunciation", 1), ("other", 1)] {
            for remote in [false, true] {
                let plain = rules.term(kind, instance, "plain", remote).unwrap();
                let longer = ["complex", "very-complex"].map(|how| rules.term(kind, instance, how, remote));
                let mut least = plain.amount;
                for term in longer.into_iter().flatten() {
                    assert!(term.amount > least && term.unit == plain.unit, "{kind} {instance} {remote}");
                    least = term.amount;
                }
            }
        }
        assert_eq!(rules.term("complaint", 2, "complex", true).unwrap().amount, 70);
        assert_eq!(rules.term("denunciation", 1, "very-complex", true).unwrap().amount, 90);
    }

    #[test]
    fn a_condition_with_an_unknown_outcome_is_told() {
        let mut rules = Complaints::load().unwrap();
        rules.conditions[0].unmet.push("burn".to_owned());
        let told = rules.check().unwrap_err().to_string();
        assert!(told.contains("burn"), "{told}");
    }
}
