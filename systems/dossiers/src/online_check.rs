//! How soon a desk answers what was filed online: taken in, asked to be completed, or refused.

use base::{Id, Result};
use chrono::{DateTime, Utc};
use worktime::ledger::Held;
use worktime::{Budget, Calendar, Clock, Counting, Terms};

use crate::rules::rules;

/// The clock of an answer, in working minutes of the desk from the moment of filing (Decree 61/2018/NĐ-CP, article 17, as amended).
pub(crate) fn clock(receiving: Id, filed: DateTime<Utc>, calendar: &Calendar) -> Result<Held> {
    let budget = Budget::Minutes(limit()?);
    let terms = Terms { budget, counting: Counting::Hours, cut_off: None };
    let clock = Clock::begun(terms, filed);
    let due_at = clock.due(calendar)?;
    Ok(Held { agency: receiving, clock, due_at })
}

/// Working minutes that a desk has for its answer.
pub(crate) fn limit() -> Result<u32> {
    Ok(rules()?.online_check.working_hours.saturating_mul(60))
}
