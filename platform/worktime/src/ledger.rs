//! Clocks as rows: started, paused, resumed and stopped in the transaction of the change that causes it.
//!
//! `due_at` is derived and kept beside the row so that lists can sort by it; it is set with every change of the clock
//! and recomputed when a calendar changes. Nothing stores "overdue": it is always `due_at < now`.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use base::{Id, Result};
use chrono::{DateTime, NaiveTime, Utc};
use store::{Connection, Row, Sql, Tx};

use crate::calendar::Calendar;
use crate::clock::{Budget, Clock, Counting, Pause, Terms};

/// The calendars of a province: one for all, and one for each agency with hours of its own.
pub struct Calendars {
    common: Arc<Calendar>,
    own: RwLock<HashMap<Id, Arc<Calendar>>>,
    fingerprint: String,
}

impl Calendars {
    /// `fingerprint` differs whenever any of the calendars does; deadlines are counted anew when it changes.
    pub fn new(common: Calendar, fingerprint: String) -> Self {
        Self { common: Arc::new(common), own: RwLock::default(), fingerprint }
    }

    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Gives an agency hours of its own.
    pub fn set(&self, agency: Id, calendar: Calendar) {
        self.own.write().unwrap_or_else(PoisonError::into_inner).insert(agency, Arc::new(calendar));
    }

    /// The calendar of those without hours of their own.
    pub fn common(&self) -> Arc<Calendar> {
        self.common.clone()
    }

    /// The calendar on which an agency's clocks run.
    pub fn of(&self, agency: Id) -> Arc<Calendar> {
        let own = self.own.read().unwrap_or_else(PoisonError::into_inner).get(&agency).cloned();
        own.unwrap_or_else(|| self.common.clone())
    }
}

/// What a clock belongs to: a case, a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Owner {
    pub kind: &'static str,
    pub id: Id,
}

/// A clock, and the agency whose calendar it runs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub agency: Id,
    pub clock: Clock,
    pub due_at: Option<DateTime<Utc>>,
}

/// Starts a clock; gives the moment at which its time is used up.
///
/// # Errors
/// When the owner has one already, or the calendar ends before the time does.
pub async fn start(
    tx: &Tx,
    calendars: &Calendars,
    owner: Owner,
    agency: Id,
    terms: Terms,
    received: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let clock = Clock::begun(terms, received);
    let due = clock.due(&calendars.of(agency))?;
    Sql::new(
        "INSERT INTO worktime_clocks (owner_kind, owner_id, agency_id, budget, counting, cut_off, received_at, due_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(owner.kind)
    .bind(owner.id.uuid())
    .bind(agency.uuid())
    .bind(serde_json::to_string(&terms.budget)?)
    .bind(serde_json::to_string(&terms.counting)?)
    .bind(terms.cut_off.map(|time| time.format("%H:%M:%S").to_string()))
    .bind(received)
    .bind(due)
    .run(tx)
    .await?;
    Ok(due)
}

/// The clock of an owner, if it has one.
pub async fn find(c: &impl Connection, owner: Owner) -> Result<Option<Held>> {
    Ok(find_many(c, owner.kind, &[owner.id]).await?.remove(&owner.id))
}

/// The clocks of several owners of one kind, in two queries whatever their number.
pub async fn find_many(c: &impl Connection, kind: &'static str, owners: &[Id]) -> Result<HashMap<Id, Held>> {
    if owners.is_empty() {
        return Ok(HashMap::new());
    }
    let marks = store::marks(2, owners.len());
    let with_owners =
        |text: String| owners.iter().fold(Sql::composed(text).bind(kind), |sql, owner| sql.bind(owner.uuid()));
    let mut held: HashMap<Id, Held> = with_owners(format!(
        "SELECT owner_id, agency_id, budget, counting, cut_off, received_at, ended_at, due_at FROM worktime_clocks \
         WHERE owner_kind = $1 AND owner_id IN ({marks})"
    ))
    .all(c, |row| Ok((Id::from_uuid(row.get(0)?), read(&row)?)))
    .await?
    .into_iter()
    .collect();
    let pauses = with_owners(format!(
        "SELECT owner_id, from_at, to_at, reason FROM worktime_pauses \
         WHERE owner_kind = $1 AND owner_id IN ({marks}) ORDER BY owner_id, from_at"
    ))
    .all(c, |row| Ok((Id::from_uuid(row.get(0)?), Pause { from: row.get(1)?, to: row.get(2)?, reason: row.get(3)? })))
    .await?;
    for (owner, pause) in pauses {
        if let Some(held) = held.get_mut(&owner) {
            held.clock.pauses.push(pause);
        }
    }
    Ok(held)
}

fn read(row: &Row) -> Result<Held> {
    let budget: Budget = serde_json::from_str(&row.get::<String>(2)?)?;
    let counting: Counting = serde_json::from_str(&row.get::<String>(3)?)?;
    let cut_off = row.get::<Option<String>>(4)?.map(|text| text.parse::<NaiveTime>()).transpose()?;
    Ok(Held {
        agency: Id::from_uuid(row.get(1)?),
        clock: Clock {
            terms: Terms { budget, counting, cut_off },
            received: row.get(5)?,
            pauses: Vec::new(),
            ended: row.get(6)?,
        },
        due_at: row.get(7)?,
    })
}

/// Stops a clock for a while. One that has no clock, stands still or has ended stays as it is.
pub async fn pause(tx: &Tx, calendars: &Calendars, owner: Owner, at: DateTime<Utc>, reason: &str) -> Result<()> {
    let Some(held) = find(tx, owner).await? else { return Ok(()) };
    if held.clock.ended.is_some() || held.clock.pauses.iter().any(|pause| pause.to.is_none()) {
        return Ok(());
    }
    Sql::new(
        "INSERT INTO worktime_pauses (owner_kind, owner_id, from_at, reason) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (owner_kind, owner_id, from_at) DO UPDATE SET to_at = NULL",
    )
    .bind(owner.kind)
    .bind(owner.id.uuid())
    .bind(at)
    .bind(reason)
    .run(tx)
    .await?;
    set_due(tx, calendars, owner).await?;
    Ok(())
}

/// Lets a clock run again; gives its new due moment.
pub async fn resume(tx: &Tx, calendars: &Calendars, owner: Owner, at: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    end_pause(tx, owner, at).await?;
    set_due(tx, calendars, owner).await
}

/// Gives a running clock other terms, counted from the same moment: an extension (gia hạn). Gives its new due moment.
///
/// A clock that has ended stays as it is.
pub async fn extend(tx: &Tx, calendars: &Calendars, owner: Owner, terms: Terms) -> Result<Option<DateTime<Utc>>> {
    Sql::new(
        "UPDATE worktime_clocks SET budget = $3, counting = $4, cut_off = $5 \
         WHERE owner_kind = $1 AND owner_id = $2 AND ended_at IS NULL",
    )
    .bind(owner.kind)
    .bind(owner.id.uuid())
    .bind(serde_json::to_string(&terms.budget)?)
    .bind(serde_json::to_string(&terms.counting)?)
    .bind(terms.cut_off.map(|time| time.format("%H:%M:%S").to_string()))
    .run(tx)
    .await?;
    set_due(tx, calendars, owner).await
}

/// Ends a clock for good. What it says from then on is how it ended.
pub async fn stop(tx: &Tx, calendars: &Calendars, owner: Owner, at: DateTime<Utc>) -> Result<()> {
    if end_pause(tx, owner, at).await? > 0 {
        set_due(tx, calendars, owner).await?;
    }
    let end = "UPDATE worktime_clocks SET ended_at = $3 WHERE owner_kind = $1 AND owner_id = $2 AND ended_at IS NULL";
    set(tx, owner, end, Some(at)).await?;
    Ok(())
}

/// Ends the running clocks of several owners of one kind: what they were counted for is not done by these owners. Where one
/// stood still it ends without being counted anew.
pub async fn stop_many(tx: &Tx, kind: &'static str, owners: &[Id], at: DateTime<Utc>) -> Result<()> {
    for some in owners.chunks(MANY) {
        let marks = store::marks(3, some.len());
        for (table, column) in [("worktime_pauses", "to_at"), ("worktime_clocks", "ended_at")] {
            let sql = Sql::composed(format!(
                "UPDATE {table} SET {column} = $2 WHERE owner_kind = $1 AND {column} IS NULL AND owner_id IN ({marks})"
            ));
            some.iter().fold(sql.bind(kind).bind(at), |sql, owner| sql.bind(owner.uuid())).run(tx).await?;
        }
    }
    Ok(())
}

/// Gives how many pauses ended.
async fn end_pause(tx: &Tx, owner: Owner, at: DateTime<Utc>) -> Result<u64> {
    let end = "UPDATE worktime_pauses SET to_at = $3 WHERE owner_kind = $1 AND owner_id = $2 AND to_at IS NULL";
    set(tx, owner, end, Some(at)).await
}

/// Runs a statement that sets a moment (`$3`) of an owner's rows; gives how many there were.
async fn set(tx: &Tx, owner: Owner, sql: &'static str, at: Option<DateTime<Utc>>) -> Result<u64> {
    Sql::new(sql).bind(owner.kind).bind(owner.id.uuid()).bind(at).run(tx).await
}

async fn set_due(tx: &Tx, calendars: &Calendars, owner: Owner) -> Result<Option<DateTime<Utc>>> {
    let Some(held) = find(tx, owner).await? else { return Ok(None) };
    if held.clock.ended.is_some() {
        return Ok(held.due_at);
    }
    let due = held.clock.due(&calendars.of(held.agency))?;
    set(tx, owner, "UPDATE worktime_clocks SET due_at = $3 WHERE owner_kind = $1 AND owner_id = $2", due).await?;
    Ok(due)
}

/// Says that a reminder or escalation goes out; `true` only for the first who says so of this deadline.
///
/// A clock that was paused and runs to a new deadline is reminded of anew.
pub async fn fire(tx: &Tx, owner: Owner, rung: &str, due: DateTime<Utc>, at: DateTime<Utc>) -> Result<bool> {
    let fired = Sql::new(
        "INSERT INTO worktime_rungs (owner_kind, owner_id, rung, due_at, fired_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    )
    .bind(owner.kind)
    .bind(owner.id.uuid())
    .bind(rung)
    .bind(due)
    .bind(at)
    .run(tx)
    .await?;
    Ok(fired == 1)
}

/// Lets running clocks go on by the calendar of another agency; gives those that end at another moment now.
pub async fn change_agency(
    tx: &Tx,
    calendars: &Calendars,
    kind: &'static str,
    owners: &[Id],
    agency: Id,
) -> Result<Vec<(Owner, Option<DateTime<Utc>>)>> {
    let mut moved = Vec::new();
    for some in owners.chunks(MANY) {
        let marks = store::marks(3, some.len());
        let sql = Sql::composed(format!(
            "UPDATE worktime_clocks SET agency_id = $2 WHERE owner_kind = $1 AND ended_at IS NULL AND owner_id IN ({marks})"
        ));
        let before = find_many(tx, kind, some).await?;
        some.iter().fold(sql.bind(kind).bind(agency.uuid()), |sql, owner| sql.bind(owner.uuid())).run(tx).await?;
        for (id, held) in before {
            if held.clock.ended.is_some() || Arc::ptr_eq(&calendars.of(held.agency), &calendars.of(agency)) {
                continue;
            }
            let owner = Owner { kind, id };
            let due = set_due(tx, calendars, owner).await?;
            if held.due_at != due {
                moved.push((owner, due));
            }
        }
    }
    Ok(moved)
}

/// Owners named in one statement: both databases allow as many parameters.
const MANY: usize = 10_000;
/// How many clocks are counted anew in one transaction.
const BATCH: usize = 500;

/// Some of the running clocks of one kind, counted anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recounted {
    /// Whose deadline moved, and to when.
    pub moved: Vec<(Owner, Option<DateTime<Utc>>)>,
    /// The last one counted; absent when there are no more.
    pub last: Option<Id>,
}

/// Counts the running clocks of a kind anew, those after `after` in the order of their owners; for the day on which the
/// calendar changes.
pub async fn recount(tx: &Tx, calendars: &Calendars, kind: &'static str, after: Option<Id>) -> Result<Recounted> {
    let later = if after.is_some() { "AND owner_id > $2" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT owner_id FROM worktime_clocks WHERE owner_kind = $1 {later} AND ended_at IS NULL \
         ORDER BY owner_id LIMIT {BATCH}"
    ))
    .bind(kind);
    if let Some(after) = after {
        sql = sql.bind(after.uuid());
    }
    let owners: Vec<Id> = sql.all(tx, |row| Ok(Id::from_uuid(row.get(0)?))).await?;
    let held = find_many(tx, kind, &owners).await?;
    let mut moved = Vec::new();
    for id in &owners {
        let owner = Owner { kind, id: *id };
        let due = set_due(tx, calendars, owner).await?;
        if held.get(id).is_some_and(|held| held.due_at != due) {
            moved.push((owner, due));
        }
    }
    Ok(Recounted { moved, last: owners.last().copied().filter(|_| owners.len() == BATCH) })
}

/// Whether all deadlines are counted with these calendars.
pub async fn is_counted_with(c: &impl Connection, calendars: &Calendars) -> Result<bool> {
    let found = Sql::new("SELECT count(*) FROM worktime_calendar WHERE fingerprint = $1").bind(calendars.fingerprint());
    Ok(found.one(c, |row| row.get(0)).await?.is_some_and(|count: i64| count > 0))
}

/// Remembers that they are.
pub async fn counted_with(tx: &Tx, calendars: &Calendars) -> Result<()> {
    Sql::new("DELETE FROM worktime_calendar").run(tx).await?;
    Sql::new("INSERT INTO worktime_calendar (fingerprint) VALUES ($1)").bind(calendars.fingerprint()).run(tx).await?;
    Ok(())
}
