use std::collections::BTreeSet;

use base::{Error, Result};
use chrono::TimeDelta;
use serde::Deserialize;
use system::PositionKind;

use crate::account::AccountKind;

/// What a province decides about signing in; durations are read in the unit their names say.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    pub password: Password,
    pub session: Session,
    pub lockout: Lockouts,
    pub code: Code,
    pub second_factor: SecondFactor,
    pub token: Token,
}

/// Rules and cost of passwords (Argon2id, RFC 9106).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Password {
    /// In characters.
    pub least_length: usize,
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// How long a browser stays signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Between the password and the last step of signing in.
    pub pending_minutes: i64,
    pub officer: Term,
    pub citizen: Term,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Without a request.
    pub idle_minutes: i64,
    /// In any case.
    pub longest_minutes: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lockouts {
    pub account: Lockout,
    pub address: Lockout,
    pub contact: Lockout,
}

/// How tries are slowed down.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lockout {
    /// Tries in a row that cost no wait.
    pub free: i64,
    /// The wait after one try more; each further one doubles it.
    pub first_wait_seconds: i64,
    pub longest_wait_seconds: i64,
    /// Failures no longer count when none came for so long.
    pub forget_minutes: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    pub minutes: i64,
    pub tries: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondFactor {
    pub required_for: BTreeSet<PositionKind>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    pub longest_days: i64,
}

impl Policy {
    /// The policy a province has unless it says otherwise, as TOML.
    pub const STANDARD: &str = include_str!("../policy.toml");

    /// # Errors
    /// When a key is missing, unknown or of the wrong kind; the message names the line.
    pub fn parse(toml: &str) -> Result<Self> {
        toml::from_str(toml).map_err(|error| Error::inside(format!("policy of signing in: {error}")))
    }
}

impl Session {
    pub(crate) const fn term(&self, kind: AccountKind) -> &Term {
        match kind {
            AccountKind::Officer => &self.officer,
            AccountKind::Citizen | AccountKind::Client => &self.citizen,
        }
    }
}

impl Term {
    pub(crate) const fn idle(&self) -> TimeDelta {
        TimeDelta::minutes(self.idle_minutes)
    }

    pub(crate) const fn longest(&self) -> TimeDelta {
        TimeDelta::minutes(self.longest_minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_policy_reads_and_asks_leaders_and_administrators_for_a_second_factor() {
        let policy = Policy::parse(Policy::STANDARD).unwrap();
        assert_eq!(
            policy.second_factor.required_for,
            BTreeSet::from([PositionKind::Leader, PositionKind::Administrator])
        );
        assert_eq!(policy.session.term(AccountKind::Officer).idle(), TimeDelta::hours(8));
        assert_eq!(policy.session.term(AccountKind::Citizen).idle(), TimeDelta::days(30));
    }

    #[test]
    fn a_misspelt_key_is_refused_with_its_line() {
        let wrong = Policy::STANDARD.replace("free = 50", "fre = 50");
        assert!(Policy::parse(&wrong).unwrap_err().to_string().contains("fre"));
    }
}
