//! What the payer is told of, in the transaction of the change itself.

use base::{Money, Result};
use notify::{Message, To};

use super::{Change, thing};
use crate::charge::Charge;

pub(super) async fn tell_payer(change: &Change<'_>, charge: &Charge, verb: &str) -> Result<()> {
    let text = match verb {
        "payments.paid" => "payments-message-paid",
        "payments.refund-asked" => "payments-message-refund-asked",
        "payments.refunded" => "payments-message-refunded",
        _ => return Ok(()),
    };
    let parameters = [("code", charge.code.clone()), ("amount", Money(charge.amount).to_string())];
    let link = format!("/thanh-toan/{}", charge.id);
    let message = Message { text, parameters: &parameters, link: &link, about: thing(charge.id) };
    for person in directory::queries::people_of(change.tx, charge.payer, change.now.today()).await? {
        notify::tell(change.tx, change.app, change.now, &change.actor, To { person }, message).await?;
    }
    Ok(())
}
