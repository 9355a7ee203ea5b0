use axum::extract::State;
use axum::response::Response;
use base::FieldErrors;
use flow::pages::{AtStep, Worked};
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Visitor, redirect_with};

use super::decision::decision;
use crate::dossier::Dossier;
use crate::{actions, queries};

/// Ends a step as the officer decided.
pub(super) async fn decide(at: AtStep<Dossier>) -> Answer {
    let decided = match decision(&at.sent) {
        Ok(decision) => {
            actions::decide(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, decision).await
        }
        Err(error) => Err(error),
    };
    let told = told(at.sent.value("viec"));
    at.answered(decided, told).await
}

/// Back at the dossier, which says what was done.
fn done(code: &str, told: &'static str) -> Response {
    redirect_with(&format!("{}/{code}", Dossier::LIST), Flash::success(told))
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

pub(super) async fn sign(at: AtStep<Dossier>) -> Answer {
    let signed = actions::sign(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step).await;
    at.answered(signed, "dossiers-told-signed").await
}

pub(super) async fn issue(at: AtStep<Dossier>) -> Answer {
    let issued = actions::issue(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step).await;
    at.answered(issued, "dossiers-told-issued").await
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

/// Says that the written authorisation was looked at.
pub(super) async fn authorisation(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let dossier = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let sent = Sent::new(pairs);
    if sent.value("authorisation") != "yes" {
        let missing = FieldErrors::from([("authorisation".to_owned(), "dossiers-agent-check-missing".to_owned())]);
        return Dossier::again(&app, &visitor, &code, None, sent.wrong(&visitor, &missing)).await;
    }
    actions::check_authorisation(&app, visitor.now, &visitor.caller, dossier.id).await?;
    Ok(done(&code, "dossiers-told-authorisation-checked"))
}
