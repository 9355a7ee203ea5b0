use base::Result;
use chrono::{DateTime, Utc};
use flow::pages::time_left;
use system::App;
use web::Visitor;
use worktime::ledger::{self, Calendars, Owner};

use crate::report::{Report, State};
use crate::rules;

/// The clock of a report, as everybody reads it.
pub(super) struct Clock {
    pub(super) left: String,
    pub(super) state: &'static str,
    /// Percent of the whole budget.
    pub(super) used: i64,
    /// "3 ngày làm việc".
    pub(super) written: String,
    pub(super) promised: DateTime<Utc>,
    /// When the answer was there; absent while it is waited for.
    pub(super) answered: Option<DateTime<Utc>>,
    pub(super) late: bool,
}

/// The clock; `None` until the desk has read the report, and for one that was refused.
pub(super) async fn clock(app: &App, visitor: &Visitor, report: &Report) -> Result<Option<Clock>> {
    let held = ledger::find(app.store.read(), Owner { kind: "case", id: report.case }).await?;
    let Some((held, promised)) = held.zip(report.promised_at).filter(|_| report.state != State::Refused) else {
        return Ok(None);
    };
    let (left, state, used) = time_left(&held, app.parts.get::<Calendars>()?, visitor.now)?;
    Ok(Some(Clock {
        left,
        state,
        used,
        written: rules::written(&report.kind),
        promised,
        answered: report.answered_at,
        late: report.is_late(visitor.now.utc()),
    }))
}
