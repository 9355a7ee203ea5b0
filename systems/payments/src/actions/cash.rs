//! Money at the desk, and money that the desk finds on the account.

use base::{Error, Id, Now, Result};
use system::{App, Caller, Officer};

use super::settle::{Settled, settle};
use super::{Change, attempt, current};
use crate::access::COLLECT;
use crate::charge::{Charge, Tried, Way};
use crate::queries;

/// Takes the money at the desk; the receipt follows. `id` was made with the form.
///
/// # Errors
/// [`Error::Conflict`] when nothing is due any more; [`Error::NotFound`] for another agency's charge.
pub async fn collect(app: &App, now: Now, caller: &Caller, charge: Id, id: Id) -> Result<Charge> {
    let officer = caller.officer_who_may(COLLECT)?;
    app.store
        .write(async |tx| {
            let change = Change { app, tx, now, actor: caller.actor() };
            let mut charge = theirs(officer, current(tx, charge).await?)?;
            if queries::attempt_by_id(tx, id).await?.is_some_and(|before| before.charge == charge.id) {
                return Ok(charge);
            }
            if !charge.state.is_open() {
                return Err(Error::Conflict("payments-not-due"));
            }
            let attempt = attempt::insert(tx, now, &charge, id, Way::Cash).await?;
            settle(&change, &mut charge, &attempt, None, &officer.name).await?;
            Ok(charge)
        })
        .await
}

/// The longest number of an entry, in characters.
const REFERENCE: usize = 64;

/// The bank's account shows a transfer: `reference` is the number of its entry there.
///
/// # Errors
/// [`Error::Invalid`] without a number, or with one that another order was paid by; [`Error::Conflict`] when the money
/// of this order came before.
pub async fn transfer_came(
    app: &App,
    now: Now,
    caller: &Caller,
    charge: Id,
    order: &str,
    reference: &str,
) -> Result<bool> {
    let officer = caller.officer_who_may(COLLECT)?;
    let reference = reference.trim();
    if reference.is_empty() || reference.chars().count() > REFERENCE {
        return Err(Error::invalid("reference", "payments-reference-missing"));
    }
    app.store
        .write(async |tx| {
            let change = Change { app, tx, now, actor: caller.actor() };
            let mut charge = theirs(officer, current(tx, charge).await?)?;
            let attempt = queries::attempt_by_order(tx, order).await?;
            let attempt = attempt.filter(|attempt| attempt.charge == charge.id && attempt.way == Way::Transfer);
            let attempt = attempt.ok_or(Error::NotFound)?;
            if attempt.state == Tried::Paid {
                return Err(Error::Conflict("payments-moved-on"));
            }
            if queries::order_of(tx, reference).await?.is_some() {
                return Err(Error::invalid("reference", "payments-reference-used"));
            }
            let settled = settle(&change, &mut charge, &attempt, Some(reference), "").await?;
            Ok(settled == Settled::Paid)
        })
        .await
}

/// Money is taken by the agency whose income it is.
pub(super) fn theirs(officer: &Officer, charge: Charge) -> Result<Charge> {
    if officer.agency == charge.agency { Ok(charge) } else { Err(Error::NotFound) }
}
