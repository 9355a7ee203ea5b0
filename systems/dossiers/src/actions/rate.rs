//! The applicant says how content they are with the way a dossier was dealt with.

use base::{Error, Id, Now, Result};
use contracts::events::DossierRated;
use journal::{Entry, record};
use store::Sql;
use system::{App, Caller};

use super::{Change, current, thing};
use crate::access;
use crate::dossier::Dossier;

/// Says whether it satisfies, once a result or an end is there. What was said first stays.
///
/// # Errors
/// [`Error::NotFound`] to everybody but whose dossier it is; [`Error::Conflict`] when there is nothing to rate yet.
pub async fn rate(app: &App, now: Now, caller: &Caller, dossier: Id, satisfied: bool) -> Result<Dossier> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let dossier = access::own(tx, caller, current(tx, dossier).await?, now.today()).await?;
            if !dossier.may_be_rated() {
                return Err(Error::Conflict("dossiers-nothing-to-rate"));
            }
            let rated =
                Sql::new("UPDATE dossiers SET satisfied = $2, rated_at = $3 WHERE id = $1 AND rated_at IS NULL")
                    .bind(dossier.id.uuid())
                    .bind(satisfied)
                    .bind(now.utc())
                    .run(tx)
                    .await?;
            if rated == 1 {
                let event = DossierRated { changed: change.event(&dossier).await?, satisfied };
                record(tx, now, &change.actor, Entry::new("dossiers.rated", thing(dossier.id), &event)?).await?;
            }
            Ok(dossier)
        })
        .await
}
