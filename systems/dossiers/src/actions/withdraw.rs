//! The applicant takes a dossier back; an officer confirms or refuses.

use base::{Error, Id, Now, Result};
use flow::case::CaseState;
use system::{App, Caller};
use worktime::ledger;

use super::desk::case_clock;
use super::{Change, current};
use crate::access::{self, RECEIVE};
use crate::dossier::{Dossier, State};

/// Asks to withdraw. No step can be finished until an officer has answered.
///
/// What nobody has accepted yet, and what waits for the applicant anyway, is withdrawn at once.
pub async fn ask_to_withdraw(app: &App, now: Now, caller: &Caller, dossier: Id) -> Result<Dossier> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let mut dossier = access::own(tx, caller, current(tx, dossier).await?, now.today()).await?;
            ask(&change, &mut dossier).await?;
            Ok(dossier)
        })
        .await
}

/// The same within another change.
pub(super) async fn ask(change: &Change<'_>, dossier: &mut Dossier) -> Result<()> {
    let at_once = dossier.received_at.is_none() || dossier.state == State::SupplementAsked;
    change.set_state(dossier, State::WithdrawalAsked, "dossiers.withdrawal-asked").await?;
    if at_once { end(change, dossier).await } else { Ok(()) }
}

/// Confirms a withdrawal, which ends the dossier, or refuses it, and the work goes on.
pub async fn settle_withdrawal(app: &App, now: Now, caller: &Caller, dossier: Id, agreed: bool) -> Result<Dossier> {
    let officer = access::may(caller, RECEIVE)?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let mut dossier = current(tx, dossier).await?;
            if officer.agency != dossier.receiving {
                return Err(Error::NotFound);
            }
            if dossier.state != State::WithdrawalAsked {
                return Err(Error::Conflict("dossiers-moved-on"));
            }
            if agreed {
                end(&change, &mut dossier).await?;
            } else {
                // It may have been asked while a payment was due; the desk asks for that again if it still is.
                ledger::resume(tx, app.parts.get()?, case_clock(dossier.case), now.utc()).await?;
                change.set_state(&mut dossier, State::Processing, "dossiers.withdrawal-refused").await?;
            }
            Ok(dossier)
        })
        .await
}

async fn end(change: &Change<'_>, dossier: &mut Dossier) -> Result<()> {
    let mut case = flow::queries::case_by_id(change.tx, dossier.case).await?.ok_or(Error::NotFound)?;
    for part in flow::queries::cases_of(change.tx, dossier.id).await? {
        super::issue::void(change, part.id).await?;
    }
    change.flow().close(&mut case, CaseState::Withdrawn).await?;
    change.set_state(dossier, State::Stopped, "dossiers.withdrawn").await
}
