//! The head of an agency says that a dossier will be late, and when its result is promised now.

use base::{Error, Id, Now, Result};
use store::{Sql, is_duplicate};
use system::{App, Caller};
use worktime::ledger::Calendars;

use super::{Change, current};
use crate::access::{self, SIGN};
use crate::apology::{NewApology, is_owed};
use crate::dossier::Dossier;
use crate::slip::{SlipKind, papers};

/// Says it to the applicant with a slip (Mẫu 04). The date promised first stays: figures go by it.
///
/// # Errors
/// [`Error::Forbidden`] to all but those who sign at the agency that answers for the dossier; [`Error::Conflict`] when
/// nothing is owed, or it was said before: a date is moved once (Decree 61/2018/NĐ-CP, article 19).
pub async fn apologise(app: &App, now: Now, caller: &Caller, dossier: Id, new: &NewApology) -> Result<Dossier> {
    let officer = access::may(caller, SIGN)?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let dossier = current(tx, dossier).await?;
            if officer.agency != dossier.agency {
                return Err(Error::Forbidden(SIGN));
            }
            if !is_owed(&dossier) {
                return Err(Error::Conflict("dossiers-apology-not-owed"));
            }
            let calendar = app.parts.get::<Calendars>()?.of(dossier.agency);
            let (reason, again_at) = new.checked(&dossier, now, &calendar)?;
            let said = Sql::new(
                "INSERT INTO dossiers_apologies (dossier_id, made_at, made_by, reason, again_at) \
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(dossier.id.uuid())
            .bind(now.utc())
            .bind(officer.position.uuid())
            .bind(reason)
            .bind(again_at)
            .run(tx)
            .await;
            match said {
                Err(error) if is_duplicate(&error) => return Err(Error::Conflict("dossiers-apology-said")),
                said => said?,
            };
            let slip = papers::apology(&change, officer, &dossier, reason, again_at).await?;
            change.slip_until(&dossier, SlipKind::Apology, slip, Some(again_at)).await?;
            change.tell(&dossier, "dossiers.apologised").await?;
            super::message::tell_again(&change, &dossier, again_at).await?;
            Ok(dossier)
        })
        .await
}
