//! Carrying out a reorganisation: a plan is brought in, decided upon, begun, and then carried out agency by agency.

use std::collections::BTreeMap;

use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use contracts::Answer;
use contracts::events::AgencySucceeded;
use journal::{Actor, Entry, Thing, record};
use province::Reorganisation;
use serde_json::json;
use store::{Sql, Tx};
use system::{App, PositionKind};

use super::agencies::{end_agency, rebuild_scopes, thing};
use super::holdings::appoint;
use crate::agency::{Agency, Position};
use crate::holding::{Holding, NewHolding};
use crate::plan::{Decided, Plan, PlanState};
use crate::queries;

const fn of(plan: Id) -> Thing {
    Thing { kind: "plan", id: plan }
}

/// Brings a plan in: every agency that ends on the day before it, with the agency that goes on with its work as far as that
/// is known. A plan of the same title and day is the same: brought in again it stays as it is.
///
/// # Errors
/// [`Error::Invalid`] at the code of an agency that is not known, or does not exist on the day; [`Error::Conflict`] when
/// nothing ends.
pub async fn add_plan(tx: &Tx, now: Now, actor: &Actor, written: &Reorganisation) -> Result<Id> {
    if let Some(known) = queries::plan_of(tx, &written.title, written.on).await? {
        return Ok(known);
    }
    let last = before(written.on)?;
    let mut decided = BTreeMap::new();
    for end in &written.ends {
        let agency = known(tx, end.agency.as_str(), last).await?;
        let heir = match &end.heir {
            Some(heir) => Some(known(tx, heir.as_str(), written.on).await?.id),
            None => None,
        };
        decided.insert(agency.id, (heir, end));
    }
    let ended: Vec<Id> = Sql::new("SELECT id FROM directory_agencies WHERE valid_to = $1 ORDER BY id")
        .bind(last)
        .all(tx, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await?;
    let mut all: Vec<Id> = ended.into_iter().chain(decided.keys().copied()).collect();
    all.sort_unstable();
    all.dedup();
    if all.is_empty() {
        return Err(Error::Conflict("directory-plan-nothing-ends"));
    }
    let id = Id::new(now);
    Sql::new("INSERT INTO directory_plans (id, title, on_day, basis, added_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.uuid())
        .bind(written.title.as_str())
        .bind(written.on)
        .bind(written.basis.as_str())
        .bind(now.utc())
        .run(tx)
        .await?;
    for agency in &all {
        let (heir, how, verified, note) = match decided.get(agency) {
            Some((Some(heir), end)) => (Some(*heir), Decided::Plan, end.verified, end.note.as_str()),
            Some((None, end)) => (None, Decided::No, false, end.note.as_str()),
            None => match only_heir(tx, *agency).await? {
                Some(heir) => (Some(heir), Decided::Table, true, ""),
                None => (None, Decided::No, false, ""),
            },
        };
        Sql::new(
            "INSERT INTO directory_plan_lines (plan_id, agency_id, heir_id, decided, verified, note) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.uuid())
        .bind(agency.uuid())
        .bind(heir.map(Id::uuid))
        .bind(how.as_str())
        .bind(verified)
        .bind(note)
        .run(tx)
        .await?;
    }
    let data = json!({ "on": written.on, "agencies": all.len() });
    record(tx, now, actor, Entry::new("directory.plan-added", of(id), &data)?).await?;
    Ok(id)
}

fn before(day: NaiveDate) -> Result<NaiveDate> {
    day.pred_opt().ok_or_else(|| Error::invalid("on", "directory-error-day"))
}

async fn known(tx: &Tx, code: &str, on: NaiveDate) -> Result<Agency> {
    let found = queries::agency_by_code(tx, code, on).await?;
    found.ok_or_else(|| Error::invalid(code, "directory-plan-agency-unknown"))
}

/// The agency that took all of it over, where there is one.
async fn only_heir(tx: &Tx, agency: Id) -> Result<Option<Id>> {
    let heirs: Vec<(Id, String)> =
        Sql::new("SELECT successor, share FROM directory_successions WHERE predecessor = $1 ORDER BY successor")
            .bind(agency.uuid())
            .all(tx, |row| Ok((Id::from_uuid(row.get(0)?), row.get(1)?)))
            .await?;
    Ok(match &heirs[..] {
        [(heir, share)] if share == "main" => Some(*heir),
        _ => None,
    })
}

async fn proposed(tx: &Tx, plan: Id) -> Result<Plan> {
    let plan = queries::plan(tx, plan).await?.ok_or(Error::NotFound)?;
    if plan.state() == PlanState::Proposed { Ok(plan) } else { Err(Error::Conflict("directory-plan-began")) }
}

/// Somebody says which agency goes on with the work of one that ends; what they say is checked, for they say it.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for an agency that does not exist on the day; [`Error::Conflict`] when the plan
/// has begun.
pub async fn decide(tx: &Tx, now: Now, actor: &Actor, plan: Id, agency: Id, heir: &str) -> Result<()> {
    let plan = proposed(tx, plan).await?;
    let found = queries::agency_by_code(tx, heir.trim(), plan.on).await?.filter(|heir| heir.id != agency);
    let heir = found.ok_or_else(|| Error::invalid("heir", "directory-plan-heir-missing"))?;
    let changed = Sql::new(
        "UPDATE directory_plan_lines SET heir_id = $3, decided = $4, verified = TRUE \
         WHERE plan_id = $1 AND agency_id = $2",
    )
    .bind(plan.id.uuid())
    .bind(agency.uuid())
    .bind(heir.id.uuid())
    .bind(Decided::Person.as_str())
    .run(tx)
    .await?;
    if changed != 1 {
        return Err(Error::NotFound);
    }
    let data = json!({ "agency": agency, "heir": heir.id });
    record(tx, now, actor, Entry::new("directory.plan-decided", of(plan.id), &data)?).await?;
    Ok(())
}

/// Begins a plan: from now on its agencies answer for those that ended. What they have to go on with follows agency by
/// agency, see [`go_on`].
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it has begun, its day has not come, or an agency is undecided.
pub async fn begin(tx: &Tx, now: Now, actor: &Actor, plan: Id) -> Result<()> {
    let plan = proposed(tx, plan).await?;
    if now.today() < plan.on {
        return Err(Error::Conflict("directory-plan-too-early"));
    }
    if queries::plan_count(tx, plan.id).await?.undecided > 0 {
        return Err(Error::Conflict("directory-plan-undecided"));
    }
    let lines: Vec<(Id, Id)> = Sql::new("SELECT agency_id, heir_id FROM directory_plan_lines WHERE plan_id = $1")
        .bind(plan.id.uuid())
        .all(tx, |row| Ok((Id::from_uuid(row.get(0)?), Id::from_uuid(row.get(1)?))))
        .await?;
    for (agency, heir) in lines {
        let ends = queries::agency(tx, agency).await?.ok_or(Error::NotFound)?;
        if ends.to.is_none() {
            end_agency(tx, now, actor, agency, before(plan.on)?).await?;
        }
        succeed(tx, agency, heir).await?;
    }
    rebuild_scopes(tx).await?;
    Sql::new("UPDATE directory_plans SET started_at = $2 WHERE id = $1")
        .bind(plan.id.uuid())
        .bind(now.utc())
        .run(tx)
        .await?;
    record(tx, now, actor, Entry::new("directory.plan-began", of(plan.id), &json!({ "on": plan.on }))?).await?;
    Ok(())
}

/// Makes the heir the main one; those that took over parts stay known as such.
async fn succeed(tx: &Tx, agency: Id, heir: Id) -> Result<()> {
    let pair = |sql: &'static str| Sql::new(sql).bind(agency.uuid()).bind(heir.uuid());
    pair("UPDATE directory_successions SET share = 'part' WHERE predecessor = $1 AND successor <> $2").run(tx).await?;
    pair(
        "INSERT INTO directory_successions (predecessor, successor, share) VALUES ($1, $2, 'main') \
         ON CONFLICT (predecessor, successor) DO UPDATE SET share = 'main'",
    )
    .run(tx)
    .await?;
    Ok(())
}

/// Carries out what has begun; gives how many agencies it did. Each agency is one transaction, so that a program that was
/// killed goes on where it stopped. The other systems follow by the event.
pub fn go_on(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let mut done = 0;
        for plan in queries::running_plans(app.store.read()).await? {
            while app.store.write(async |tx| next(tx, app.now(), &plan).await).await? {
                done += 1;
            }
        }
        Ok(done)
    })
}

/// One agency of the plan; `false` when there was none left, and the plan is done.
async fn next(tx: &Tx, now: Now, plan: &Plan) -> Result<bool> {
    let Some(line) = queries::next_line(tx, plan.id).await? else {
        Sql::new("UPDATE directory_plans SET finished_at = $2 WHERE id = $1")
            .bind(plan.id.uuid())
            .bind(now.utc())
            .run(tx)
            .await?;
        record(tx, now, &Actor::PROGRAM, Entry::new("directory.plan-done", of(plan.id), &json!({}))?).await?;
        return Ok(false);
    };
    let (heir, ..) = line.heir.ok_or_else(|| Error::inside("a plan that began has an agency without an heir"))?;
    move_people(tx, now, plan.on, line.agency, heir).await?;
    Sql::new("UPDATE directory_plan_lines SET done_at = $3 WHERE plan_id = $1 AND agency_id = $2")
        .bind(plan.id.uuid())
        .bind(line.agency.uuid())
        .bind(now.utc())
        .run(tx)
        .await?;
    let event = AgencySucceeded { heir, on: plan.on };
    record(tx, now, &Actor::PROGRAM, Entry::new("directory.agency-succeeded", thing(line.agency), &event)?).await?;
    Ok(true)
}

/// Who held a position goes on in the same one of the heir. Chairs that are taken stay with those who sit on them: where a
/// second leader or head goes is for people to say (see [`queries::unplaced`]).
async fn move_people(tx: &Tx, now: Now, on: NaiveDate, agency: Id, heir: Id) -> Result<()> {
    let positions = queries::positions(tx, heir, on).await?;
    let mut taken: BTreeMap<Id, i64> = BTreeMap::new();
    for held in queries::holdings_in(tx, heir, on).await? {
        *taken.entry(held.position.id).or_default() += 1;
    }
    for held in queries::holdings_in(tx, agency, before(on)?).await? {
        if held.acting_for.is_some() {
            continue;
        }
        let free = |position: &&Position| {
            !is_chair(position.kind) || taken.get(&position.id).copied().unwrap_or_default() < position.seats
        };
        let Some(position) = alike(&positions, &held).filter(free) else { continue };
        let new = NewHolding { position: position.id, person: held.person, acting_for: None, from: on, to: None };
        match appoint(tx, now, &Actor::PROGRAM, new).await {
            Ok(_) => *taken.entry(position.id).or_default() += 1,
            // They worked for both agencies.
            Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

const fn is_chair(kind: PositionKind) -> bool {
    matches!(kind, PositionKind::Leader | PositionKind::Head)
}

/// The position of the same kind and title in the same unit; else of the same kind in the same unit, else of the same kind.
fn alike<'a>(positions: &'a [Position], held: &Holding) -> Option<&'a Position> {
    let was = &held.position;
    let of_kind = || positions.iter().filter(|position| position.kind == was.kind);
    let in_unit = || of_kind().filter(|position| position.unit == was.unit);
    in_unit().find(|position| position.title == was.title).or_else(|| in_unit().next()).or_else(|| of_kind().next())
}
