//! What an officer's forms do at a step.

use base::{Error, Id, Result};
use flow::pages::{AtStep, OnPage};
use web::{Answer, Flash, Path, Sent};

use crate::actions::{self, Classified, NewAnswer, NewStep};
use crate::pages::choices;
use crate::petition::Petition;
use crate::rules::rules;

pub(super) async fn classify(at: AtStep<Petition>) -> Answer {
    let done = match chosen(&at).await {
        Ok(proposed) => {
            let (field, words) = (at.sent.value("field").to_owned(), at.sent.value("public-words").to_owned());
            let decided = Classified { field, words, proposed };
            actions::classify(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, decided).await
        }
        Err(error) => Err(error),
    };
    at.answered(done, "petitions-told-classified").await
}

/// The agency that the form names.
async fn chosen(at: &AtStep<Petition>) -> Result<Id> {
    choices::agency(&at.app, &at.visitor, at.sent.value("agency"), "agency", "petitions-agency-missing").await
}

pub(super) async fn join(at: AtStep<Petition>) -> Answer {
    let into = at.sent.value("into");
    let done = actions::join(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, into).await;
    at.answered(done, "petitions-told-joined").await
}

pub(super) async fn take_out(Path((_, collected)): Path<(String, Id)>, from: OnPage<Petition>) -> Answer {
    let done = actions::take_out(&from.app, from.visitor.now, &from.visitor.caller, from.thing.id, collected).await;
    from.answered_with(done, |own| Flash::success("petitions-told-taken-out").with("code", &own.code)).await
}

pub(super) async fn forward(at: AtStep<Petition>) -> Answer {
    let (to, words) = (at.sent.value("forwarded-to"), at.sent.value("public-words"));
    let done = actions::forward(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, to, words).await;
    at.answered(done, "petitions-told-forwarded").await
}

pub(super) async fn refuse(at: AtStep<Petition>) -> Answer {
    let reason = at.sent.value("reason");
    let done = actions::refuse(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, reason).await;
    at.answered(done, "petitions-told-refused").await
}

pub(super) async fn assign(at: AtStep<Petition>) -> Answer {
    let done = match chosen(&at).await {
        Ok(agency) => actions::assign(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, agency).await,
        Err(error) => Err(error),
    };
    at.answered(done, "petitions-told-assigned").await
}

pub(super) async fn take(at: AtStep<Petition>) -> Answer {
    let done = actions::take(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step).await;
    at.answered(done, "petitions-told-taken").await
}

pub(super) async fn give_back(at: AtStep<Petition>) -> Answer {
    let reason = at.sent.value("reason");
    let done = actions::return_to_desk(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, reason).await;
    at.answered(done, "petitions-told-returned").await
}

pub(super) async fn answer(at: AtStep<Petition>) -> Answer {
    let new = new_answer(&at.sent)?;
    let done = actions::propose(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, new).await;
    at.answered(done, "petitions-told-proposed").await
}

fn new_answer(sent: &Sent) -> Result<NewAnswer> {
    let step = |number: usize| NewStep {
        words: sent.value(&format!("step-{number}-words")).to_owned(),
        due_on: sent.value(&format!("step-{number}-due")).parse().ok(),
    };
    Ok(NewAnswer {
        id: sent.value("id").parse().map_err(|_| Error::invalid("form", "web-error-form"))?,
        result: sent.value("result").to_owned(),
        words: sent.value("answer").to_owned(),
        reason: sent.value("reason-not").to_owned(),
        road_map: (1..=rules()?.limits.road_steps).map(step).collect(),
    })
}

pub(super) async fn approve(at: AtStep<Petition>) -> Answer {
    let done = actions::approve(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step).await;
    at.answered(done, "petitions-told-answered").await
}

pub(super) async fn send_back(at: AtStep<Petition>) -> Answer {
    let reason = at.sent.value("reason");
    let done = actions::send_back(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, reason).await;
    at.answered(done, "petitions-told-sent-back").await
}
