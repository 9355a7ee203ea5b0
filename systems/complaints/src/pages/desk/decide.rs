//! What an officer's forms do.

use base::{Error, Result};
use flow::pages::{AtStep, OnPage};
use web::Answer;

use crate::actions::{self, Conclusion, Reading};
use crate::letter::{Finding, Letter, Outcome};
use crate::pages::{commune, day};

pub(super) async fn propose(at: AtStep<Letter>) -> Answer {
    let done = match reading(&at).await {
        Ok(read) => actions::propose(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, read).await,
        Err(error) => Err(error),
    };
    at.answered(done, "complaints-told-proposed").await
}

async fn reading(at: &AtStep<Letter>) -> Result<Reading> {
    let sent = &at.sent;
    Ok(Reading {
        met: sent.all("met").map(str::to_owned).collect(),
        outcome: Outcome::parse(sent.value("outcome"))
            .ok_or_else(|| Error::invalid("outcome", "complaints-outcome-missing"))?,
        field: sent.value("field").to_owned(),
        commune: commune(&at.app, &at.visitor, sent.value("commune")).await?,
        remote: sent.value("remote") == "yes",
        complex: sent.value("complex") == "yes",
        reasons: sent.value("reasons").to_owned(),
    })
}

pub(super) async fn approve(at: AtStep<Letter>) -> Answer {
    let done = actions::approve(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step).await;
    at.answered(done, "complaints-told-approved").await
}

pub(super) async fn send_back(at: AtStep<Letter>) -> Answer {
    let reason = at.sent.value("reason");
    let done = actions::send_back(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, reason).await;
    at.answered(done, "complaints-told-sent-back").await
}

pub(super) async fn dialogue(on: OnPage<Letter>) -> Answer {
    let held_on = day(on.sent.value("held-on"), "held-on")
        .and_then(|day| day.ok_or_else(|| Error::invalid("held-on", "complaints-day-wrong")));
    let done = match held_on {
        Ok(held_on) => {
            let minutes = on.sent.value("minutes");
            actions::hold_dialogue(&on.app, on.visitor.now, &on.visitor.caller, on.thing.id, held_on, minutes).await
        }
        Err(error) => Err(error),
    };
    on.answered(done, "complaints-told-dialogue").await
}

pub(super) async fn extend(on: OnPage<Letter>) -> Answer {
    let reason = on.sent.value("reason");
    let done = actions::extend(&on.app, on.visitor.now, &on.visitor.caller, on.thing.id, reason).await;
    on.answered(done, "complaints-told-extended").await
}

pub(super) async fn conclude(at: AtStep<Letter>) -> Answer {
    let done = match Finding::parse(at.sent.value("finding")) {
        Some(finding) => {
            let conclusion = Conclusion { finding, words: at.sent.value("words").to_owned() };
            actions::conclude(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, conclusion).await
        }
        None => Err(Error::invalid("finding", "complaints-finding-missing")),
    };
    at.answered(done, "complaints-told-concluded").await
}

pub(super) async fn decide(at: AtStep<Letter>) -> Answer {
    let done = actions::decide(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step).await;
    at.answered(done, "complaints-told-decided").await
}

pub(super) async fn verify_again(at: AtStep<Letter>) -> Answer {
    let note = at.sent.value("reason");
    let done =
        actions::send_back_conclusion(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, note).await;
    at.answered(done, "complaints-told-sent-back").await
}

pub(super) async fn carry_out(at: AtStep<Letter>) -> Answer {
    let words = at.sent.value("words");
    let done = actions::carry_out(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, words).await;
    at.answered(done, "complaints-told-closed").await
}
