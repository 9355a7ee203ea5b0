use base::PositionKind;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::{Mistake, Problem, national};

const FILE: &str = "organisation.toml";

/// The units and positions that agencies of each kind have, through time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    #[serde(rename = "template")]
    pub templates: Vec<Template>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The kind of agency it is for: `commune-committee`.
    pub kind: String,
    pub from: NaiveDate,
    /// The last day.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    pub basis: String,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(rename = "unit")]
    pub units: Vec<Unit>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Unique within the agency; processes name units by it: `tu-phap`.
    pub code: String,
    pub name: String,
    pub positions: Vec<Position>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    pub kind: PositionKind,
    /// "Chủ tịch Ủy ban nhân dân".
    pub title: String,
    /// How many people hold it in the demo.
    pub seats: u8,
}

impl Organisation {
    /// The embedded national templates.
    pub fn load() -> Result<Self, Problem> {
        let organisation: Self = national().parse(FILE)?;
        organisation.check().map_err(|source| Problem::Wrong { file: FILE.into(), source })?;
        Ok(organisation)
    }

    /// The template an agency of this kind follows on that day.
    pub fn template(&self, kind: &str, day: NaiveDate) -> Option<&Template> {
        self.templates.iter().find(|template| template.kind == kind && template.holds_on(day))
    }

    fn check(&self) -> Result<(), Mistake> {
        for (index, template) in self.templates.iter().enumerate() {
            if template.to.is_some_and(|last| last < template.from) {
                return Err(Mistake::EndsBeforeItBegins { name: template.kind.clone() });
            }
            let twin = |(other, rival): (usize, &Template)| {
                other != index && rival.kind == template.kind && rival.holds_on(template.from)
            };
            if self.templates.iter().enumerate().any(twin) {
                return Err(Mistake::TwoTemplates { kind: template.kind.clone(), day: template.from });
            }
            for unit in &template.units {
                if template.units.iter().filter(|other| other.code == unit.code).count() > 1 {
                    return Err(Mistake::CodeUsedTwice { code: unit.code.clone() });
                }
            }
        }
        Ok(())
    }
}

impl Template {
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }

    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// Whether somebody of this kind works there; without a unit, anywhere in the agency.
    pub fn has(&self, kind: PositionKind, unit: Option<&str>) -> bool {
        let here = |candidate: &&Unit| unit.is_none_or(|code| candidate.code == code);
        self.units.iter().filter(here).flat_map(|unit| &unit.positions).any(|position| position.kind == kind)
    }
}
