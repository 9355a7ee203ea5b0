use chrono::{DateTime, TimeDelta, Utc};

use crate::policy::Lockout;

impl Lockout {
    /// How long to wait after so many failures in a row; `None` while tries are free.
    pub(crate) fn wait(&self, failures: i64) -> Option<TimeDelta> {
        let above = u32::try_from(failures - self.free).ok()?;
        let doubled = self.first_wait_seconds.saturating_mul(2_i64.saturating_pow(above));
        Some(TimeDelta::seconds(doubled.min(self.longest_wait_seconds)))
    }

    /// Failures before this no longer count.
    pub(crate) fn forgotten_before(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - TimeDelta::minutes(self.forget_minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_begins_after_the_free_tries_doubles_and_stops_growing() {
        let rule = Lockout { free: 5, first_wait_seconds: 60, longest_wait_seconds: 3600, forget_minutes: 60 };
        let waits: Vec<Option<i64>> = [0, 4, 5, 6, 7, 11, 1000, i64::MAX]
            .into_iter()
            .map(|failures| rule.wait(failures).map(|wait| wait.num_seconds()))
            .collect();
        assert_eq!(waits, [None, None, Some(60), Some(120), Some(240), Some(3600), Some(3600), None]);
    }
}
