//! What an officer's forms do.

use axum::extract::State;
use base::{Error, Id, Result};
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Visitor, redirect_with};

use super::show::with_step;
use super::{LIST, show};
use crate::actions::{self, Conclusion, Reading};
use crate::letter::{Finding, Letter, Outcome};
use crate::pages::{commune, day};
use crate::queries;

type Pairs = Vec<(String, String)>;

pub(super) async fn propose(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let letter = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = match reading(&app, &visitor, &sent).await {
        Ok(read) => actions::propose(&app, visitor.now, &visitor.caller, letter.id, step, read).await,
        Err(error) => Err(error),
    };
    answered(&app, &visitor, &code, Some(step), sent, done, "complaints-told-proposed").await
}

async fn reading(app: &App, visitor: &Visitor, sent: &Sent) -> Result<Reading> {
    Ok(Reading {
        met: sent.all("met").map(str::to_owned).collect(),
        outcome: Outcome::parse(sent.value("outcome"))
            .ok_or_else(|| Error::invalid("outcome", "complaints-outcome-missing"))?,
        field: sent.value("field").to_owned(),
        commune: commune(app, visitor, sent.value("commune")).await?,
        remote: sent.value("remote") == "yes",
        complex: sent.value("complex") == "yes",
        reasons: sent.value("reasons").to_owned(),
    })
}

pub(super) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    _: Form<Pairs>,
) -> Answer {
    let letter = with_step(&app, &visitor, &code, step).await?;
    actions::approve(&app, visitor.now, &visitor.caller, letter.id, step).await?;
    Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success("complaints-told-approved")))
}

pub(super) async fn send_back(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let letter = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = actions::send_back(&app, visitor.now, &visitor.caller, letter.id, step, sent.value("reason")).await;
    answered(&app, &visitor, &code, Some(step), sent, done, "complaints-told-sent-back").await
}

pub(super) async fn dialogue(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let letter = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let sent = Sent::new(pairs);
    let held_on = day(sent.value("held-on"), "held-on")
        .and_then(|day| day.ok_or_else(|| Error::invalid("held-on", "complaints-day-wrong")));
    let done = match held_on {
        Ok(held_on) => {
            let minutes = sent.value("minutes");
            actions::hold_dialogue(&app, visitor.now, &visitor.caller, letter.id, held_on, minutes).await
        }
        Err(error) => Err(error),
    };
    answered(&app, &visitor, &code, None, sent, done, "complaints-told-dialogue").await
}

pub(super) async fn extend(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let letter = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let sent = Sent::new(pairs);
    let done = actions::extend(&app, visitor.now, &visitor.caller, letter.id, sent.value("reason")).await;
    answered(&app, &visitor, &code, None, sent, done, "complaints-told-extended").await
}

pub(super) async fn conclude(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let letter = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = match Finding::parse(sent.value("finding")) {
        Some(finding) => {
            let conclusion = Conclusion { finding, words: sent.value("words").to_owned() };
            actions::conclude(&app, visitor.now, &visitor.caller, letter.id, step, conclusion).await
        }
        None => Err(Error::invalid("finding", "complaints-finding-missing")),
    };
    answered(&app, &visitor, &code, Some(step), sent, done, "complaints-told-concluded").await
}

pub(super) async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    _: Form<Pairs>,
) -> Answer {
    let letter = with_step(&app, &visitor, &code, step).await?;
    actions::decide(&app, visitor.now, &visitor.caller, letter.id, step).await?;
    Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success("complaints-told-decided")))
}

pub(super) async fn verify_again(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let letter = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let note = sent.value("reason");
    let done = actions::send_back_conclusion(&app, visitor.now, &visitor.caller, letter.id, step, note).await;
    answered(&app, &visitor, &code, Some(step), sent, done, "complaints-told-sent-back").await
}

pub(super) async fn carry_out(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let letter = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = actions::carry_out(&app, visitor.now, &visitor.caller, letter.id, step, sent.value("words")).await;
    answered(&app, &visitor, &code, Some(step), sent, done, "complaints-told-closed").await
}

/// The letter once more, which says what was done, or what is wrong with what was sent.
pub(super) async fn answered(
    app: &App,
    visitor: &Visitor,
    code: &str,
    step: Option<Id>,
    sent: Sent,
    done: Result<Letter>,
    told: &'static str,
) -> Answer {
    match done {
        Ok(_) => Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success(told))),
        Err(Error::Invalid(errors)) => show::again(app, visitor, code, step, sent.wrong(visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}
