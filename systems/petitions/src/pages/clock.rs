use base::Result;
use chrono::{DateTime, Utc};
use flow::pages::time_left;
use system::App;
use web::Visitor;
use worktime::ledger::{self, Calendars, Owner};

use crate::petition::{Petition, State};
use crate::rules::rules;

/// The clock of a petition, as everybody reads it.
pub(super) struct Clock {
    pub(super) left: String,
    pub(super) state: &'static str,
    /// Percent of the whole budget.
    pub(super) used: i64,
    /// "60 ngày".
    pub(super) written: &'static str,
    pub(super) promised: DateTime<Utc>,
    /// When the answer was there; absent while it is waited for.
    pub(super) answered: Option<DateTime<Utc>>,
    pub(super) late: bool,
}

/// The clock; `None` until the petition is assigned, and for one that is not answered by itself.
pub(super) async fn clock(app: &App, visitor: &Visitor, petition: &Petition) -> Result<Option<Clock>> {
    let held = ledger::find(app.store.read(), Owner { kind: "case", id: petition.case }).await?;
    let runs = !matches!(petition.state, State::Forwarded | State::Refused | State::Joined);
    let Some((held, promised)) = held.zip(petition.promised_at).filter(|_| runs) else {
        return Ok(None);
    };
    let (left, state, used) = time_left(&held, app.parts.get::<Calendars>()?, visitor.now)?;
    Ok(Some(Clock {
        left,
        state,
        used,
        written: &rules()?.deadline.written,
        promised,
        answered: petition.answered_at,
        late: petition.is_late(visitor.now.utc()),
    }))
}
