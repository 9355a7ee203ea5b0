use axum::extract::State;
use axum::response::Response;
use base::{Error, Id, Result};
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, redirect_with};

use super::sent::Sent;
use super::show;
use crate::dossier::Dossier;
use crate::{actions, queries};

/// Ends a step as the officer decided.
pub(super) async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let dossier = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let decided = match sent.decision() {
        Ok(decision) => actions::decide(&app, visitor.now, &visitor.caller, dossier.id, step, decision).await,
        Err(error) => Err(error),
    };
    match decided {
        Ok(_) => Ok(done(&code, told(sent.value("viec")))),
        Err(Error::Invalid(errors)) => show::again(&app, &visitor, &code, step, sent.with(errors)).await,
        Err(error) => Err(error.into()),
    }
}

/// Back at the dossier, which says what was done.
fn done(code: &str, told: &'static str) -> Response {
    redirect_with(&format!("/mot-cua/ho-so/{code}"), Flash::success(told))
}

/// What the next page says of a decision.
fn told(decision: &str) -> &'static str {
    match decision {
        "accept" => "dossiers-told-accepted",
        "supplement" => "dossiers-told-supplement",
        "refuse" => "dossiers-told-refused",
        "send-back" => "dossiers-told-sent-back",
        "return" => "dossiers-told-returned",
        _ => "dossiers-told-step-done",
    }
}

/// The dossier, if the officer may see it and the step is one of its own.
async fn with_step(app: &App, visitor: &Visitor, code: &str, step: Id) -> Result<Dossier> {
    let dossier = queries::for_officer(app.store.read(), visitor.caller.officer()?, code).await?;
    let steps = flow::queries::steps_of(app.store.read(), dossier.id).await?;
    if steps.iter().any(|known| known.id == step) { Ok(dossier) } else { Err(Error::NotFound) }
}

pub(super) async fn sign(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let dossier = with_step(&app, &visitor, &code, step).await?;
    actions::sign(&app, visitor.now, &visitor.caller, dossier.id, step).await?;
    Ok(done(&code, "dossiers-told-signed"))
}

pub(super) async fn issue(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let dossier = with_step(&app, &visitor, &code, step).await?;
    actions::issue(&app, visitor.now, &visitor.caller, dossier.id, step).await?;
    Ok(done(&code, "dossiers-told-issued"))
}

#[derive(Deserialize)]
pub(super) struct Settled {
    #[serde(rename = "tra-loi")]
    answer: Settlement,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Settlement {
    DongY,
    TuChoi,
}

/// Answers the applicant who wants the dossier back.
pub(super) async fn withdrawal(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(settled): Form<Settled>,
) -> Answer {
    let dossier = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let agreed = settled.answer == Settlement::DongY;
    actions::settle_withdrawal(&app, visitor.now, &visitor.caller, dossier.id, agreed).await?;
    Ok(done(&code, if agreed { "dossiers-told-withdrawn" } else { "dossiers-told-withdrawal-refused" }))
}

#[derive(Deserialize)]
pub(super) struct Duty {
    viec: DutyStep,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DutyStep {
    YeuCau,
    DaNop,
}

/// Asks for a financial duty, or says that it was met.
pub(super) async fn payment(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(duty): Form<Duty>,
) -> Answer {
    let dossier = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let paid = duty.viec == DutyStep::DaNop;
    actions::payment(&app, visitor.now, &visitor.caller, dossier.id, paid).await?;
    Ok(done(&code, if paid { "dossiers-told-paid" } else { "dossiers-told-payment-asked" }))
}
