use serde::Deserialize;

use crate::{Mistake, Problem, national};

const FILE: &str = "performance/indicators.toml";

/// The national set of indicators of how people and enterprises are served.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Performance {
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
    pub terms: IndicatorTerms,
    #[serde(rename = "group")]
    pub groups: Vec<IndicatorGroup>,
    #[serde(rename = "indicator")]
    pub indicators: Vec<Indicator>,
}

/// How long the steps may take that indicators look at.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorTerms {
    /// To refuse a report, from when it was sent.
    pub refuse_report: IndicatorTerm,
    /// To answer one, from when it was sent.
    pub answer_report: IndicatorTerm,
    /// To make an answer public, from when it was approved.
    pub show_answer: IndicatorTerm,
    /// Between the decision that announces a procedure and its first day.
    pub announce_procedure: IndicatorTerm,
    /// To make a procedure public, from the day of its decision.
    pub publish_procedure: IndicatorTerm,
}

/// A time of working days; the first is not counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorTerm {
    pub working_days: u32,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// Indicators that are told together.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorGroup {
    pub code: String,
    pub name: String,
    /// The sum of those of its indicators.
    pub points: u32,
}

/// A share or an average of two measures that the program has by name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Code of the group.
    pub group: String,
    /// `2.1`.
    pub code: String,
    pub name: String,
    /// At most.
    pub points: u32,
    pub unit: IndicatorUnit,
    /// Names of measures; absent where the province's programs have no rows for it yet.
    #[serde(default)]
    pub numerator: Option<String>,
    #[serde(default)]
    pub denominator: Option<String>,
    /// The share in percent from which on it has all points; below, points fall in proportion.
    #[serde(default = "all")]
    pub full_at: u32,
    /// What it leaves out, or why it has no source; shown beside it.
    #[serde(default)]
    pub note: Option<String>,
}

const fn all() -> u32 {
    100
}

/// What an indicator is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorUnit {
    Percent,
    /// Minutes by the almanac, told as days; it has no points.
    Days,
}

impl Performance {
    /// The embedded national rules.
    pub fn load() -> Result<Self, Problem> {
        let performance: Self = national().parse(FILE)?;
        performance.check().map_err(|source| Problem::Wrong { file: FILE.into(), source })?;
        Ok(performance)
    }

    /// The indicators of a group, in their order.
    pub fn of_group<'a>(&'a self, group: &'a IndicatorGroup) -> impl Iterator<Item = &'a Indicator> {
        self.indicators.iter().filter(|indicator| indicator.group == group.code)
    }

    fn check(&self) -> Result<(), Mistake> {
        for indicator in &self.indicators {
            let known = self.groups.iter().any(|group| group.code == indicator.group);
            let whole = indicator.numerator.is_some() == indicator.denominator.is_some();
            if !known {
                let name = indicator.group.clone();
                return Err(Mistake::UnknownName { entry: indicator.code.clone(), name });
            }
            if !whole || indicator.full_at == 0 {
                return Err(Mistake::NoShare { indicator: indicator.code.clone() });
            }
        }
        for group in &self.groups {
            let points: u32 = self.of_group(group).map(|indicator| indicator.points).sum();
            if points != group.points {
                return Err(Mistake::PointsDiffer { group: group.code.clone(), points, stated: group.points });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_groups_make_a_hundred_points() {
        let performance = Performance::load().unwrap();
        assert_eq!(performance.groups.iter().map(|group| group.points).sum::<u32>(), 100);
        assert_eq!(performance.groups.len(), 6);
    }

    #[test]
    fn points_that_do_not_add_up_are_told() {
        let mut performance = Performance::load().unwrap();
        performance.indicators[0].points += 1;
        assert!(performance.check().is_err());
        performance.indicators[0].group = "không có".to_owned();
        assert!(performance.check().unwrap_err().to_string().contains("không có"));
    }
}
