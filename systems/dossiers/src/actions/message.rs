//! What the applicant is told of, in the transaction of the change itself.

use base::{Id, Result};
use chrono::{DateTime, Utc};
use notify::{Message, To};

use super::{Change, thing};
use crate::dossier::Dossier;
use crate::queries;

/// Tells the applicant of what was decided or is asked; what they did themselves they know.
pub(super) async fn tell_applicant(change: &Change<'_>, dossier: &Dossier, verb: &str) -> Result<()> {
    let text = match verb {
        "dossiers.received" => "dossiers-message-received",
        "dossiers.not-received" => "dossiers-message-not-received",
        "dossiers.supplement-asked" => "dossiers-message-supplement-asked",
        "dossiers.supplement-answered" => "dossiers-message-new-promise",
        "dossiers.payment-asked" => "dossiers-message-payment-asked",
        "dossiers.withdrawal-refused" => "dossiers-message-withdrawal-refused",
        "dossiers.stopped" => "dossiers-message-stopped",
        "dossiers.finished" => "dossiers-message-finished",
        _ => return Ok(()),
    };
    tell(change, dossier, text, dossier.promised_at).await
}

/// Tells the applicant of the date that is promised now.
pub(super) async fn tell_again(change: &Change<'_>, dossier: &Dossier, again_at: DateTime<Utc>) -> Result<()> {
    tell(change, dossier, "dossiers-message-apologised", Some(again_at)).await
}

async fn tell(change: &Change<'_>, dossier: &Dossier, text: &'static str, at: Option<DateTime<Utc>>) -> Result<()> {
    let parameters = [("code", dossier.code.clone()), ("at", at.map(moment).unwrap_or_default())];
    let link = format!("/ho-so/{}", dossier.code);
    let message = Message { text, parameters: &parameters, link: &link, about: thing(dossier.id) };
    tell_all(change, dossier, message).await
}

/// Tells everybody whose dossier it is.
pub(super) async fn tell_all(change: &Change<'_>, dossier: &Dossier, message: Message<'_>) -> Result<()> {
    for person in queries::told_of(change.tx, dossier, change.now.today()).await? {
        notify::tell(change.tx, change.app, change.now, &change.actor, To { person }, message).await?;
    }
    Ok(())
}

/// Tells whoever filed it that they were authorised no longer.
pub(super) async fn tell_agent(change: &Change<'_>, dossier: &Dossier, person: Id) -> Result<()> {
    let parameters = [("code", dossier.code.clone())];
    let text = "dossiers-message-authorisation-withdrawn";
    let message = Message { text, parameters: &parameters, link: "/ho-so", about: thing(dossier.id) };
    notify::tell(change.tx, change.app, change.now, &change.actor, To { person }, message).await?;
    Ok(())
}

/// Digits only, so that the sentence reads in either language.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    base::local(at).format("%H:%M %d/%m/%Y").to_string()
}
