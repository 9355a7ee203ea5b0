//! What whoever reported is told of, in the transaction of the change itself.

use base::Result;
use notify::{Message, To};

use super::{Change, thing};
use crate::queries;
use crate::report::Report;

/// Tells one who reported with an account what was decided; what they did themselves they know.
pub(super) async fn tell_reporter(change: &Change<'_>, report: &Report, verb: &str) -> Result<()> {
    let text = match verb {
        "feedback.assigned" => "feedback-message-assigned",
        "feedback.answered" => "feedback-message-answered",
        "feedback.joined" => "feedback-message-joined",
        "feedback.refused" => "feedback-message-refused",
        _ => return Ok(()),
    };
    let Some(person) = report.reporter else { return Ok(()) };
    let matter = queries::matter(change.tx, report).await?;
    let agency = directory::queries::agency(change.tx, matter.agency).await?;
    let joined = matter.code;
    let parameters = [
        ("code", report.code.clone()),
        ("agency", agency.map(|agency| agency.name).unwrap_or_default()),
        ("joined", joined),
    ];
    let link = format!("/phan-anh/da-gui/{}", report.code);
    let message = Message { text, parameters: &parameters, link: &link, about: thing(report.id) };
    notify::tell(change.tx, change.app, change.now, &change.actor, To { person }, message).await?;
    Ok(())
}
