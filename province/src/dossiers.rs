use chrono::NaiveDate;
use serde::Deserialize;

use crate::{Problem, national};

const FILE: &str = "dossiers/desk.toml";

/// What one-stop desks keep an eye on, as far as the nation says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskRules {
    pub apology: ApologyRule,
    pub authorisation: AuthorisationRule,
    pub online_check: OnlineCheckRule,
    /// The forms of the register, by the days on which they hold.
    pub register: Vec<RegisterForm>,
}

/// When an apology is offered by itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApologyRule {
    /// So near to the date promised, where what is still planned does not fit before it.
    pub within_working_days: u32,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// How somebody shows that another authorised them to file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorisationRule {
    /// Name of the paper.
    pub paper: String,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// How soon a desk answers what was filed online.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlineCheckRule {
    pub working_hours: u32,
    /// So many months before the present one are counted.
    pub months: u32,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// A form of the register of dossiers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterForm {
    /// `Mẫu số 07`.
    pub form: String,
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

impl DeskRules {
    /// The form of the register in force on a day.
    pub fn register_on(&self, day: NaiveDate) -> Option<&RegisterForm> {
        self.register.iter().find(|form| form.from <= day && form.to.is_none_or(|last| day <= last))
    }

    /// The embedded national rules.
    pub fn load() -> Result<Self, Problem> {
        national().parse(FILE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_changes_its_form_with_the_day() {
        let rules = DeskRules::load().unwrap();
        let form = |day: &str| rules.register_on(day.parse().unwrap()).map(|form| form.form.as_str());
        assert_eq!([form("2025-06-30"), form("2025-07-01")], [Some("Mẫu số 06"), Some("Mẫu số 07")]);
        assert_eq!(form("2017-01-01"), None);
    }

    #[test]
    fn what_a_desk_watches_has_its_basis() {
        let rules = DeskRules::load().unwrap();
        assert_eq!((rules.apology.within_working_days, rules.online_check.working_hours), (3, 8));
        for (basis, verified) in
            [(rules.apology.basis, rules.apology.verified), (rules.online_check.basis, rules.online_check.verified)]
        {
            assert!(basis.contains("Nghị định 61/2018/NĐ-CP") && !verified);
        }
    }
}
