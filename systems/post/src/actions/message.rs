//! What the applicant is told of, in the transaction of the change itself.

use base::Result;
use notify::{Message, To};

use super::{Change, thing};
use crate::order::Order;

pub(super) async fn tell_applicant(change: &Change<'_>, order: &Order, verb: &str) -> Result<()> {
    let text = match verb {
        "post.accepted" => "post-message-accepted",
        "post.delivered" => "post-message-delivered",
        "post.failed" => "post-message-failed",
        "post.returned" => "post-message-returned",
        _ => return Ok(()),
    };
    let tracking = order.tracking.clone().unwrap_or_default();
    let parameters = [("code", order.code.clone()), ("tracking", tracking)];
    let link = format!("/buu-chinh/{}", order.dossier_code);
    let message = Message { text, parameters: &parameters, link: &link, about: thing(order.id) };
    notify::tell(change.tx, change.app, change.now, &change.actor, To { person: order.person }, message).await?;
    Ok(())
}
