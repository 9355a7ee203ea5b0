use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use directory::queries::Names;
use system::App;
use web::{Answer, Choice, Errors, Path, Sent, Visitor, filters};

use crate::access::{COLLECT, REFUND};
use crate::actions;
use crate::charge::{Attempt, Charge, Item, State as Standing, Tried, Way};
use crate::pages::paper;
use crate::queries::{self, Heard};

#[derive(Template)]
#[template(path = "payments/desk/show.html")]
struct Show<'a> {
    csrf: &'a str,
    id: Id,
    address: String,
    /// The dossier on the desk.
    subject: String,
    charge: Charge,
    payer: String,
    agency: String,
    items: Vec<Item>,
    attempts: Vec<Attempt>,
    heard: Vec<Heard>,
    receipt: Option<(String, bool)>,
    may_collect: bool,
    /// Orders that a transfer may still come for.
    awaited: Vec<Choice>,
    may_refund: bool,
    reference: &'a str,
    refund_reference: &'a str,
    errors: &'a Errors,
}

/// Where officers see a charge.
pub(super) fn address(charge: Id) -> String {
    format!("/thanh-toan-xu-ly/{charge}")
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let sent = Sent::default();
    let page = content(&app, &visitor, id, &sent).await?;
    visitor.page(&page.charge.code.clone(), &page)
}

/// The page with what was sent and is wrong.
pub(super) async fn again(app: &App, visitor: &Visitor, id: Id, sent: Sent) -> Answer {
    let page = content(app, visitor, id, &sent).await?;
    visitor.rejected(&page.charge.code.clone(), &page)
}

/// The receipt; whoever looks at it is written down.
pub(super) async fn receipt(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let charge = queries::for_officer(app.store.read(), visitor.caller.officer()?, id).await?;
    actions::look(&app, visitor.now, &visitor.caller, &charge).await?;
    paper::receipt(&app, charge.id).await
}

async fn content<'a>(app: &App, visitor: &'a Visitor, id: Id, sent: &'a Sent) -> Result<Show<'a>> {
    let officer = visitor.caller.officer()?;
    let c = app.store.read();
    let charge = queries::for_officer(c, officer, id).await?;
    actions::look(app, visitor.now, &visitor.caller, &charge).await?;
    let theirs = officer.agency == charge.agency;
    let attempts = queries::attempts(c, charge.id).await?;
    let payer = directory::queries::party(c, charge.payer).await?;
    let receipt = queries::receipt_of(c, charge.id).await?;
    let awaited = attempts.iter().filter(|attempt| attempt.way == Way::Transfer && attempt.state != Tried::Paid);
    let awaited = awaited.map(|attempt| Choice { value: attempt.order.clone(), text: attempt.order.clone() });
    let may_collect = theirs && officer.may(COLLECT);
    Ok(Show {
        csrf: visitor.csrf(),
        id: visitor.form_id(),
        address: address(charge.id),
        subject: format!("/mot-cua/ho-so/{}", charge.code),
        payer: payer.map(|payer| payer.name().to_owned()).unwrap_or_default(),
        agency: Names::default().of(c, charge.agency).await?,
        items: queries::items(c, charge.id).await?,
        awaited: if may_collect { awaited.collect() } else { Vec::new() },
        heard: queries::heard_of(c, charge.id).await?,
        receipt: receipt.map(|receipt| (receipt.full_number(), receipt.file.is_some())),
        may_collect: may_collect && charge.state.is_open(),
        may_refund: theirs && officer.may(REFUND) && charge.state == Standing::RefundAsked,
        reference: sent.value("reference"),
        refund_reference: sent.value("refund-reference"),
        errors: &sent.errors,
        attempts,
        charge,
    })
}
