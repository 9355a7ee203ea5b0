//! Who is told of what, in the transaction of the change itself.

use base::{Id, Result};
use notify::{Message, To};

use super::{Change, thing};
use crate::petition::Petition;
use crate::queries::Passed;

/// Tells whoever entered a petition what became of it.
pub(super) async fn tell_whoever_entered(change: &Change<'_>, petition: &Petition, verb: &str) -> Result<()> {
    let text = match verb {
        "petitions.answered" => "petitions-message-answered",
        "petitions.refused" => "petitions-message-refused",
        "petitions.forwarded" => "petitions-message-forwarded",
        _ => return Ok(()),
    };
    let agency = directory::queries::agency(change.tx, petition.agency).await?;
    let agency = agency.map(|agency| agency.name).unwrap_or_default();
    tell(change, petition, petition.entered_by, text, &[("code", petition.code.clone()), ("agency", agency)]).await
}

/// Tells whoever promised a step, and whoever entered the petition, that its day has passed.
pub(super) async fn tell_of_late_step(change: &Change<'_>, petition: &Petition, passed: &Passed) -> Result<()> {
    let parameters = [("code", petition.code.clone()), ("day", web::date(passed.due_on))];
    tell(change, petition, Some(passed.promised_by), "petitions-message-step-late", &parameters).await?;
    let entered_by = petition.entered_by.filter(|person| *person != passed.promised_by);
    tell(change, petition, entered_by, "petitions-message-step-late", &parameters).await
}

async fn tell(
    change: &Change<'_>,
    petition: &Petition,
    person: Option<Id>,
    text: &'static str,
    parameters: &[(&str, String)],
) -> Result<()> {
    let Some(person) = person else { return Ok(()) };
    let link = format!("/kien-nghi-cu-tri-xu-ly/{}", petition.code);
    let message = Message { text, parameters, link: &link, about: thing(petition.id) };
    notify::tell(change.tx, change.app, change.now, &change.actor, To { person }, message).await?;
    Ok(())
}
