use std::time::Duration;

use base::{Error, Random, Result};
use chrono::TimeDelta;
use serde::Deserialize;

/// How long and how often a delivery is tried.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Tries before a delivery is given up.
    pub tries: i64,
    /// The wait after the first try; each further one doubles it.
    pub first_wait_seconds: i64,
    pub longest_wait_seconds: i64,
    /// How long the other side may take to answer.
    pub answer_seconds: u32,
    /// Deliveries of one connector under way at the same time.
    pub at_once: u32,
}

impl Policy {
    /// The policy a province has unless it says otherwise, as TOML.
    pub const STANDARD: &str = include_str!("../policy.toml");

    /// # Errors
    /// When a key is missing, unknown or out of range; the message names the line.
    pub fn parse(toml: &str) -> Result<Self> {
        let policy: Self =
            toml::from_str(toml).map_err(|error| Error::inside(format!("policy of deliveries: {error}")))?;
        let positive =
            policy.tries > 0 && policy.first_wait_seconds > 0 && policy.answer_seconds > 0 && policy.at_once > 0;
        if positive && policy.longest_wait_seconds >= policy.first_wait_seconds {
            Ok(policy)
        } else {
            Err(Error::inside("policy of deliveries: every number is above zero, and the longest wait is the longest"))
        }
    }

    /// The wait after so many tries: half of it is certain, half is chance, so that what failed together does not
    /// come back together.
    pub(crate) fn wait(&self, tries: i64, random: &dyn Random) -> TimeDelta {
        let doublings = u32::try_from(tries - 1).unwrap_or(0);
        let whole =
            self.first_wait_seconds.saturating_mul(2_i64.saturating_pow(doublings)).min(self.longest_wait_seconds);
        let half = whole / 2;
        let chance = random.below(u64::try_from(whole - half).unwrap_or(0).saturating_add(1));
        TimeDelta::seconds(half + i64::try_from(chance).unwrap_or(0))
    }

    pub(crate) const fn answer(&self) -> Duration {
        Duration::from_secs(self.answer_seconds as u64)
    }

    /// A worker that has not reported after this long counts as lost; longer than any answer may take.
    pub(crate) fn claim(&self) -> TimeDelta {
        TimeDelta::seconds(i64::from(self.answer_seconds) * 2 + 30)
    }
}

#[cfg(test)]
mod tests {
    use base::FixedRandom;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_standard_policy_tries_for_half_a_day() {
        let policy = Policy::parse(Policy::STANDARD).unwrap();
        let random = FixedRandom::new(1);
        let whole: TimeDelta = (1..policy.tries).map(|tries| policy.wait(tries, &random)).sum();
        assert!((7..=16).contains(&whole.num_hours()), "{whole}");
    }

    #[test]
    fn a_policy_that_cannot_be_followed_is_refused() {
        for (right, wrong) in [("tries = 12", "tries = 0"), ("tries = 12", "trys = 12"), ("= 21600", "= 10")] {
            assert!(Policy::parse(&Policy::STANDARD.replace(right, wrong)).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn waits_lie_between_half_and_the_whole_and_never_exceed_the_longest(tries in 1_i64..200, seed: u64) {
            let policy = Policy::parse(Policy::STANDARD).unwrap();
            let wait = policy.wait(tries, &FixedRandom::new(seed)).num_seconds();
            let whole = policy.first_wait_seconds.saturating_mul(1 << (tries - 1).min(40)).min(policy.longest_wait_seconds);
            prop_assert!((whole / 2..=whole).contains(&wait), "{} of {}", wait, whole);
        }
    }
}
