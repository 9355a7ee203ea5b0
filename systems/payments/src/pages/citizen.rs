//! People see what they owe, pay it, and take the receipt.

mod list;
mod show;

use ::system::{Access, App, Routes};
use axum::extract::State;
use base::{Error, Id, Result};
use serde::Deserialize;
use web::{Answer, Form, Path, Visitor, redirect};

use crate::charge::{Charge, Way};
use crate::pages::paper;
use crate::{access, actions, queries};

pub(super) fn routes() -> Routes {
    const ATTEMPT: &[(&str, &str)] = &[("id", "{id}")];
    Routes::new()
        .get("/thanh-toan", Access::Citizen, list::page)
        .get("/thanh-toan/{charge}", Access::Citizen, show::page)
        .example("own-charge", &[])
        .get("/thanh-toan/{charge}/bien-lai", Access::Citizen, receipt)
        .example("own-charge-paid", &[])
        .post("/thanh-toan/{charge}/cong", Access::Citizen, through_gateway)
        .example("own-charge", ATTEMPT)
        .post("/thanh-toan/{charge}/chuyen-khoan", Access::Citizen, by_transfer)
        .example("own-charge", ATTEMPT)
}

/// Where a charge is paid.
pub(super) fn address(charge: Id) -> String {
    format!("/thanh-toan/{charge}")
}

async fn own(app: &App, visitor: &Visitor, id: Id) -> Result<Charge> {
    let charge = queries::by_id(app.store.read(), id).await?.ok_or(Error::NotFound)?;
    access::own(&visitor.caller, charge)
}

async fn receipt(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let charge = own(&app, &visitor, id).await?;
    paper::receipt(&app, charge.id).await
}

#[derive(Deserialize)]
struct Begun {
    id: Id,
}

async fn through_gateway(
    State(app): State<App>,
    visitor: Visitor,
    Path(charge): Path<Id>,
    Form(begun): Form<Begun>,
) -> Answer {
    begin(&app, &visitor, charge, begun.id, Way::Gateway).await
}

async fn by_transfer(
    State(app): State<App>,
    visitor: Visitor,
    Path(charge): Path<Id>,
    Form(begun): Form<Begun>,
) -> Answer {
    begin(&app, &visitor, charge, begun.id, Way::Transfer).await
}

/// The page of the charge leads on: a form may not lead to another site by itself.
async fn begin(app: &App, visitor: &Visitor, charge: Id, id: Id, way: Way) -> Answer {
    actions::begin(app, visitor.now, &visitor.caller, charge, id, way).await?;
    Ok(redirect(&address(charge)))
}
