//! An agency has ended: its open dossiers go on at the one that took over.

use base::{Id, Now, Result};
use contracts::events::AgencySucceeded;
use journal::{Actor, Event};
use notify::Message;
use store::{Sql, Tx};
use system::App;

use super::{Change, issue, message, thing};
use crate::dossier::Dossier;
use crate::queries;

/// Moves what an agency that ended had open to its heir: dossiers keep code, clock and promised date; drafts go to the heir's
/// desk; a result that nobody has signed is drawn up again in the heir's name. Applicants are told.
pub(crate) async fn follow_agency(app: &App, tx: &Tx, event: &Event, now: Now) -> Result<()> {
    let AgencySucceeded { heir, .. } = serde_json::from_value(event.data.clone())?;
    let from = event.thing_id;
    let change = Change { app, tx, now, actor: Actor::PROGRAM };
    let name = directory::queries::agency(tx, heir).await?.map(|agency| agency.name).unwrap_or_default();
    for mut dossier in queries::open_of_agency(tx, from).await? {
        let heir_of = |agency: Id| if agency == from { heir } else { agency };
        (dossier.agency, dossier.receiving) = (heir_of(dossier.agency), heir_of(dossier.receiving));
        Sql::new("UPDATE dossiers SET agency_id = $2, receiving_id = $3 WHERE id = $1")
            .bind(dossier.id.uuid())
            .bind(dossier.agency.uuid())
            .bind(dossier.receiving.uuid())
            .run(tx)
            .await?;
        change.join(dossier.id, heir).await?;
        change.tell(&dossier, "dossiers.moved").await?;
        tell(&change, &dossier, &name).await?;
    }
    for outcome in queries::unsigned_of_agency(tx, from).await? {
        let dossier = queries::by_id(tx, outcome.dossier).await?.ok_or(base::Error::NotFound)?;
        issue::propose_again(&change, &dossier, outcome.case, heir).await?;
    }
    Sql::new("UPDATE dossiers_drafts SET agency_id = $2 WHERE agency_id = $1")
        .bind(from.uuid())
        .bind(heir.uuid())
        .run(tx)
        .await?;
    Ok(())
}

async fn tell(change: &Change<'_>, dossier: &Dossier, heir: &str) -> Result<()> {
    let parameters = [("code", dossier.code.clone()), ("agency", heir.to_owned())];
    let link = format!("/ho-so/{}", dossier.code);
    let message =
        Message { text: "dossiers-message-moved", parameters: &parameters, link: &link, about: thing(dossier.id) };
    message::tell_all(change, dossier, message).await
}
