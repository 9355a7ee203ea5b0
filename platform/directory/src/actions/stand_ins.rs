//! Somebody stands in for a colleague who is away: by the colleague's own word, or by that of who leads the agency.

use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use journal::{Entry, record};
use serde_json::json;
use store::{Sql, Store, Tx};
use system::{Caller, Officer};

use super::holdings::{appoint, relieve, thing};
use crate::access::STAND_INS;
use crate::holding::{Holding, NewHolding, StandIn};
use crate::queries;

/// Who is away, and who does the work meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewStandIn {
    /// The holding of whoever is away.
    pub of: Id,
    /// The person who stands in.
    pub deputy: Id,
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// For one's own position, or as who leads the agency for any of its people. Colleagues hand over among those with work of the
/// same kind; who leads may name anybody of the agency.
///
/// # Errors
/// [`Error::NotFound`] for positions of others; [`Error::Invalid`] by field (`of`, `deputy`, `from`, `to`); [`Error::Conflict`]
/// when somebody stands in on one of these days already.
pub async fn stand_in(store: &Store, now: Now, caller: &Caller, new: NewStandIn) -> Result<Id> {
    let officer = caller.officer()?;
    store
        .write(async |tx| {
            let held = queries::holding(tx, new.of, now.today()).await?.ok_or(Error::NotFound)?;
            if held.position.agency != officer.agency || !(is_own(officer, &held) || leads(officer)) {
                return Err(Error::NotFound);
            }
            if held.acting_for.is_some() {
                return Err(Error::invalid("of", "directory-error-handed-on"));
            }
            if new.from < now.today() {
                return Err(Error::invalid("from", "directory-error-day-is-past"));
            }
            check_deputy(tx, officer, &held, &new).await?;
            if queries::is_stood_in_for(tx, &held, new.from, new.to).await? {
                return Err(Error::Conflict("directory-error-stood-in-for"));
            }
            let holding = NewHolding {
                position: held.position.id,
                person: new.deputy,
                acting_for: Some(held.person),
                from: new.from,
                to: Some(new.to),
            };
            appoint(tx, now, &caller.actor(), holding).await
        })
        .await
}

async fn check_deputy(tx: &Tx, officer: &Officer, held: &Holding, new: &NewStandIn) -> Result<()> {
    let wrong = |key: &str| Err(Error::invalid("deputy", key));
    if new.deputy == held.person {
        return wrong("directory-error-deputy-is-away");
    }
    let there = queries::holdings_of(tx, new.deputy, new.from).await?;
    let mut there = there.iter().filter(|one| one.position.agency == officer.agency && one.acting_for.is_none());
    let fits = |one: &Holding| leads(officer) || one.position.kind == held.position.kind;
    match there.next() {
        None => wrong("directory-error-deputy-elsewhere"),
        Some(first) if !fits(first) && !there.any(fits) => wrong("directory-error-deputy-other-kind"),
        Some(_) => Ok(()),
    }
}

/// The absent one is back sooner: today is the last day, and what has not begun does not begin.
///
/// # Errors
/// [`Error::NotFound`] for whoever could not have arranged it.
pub async fn end_stand_in(store: &Store, now: Now, caller: &Caller, holding: Id) -> Result<()> {
    let officer = caller.officer()?;
    store
        .write(async |tx| {
            let found = queries::stand_in(tx, holding, now.today()).await?.ok_or(Error::NotFound)?;
            if !may_end(officer, &found) {
                return Err(Error::NotFound);
            }
            if found.from <= now.today() {
                return relieve(tx, now, &caller.actor(), holding, now.today()).await;
            }
            Sql::new("DELETE FROM directory_holdings WHERE id = $1").bind(holding.uuid()).run(tx).await?;
            let told = json!({ "from": found.from, "to": found.to });
            record(tx, now, &caller.actor(), Entry::new("directory.appointment-called-off", thing(holding), &told)?)
                .await?;
            Ok(())
        })
        .await
}

/// Whether the officer may end it: who is away, and who leads the agency.
pub fn may_end(officer: &Officer, stand_in: &StandIn) -> bool {
    stand_in.agency == officer.agency
        && (leads(officer) || (officer.acting_for.is_none() && stand_in.away == officer.person))
}

fn leads(officer: &Officer) -> bool {
    officer.acting_for.is_none() && officer.may(STAND_INS)
}

fn is_own(officer: &Officer, held: &Holding) -> bool {
    officer.acting_for.is_none() && held.position.id == officer.position && held.person == officer.person
}
