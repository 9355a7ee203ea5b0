//! A day's file is put beside what the program has; differences are closed by whoever found out why.

use base::{Error, Id, Now, Result};
use chrono::{Days, NaiveDate, NaiveTime};
use journal::{Entry, Thing, record};
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller, Officer};

use super::settle::settle;
use super::{Change, current};
use crate::access::RECONCILE;
use crate::charge::{Tried, Way};
use crate::queries;
use crate::statement::{Pair, Theirs, pairs};

/// A file to be put beside the program's own rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStatement {
    /// Made with the form.
    pub id: Id,
    pub day: NaiveDate,
    pub file_name: String,
    pub lines: Vec<Theirs>,
}

/// How the journal names a statement.
const fn thing(id: Id) -> Thing {
    Thing { kind: "payment-statement", id }
}

/// Reconciles a day for the agencies within the officer's scope. Money of a begun attempt that the file has is counted.
///
/// # Errors
/// [`Error::Invalid`] for a day that is not over, or was reconciled before.
pub async fn reconcile(app: &App, now: Now, caller: &Caller, new: NewStatement) -> Result<Id> {
    let officer = caller.officer_who_may(RECONCILE)?;
    if new.day >= now.today() {
        return Err(Error::invalid("day", "payments-day-not-over"));
    }
    app.store
        .write(async |tx| {
            if queries::statement(tx, officer, new.id).await?.is_some() {
                return Ok(new.id);
            }
            let change = Change { app, tx, now, actor: caller.actor() };
            if insert(tx, now, officer, &new).await? == 0 {
                return Err(Error::invalid("day", "payments-day-twice"));
            }
            for line in &new.lines {
                count_missed(&change, officer, line).await?;
            }
            let (from, to) = bounds(now, new.day);
            let orders: Vec<&str> = new.lines.iter().map(|line| line.order.as_str()).collect();
            let ours = queries::counted(tx, officer, from, to, &orders).await?;
            let found = pairs(ours, new.lines.clone());
            for (pair, number) in found.iter().zip(1_i64..) {
                keep(tx, officer, &new, pair, number).await?;
            }
            let differences = found.iter().filter(|pair| pair.outcome.is_difference()).count();
            let told =
                json!({ "day": new.day, "agency": officer.agency, "lines": found.len(), "differences": differences });
            record(tx, now, &change.actor, Entry::new("payments.reconciled", thing(new.id), &told)?).await?;
            Ok(new.id)
        })
        .await
}

async fn insert(tx: &Tx, now: Now, officer: &Officer, new: &NewStatement) -> Result<u64> {
    Sql::new(
        "INSERT INTO payments_statements (id, agency_id, day, file_name, made_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    )
    .bind(new.id.uuid())
    .bind(officer.agency.uuid())
    .bind(new.day)
    .bind(new.file_name.as_str())
    .bind(now.utc())
    .run(tx)
    .await
}

/// The gateway never told, or a transfer came: the file proves it.
async fn count_missed(change: &Change<'_>, officer: &Officer, line: &Theirs) -> Result<()> {
    let Some(attempt) = queries::attempt_by_order(change.tx, &line.order).await? else { return Ok(()) };
    let is_awaited = attempt.state == Tried::Begun && attempt.way != Way::Cash && attempt.amount == line.amount;
    if !is_awaited || line.transaction.is_empty() || queries::order_of(change.tx, &line.transaction).await?.is_some() {
        return Ok(());
    }
    let mut charge = current(change.tx, attempt.charge).await?;
    if directory::queries::within(change.tx, charge.agency, officer.agency).await? {
        settle(change, &mut charge, &attempt, Some(&line.transaction), "").await?;
    }
    Ok(())
}

/// The day in Vietnam.
fn bounds(now: Now, day: NaiveDate) -> (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>) {
    let midnight = |day: NaiveDate| {
        let at = day.and_time(NaiveTime::MIN).and_local_timezone(base::ZONE).single();
        at.map_or(now.utc(), |at| at.to_utc())
    };
    (midnight(day), midnight(day.checked_add_days(Days::new(1)).unwrap_or(day)))
}

async fn keep(tx: &Tx, officer: &Officer, new: &NewStatement, pair: &Pair, number: i64) -> Result<()> {
    let charge = match pair.charge {
        Some(charge) => Some(charge),
        None => queries::attempt_by_order(tx, &pair.order).await?.map(|attempt| attempt.charge),
    };
    // What nobody knows is found out by whoever has the file.
    let agency = pair.agency.unwrap_or(officer.agency);
    Sql::new(
        "INSERT INTO payments_lines (statement_id, number, order_id, transaction_id, ours, theirs, outcome, charge_id, \
         agency_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.id.uuid())
    .bind(number)
    .bind(pair.order.as_str())
    .bind(pair.transaction.as_str())
    .bind(pair.ours)
    .bind(pair.theirs)
    .bind(pair.outcome.as_str())
    .bind(charge.map(Id::uuid))
    .bind(agency.uuid())
    .run(tx)
    .await?;
    Ok(())
}

/// The longest note, in characters.
const NOTE: usize = 500;

/// Closes a difference with what was found out.
///
/// # Errors
/// [`Error::Invalid`] without a note; [`Error::Conflict`] when it was closed meanwhile; [`Error::NotFound`] outside the
/// scope.
pub async fn close_difference(
    app: &App,
    now: Now,
    caller: &Caller,
    statement: Id,
    number: i64,
    note: &str,
) -> Result<()> {
    let officer = caller.officer_who_may(RECONCILE)?;
    let note = note.trim();
    if note.is_empty() || note.chars().count() > NOTE {
        return Err(Error::invalid("note", "payments-note-missing"));
    }
    app.store
        .write(async |tx| {
            queries::statement(tx, officer, statement).await?.ok_or(Error::NotFound)?;
            let closed = Sql::new(
                "UPDATE payments_lines SET closed_at = $3, closed_by = $4, note = $5 WHERE statement_id = $1 \
                 AND number = $2 AND closed_at IS NULL AND outcome IN ('only-ours', 'only-theirs', 'amount-differs')",
            )
            .bind(statement.uuid())
            .bind(number)
            .bind(now.utc())
            .bind(officer.person.uuid())
            .bind(note)
            .run(tx)
            .await?;
            if closed == 0 {
                return Err(Error::Conflict("payments-moved-on"));
            }
            let told = json!({ "line": number });
            record(tx, now, &caller.actor(), Entry::new("payments.difference-closed", thing(statement), &told)?)
                .await?;
            Ok(())
        })
        .await
}
