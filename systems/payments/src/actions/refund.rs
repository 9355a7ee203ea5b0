use base::{Error, Id, Now, Result};
use system::{App, Caller};

use super::cash::theirs;
use super::{Change, current, summary};
use crate::access::REFUND;
use crate::charge::{Charge, State};

/// The longest number of an entry, in characters.
const REFERENCE: usize = 64;

/// The money was given back; `reference` names the entry of the bank or the cash book.
///
/// # Errors
/// [`Error::Invalid`] without it; [`Error::Conflict`] when nothing is to be given back.
pub async fn refunded(app: &App, now: Now, caller: &Caller, charge: Id, reference: &str) -> Result<Charge> {
    let officer = caller.officer_who_may(REFUND)?;
    let reference = reference.trim();
    if reference.is_empty() || reference.chars().count() > REFERENCE {
        return Err(Error::invalid("refund-reference", "payments-reference-missing"));
    }
    app.store
        .write(async |tx| {
            let change = Change { app, tx, now, actor: caller.actor() };
            let mut charge = theirs(officer, current(tx, charge).await?)?;
            charge.refunded_at = Some(now.utc());
            charge.refund_reference = Some(reference.to_owned());
            let told = summary(&charge);
            change.set_state(&mut charge, State::Refunded, "payments.refunded", &told).await?;
            Ok(charge)
        })
        .await
}
