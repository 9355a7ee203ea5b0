//! One charge: what it is made of, how to pay it, and what became of that. The gateway leads back here; what it says
//! on the way counts for nothing, only what it tells the program itself.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use directory::queries::Names;
use system::App;
use web::{Answer, Path, Visitor, filters};

use crate::charge::{Attempt, Charge, Item, Tried, Way};
use crate::vietqr::Transfer;
use crate::{Account, Ways, gateway, queries};

#[derive(Template)]
#[template(path = "payments/citizen/show.html")]
struct Show<'a> {
    csrf: &'a str,
    id: Id,
    address: String,
    subject: String,
    charge: &'a Charge,
    agency: String,
    items: Vec<Item>,
    /// Whether the gateway and the transfer are offered.
    by_gateway: bool,
    by_transfer: bool,
    /// Where the payer goes on, if they were sent to the gateway.
    onward: Option<String>,
    transfer: Option<Shown>,
    failed: bool,
    receipt: Option<(String, bool)>,
}

/// A transfer as a picture and in words.
struct Shown {
    picture: String,
    account: Account,
    order: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let charge = super::own(&app, &visitor, id).await?;
    let c = app.store.read();
    let ways = app.parts.get::<Ways>()?;
    let agency = directory::queries::agency(c, charge.agency).await?.ok_or(Error::NotFound)?;
    let attempts = queries::attempts(c, charge.id).await?;
    let begun = attempts.iter().rev().find(|attempt| attempt.state == Tried::Begun);
    let account = ways.account(agency.code.as_str());
    let receipt = queries::receipt_of(c, charge.id).await?;
    let open = charge.state.is_open();
    let page = Show {
        csrf: visitor.csrf(),
        id: visitor.form_id(),
        address: super::address(charge.id),
        subject: format!("/ho-so/{}", charge.code),
        agency: Names::default().of(c, charge.agency).await?,
        items: queries::items(c, charge.id).await?,
        by_gateway: open && ways.gateway.is_some(),
        by_transfer: open && account.is_some(),
        onward: onward(&app, ways, &charge, begun.filter(|_| open))?,
        transfer: transfer(account, begun.filter(|_| open))?,
        failed: open && attempts.last().is_some_and(|last| last.state == Tried::Failed),
        receipt: receipt.map(|receipt| (receipt.full_number(), receipt.file.is_some())),
        charge: &charge,
    };
    visitor.page(&visitor.text_with("payments-show-title", &[("code", charge.code.clone())]), &page)
}

fn onward(app: &App, ways: &Ways, charge: &Charge, begun: Option<&Attempt>) -> Result<Option<String>> {
    let (Some(at), Some(begun)) = (&ways.gateway, begun.filter(|attempt| attempt.way == Way::Gateway)) else {
        return Ok(None);
    };
    let back = format!("{}{}", app.settings.public_url, super::address(charge.id));
    gateway::pay_address(at, &begun.order, begun.amount, &back).map(Some)
}

fn transfer(account: Option<&Account>, begun: Option<&Attempt>) -> Result<Option<Shown>> {
    let (Some(account), Some(begun)) = (account, begun.filter(|attempt| attempt.way == Way::Transfer)) else {
        return Ok(None);
    };
    let code = Transfer { bank: &account.bank, account: &account.number, amount: begun.amount, purpose: &begun.order };
    Ok(Some(Shown { picture: code.picture()?, account: account.clone(), order: begun.order.clone() }))
}
