use base::{Id, Result};
use chrono::{DateTime, Utc};
use system::App;
use web::Visitor;
use worktime::ledger::{self, Calendars, Owner};

use super::time_left;

/// The clock of a case, as everybody reads it.
pub struct Clock {
    /// "còn 2 ngày".
    pub left: String,
    /// `ok`, `warn`, `late`, `wait`.
    pub state: &'static str,
    /// Percent of the whole budget.
    pub used: i64,
    /// "3 ngày làm việc".
    pub written: String,
    pub promised: DateTime<Utc>,
    /// When the answer was there; absent while it is waited for.
    pub answered: Option<DateTime<Utc>>,
    pub late: bool,
}

impl Clock {
    /// The clock of a case that was promised an answer; `None` while it has none.
    ///
    /// Late is an answer after the promise, or none when the promise has passed.
    pub async fn of(
        app: &App,
        visitor: &Visitor,
        case: Id,
        written: String,
        promised: Option<DateTime<Utc>>,
        answered: Option<DateTime<Utc>>,
    ) -> Result<Option<Self>> {
        let held = ledger::find(app.store.read(), Owner { kind: "case", id: case }).await?;
        let Some((held, promised)) = held.zip(promised) else { return Ok(None) };
        let (left, state, used) = time_left(&held, app.parts.get::<Calendars>()?, visitor.now)?;
        let late = promised < answered.unwrap_or_else(|| visitor.now.utc());
        Ok(Some(Self { left, state, used, written, promised, answered, late }))
    }
}
