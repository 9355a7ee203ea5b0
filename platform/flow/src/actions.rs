//! Writing cases: publish, open, claim, complete, wait and go on. Each takes part in its caller's transaction.

mod calendar;
mod clocks;
mod migrate;
mod open;
mod parts;
mod remind;
mod step;
mod succession;

use std::sync::Arc;

use base::{Error, Id, Now, Result};
use contracts::questions::{Deadline, Procedure, Procedures};
use journal::Actor;
use sha2::{Digest, Sha256};
use store::{Sql, Tx};
use system::App;
use worktime::Terms;
use worktime::ledger::Calendars;

pub use calendar::follow_calendar;
pub use migrate::obstacle_to;
pub use open::NewCase;
pub use parts::tell_late_parts;
pub use remind::remind;
pub use step::Moved;
pub(crate) use succession::follow_agency;

use crate::process::{Mistake, Process};

/// What every action on a case needs to know.
pub struct Flow<'a> {
    pub tx: &'a Tx,
    pub app: &'a App,
    pub now: Now,
    pub actor: Actor,
}

impl Flow<'_> {
    fn calendars(&self) -> Result<&Calendars> {
        self.app.parts.get()
    }

    async fn procedure(&self, code: &str) -> Result<Arc<Procedure>> {
        let procedures = self.app.ask::<dyn Procedures>().ok_or_else(|| Error::inside("nobody knows procedures"))?;
        let found = procedures.in_force(code, self.now).await?;
        found.ok_or_else(|| Error::inside(format!("the sub-case's procedure {code} is not in force")))
    }
}

/// Publishes a process for ever; the same process again is the same version.
///
/// # Errors
/// With every mistake in it, when it has any.
pub async fn publish(tx: &Tx, now: Now, process: &Process) -> Result<Id> {
    let mistakes = process.check();
    if !mistakes.is_empty() {
        let told: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
        return Err(Error::inside(format!("process {}: {}", process.name, told.join("; "))));
    }
    let definition = serde_json::to_string(process)?;
    let hash = hex::encode(Sha256::digest(&definition));
    let known = Sql::new("SELECT id FROM flow_processes WHERE hash = $1")
        .bind(hash.as_str())
        .one(tx, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await?;
    if let Some(known) = known {
        return Ok(known);
    }
    let id = Id::new(now);
    let version = store::next_number(tx, "flow-process", &process.name).await?;
    Sql::new("INSERT INTO flow_processes (id, name, version, hash, definition, published_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id.uuid())
        .bind(process.name.as_str())
        .bind(version)
        .bind(hash)
        .bind(definition)
        .bind(now.utc())
        .run(tx)
        .await?;
    Ok(id)
}

/// The terms of a procedure's clock.
pub fn terms(budget: &Deadline) -> Result<Terms> {
    let amount = budget.amount;
    Ok(Terms {
        budget: match budget.unit.as_str() {
            "minutes" => worktime::Budget::Minutes(amount),
            "days" => worktime::Budget::Days(amount),
            "almanac-hours" => worktime::Budget::AlmanacHours(amount),
            "calendar-days" => worktime::Budget::CalendarDays(amount),
            "calendar-months" => worktime::Budget::CalendarMonths(amount),
            other => return Err(Error::inside(format!("a budget in {other}"))),
        },
        counting: match budget.counting.as_str() {
            "hours" => worktime::Counting::Hours,
            _ => worktime::Counting::DaysExclFirst,
        },
        cut_off: budget.cut_off.as_deref().map(|text| chrono::NaiveTime::parse_from_str(text, "%H:%M")).transpose()?,
    })
}
