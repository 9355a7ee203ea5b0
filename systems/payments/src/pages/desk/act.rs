use axum::extract::State;
use base::{Error, Id, Result};
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Visitor, redirect_with};

use super::show;
use crate::charge::Charge;
use crate::{actions, queries};

/// The charge, if it lies within the scope of the position.
async fn seen(app: &App, visitor: &Visitor, id: Id) -> Result<Charge> {
    queries::for_officer(app.store.read(), visitor.caller.officer()?, id).await
}

/// Back at the charge, which says what was done; or the page again with what is wrong.
async fn answered<T>(app: &App, visitor: &Visitor, id: Id, done: Result<T>, sent: Sent, told: &'static str) -> Answer {
    match done {
        Ok(_) => Ok(redirect_with(&show::address(id), Flash::success(told))),
        Err(Error::Invalid(errors)) => show::again(app, visitor, id, sent.wrong(visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct Taken {
    id: Id,
}

pub(super) async fn cash(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(taken): Form<Taken>,
) -> Answer {
    let charge = seen(&app, &visitor, id).await?;
    let done = actions::collect(&app, visitor.now, &visitor.caller, charge.id, taken.id).await;
    answered(&app, &visitor, id, done, Sent::default(), "payments-told-collected").await
}

pub(super) async fn transfer(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let charge = seen(&app, &visitor, id).await?;
    let sent = Sent::new(pairs);
    let (order, reference) = (sent.value("order"), sent.value("reference"));
    let done = actions::transfer_came(&app, visitor.now, &visitor.caller, charge.id, order, reference).await;
    answered(&app, &visitor, id, done, sent, "payments-told-transfer").await
}

pub(super) async fn refund(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let charge = seen(&app, &visitor, id).await?;
    let sent = Sent::new(pairs);
    let reference = sent.value("refund-reference");
    let done = actions::refunded(&app, visitor.now, &visitor.caller, charge.id, reference).await;
    answered(&app, &visitor, id, done, sent, "payments-told-refunded").await
}
