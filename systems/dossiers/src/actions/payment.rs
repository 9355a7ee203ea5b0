//! A financial duty (state 6): the clock stands still until it is met.

use base::{Error, Id, Now, Result};
use system::{App, Caller};
use worktime::ledger;

use super::desk::case_clock;
use super::{Change, current};
use crate::access::{self, RECEIVE};
use crate::dossier::{Dossier, State};

/// Asks the applicant to pay; `paid` says that it was done, and the work goes on.
pub async fn payment(app: &App, now: Now, caller: &Caller, dossier: Id, paid: bool) -> Result<Dossier> {
    let officer = access::may(caller, RECEIVE)?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let mut dossier = current(tx, dossier).await?;
            if officer.agency != dossier.receiving {
                return Err(Error::NotFound);
            }
            let (calendars, clock) = (app.parts.get()?, case_clock(dossier.case));
            if paid {
                if dossier.state != State::PaymentAsked {
                    return Err(Error::Conflict("dossiers-moved-on"));
                }
                ledger::resume(tx, calendars, clock, now.utc()).await?;
                change.set_state(&mut dossier, State::Processing, "dossiers.paid").await?;
            } else {
                ledger::pause(tx, calendars, clock, now.utc(), "chờ thực hiện nghĩa vụ tài chính").await?;
                change.set_state(&mut dossier, State::PaymentAsked, "dossiers.payment-asked").await?;
            }
            Ok(dossier)
        })
        .await
}
