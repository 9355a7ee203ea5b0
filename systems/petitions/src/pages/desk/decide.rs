//! What an officer's forms do at a step.

use axum::extract::State;
use base::{Error, Id, Result};
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Visitor, redirect_with};

use super::{LIST, show};
use crate::actions::{self, Classified, NewAnswer, NewStep};
use crate::pages::choices;
use crate::petition::Petition;
use crate::queries;
use crate::rules::rules;

type Pairs = Vec<(String, String)>;

pub(super) async fn classify(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = match chosen(&app, &visitor, &sent).await {
        Ok(proposed) => {
            let (field, words) = (sent.value("field").to_owned(), sent.value("public-words").to_owned());
            let decided = Classified { field, words, proposed };
            actions::classify(&app, visitor.now, &visitor.caller, petition.id, step, decided).await
        }
        Err(error) => Err(error),
    };
    answered(&app, &visitor, &code, step, sent, done, "petitions-told-classified").await
}

/// The agency that the form names.
async fn chosen(app: &App, visitor: &Visitor, sent: &Sent) -> Result<Id> {
    choices::agency(app, visitor, sent.value("agency"), "agency", "petitions-agency-missing").await
}

pub(super) async fn join(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = actions::join(&app, visitor.now, &visitor.caller, petition.id, step, sent.value("into")).await;
    answered(&app, &visitor, &code, step, sent, done, "petitions-told-joined").await
}

pub(super) async fn take_out(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, collected)): Path<(String, Id)>,
    _: Form<Pairs>,
) -> Answer {
    let petition = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let own = actions::take_out(&app, visitor.now, &visitor.caller, petition.id, collected).await?;
    let told = Flash::success("petitions-told-taken-out").with("code", &own.code);
    Ok(redirect_with(&format!("{LIST}/{code}"), told))
}

pub(super) async fn forward(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let (to, words) = (sent.value("forwarded-to"), sent.value("public-words"));
    let done = actions::forward(&app, visitor.now, &visitor.caller, petition.id, step, to, words).await;
    answered(&app, &visitor, &code, step, sent, done, "petitions-told-forwarded").await
}

pub(super) async fn refuse(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = actions::refuse(&app, visitor.now, &visitor.caller, petition.id, step, sent.value("reason")).await;
    answered(&app, &visitor, &code, step, sent, done, "petitions-told-refused").await
}

pub(super) async fn assign(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = match chosen(&app, &visitor, &sent).await {
        Ok(agency) => actions::assign(&app, visitor.now, &visitor.caller, petition.id, step, agency).await,
        Err(error) => Err(error),
    };
    answered(&app, &visitor, &code, step, sent, done, "petitions-told-assigned").await
}

pub(super) async fn take(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    _: Form<Pairs>,
) -> Answer {
    let petition = with_step(&app, &visitor, &code, step).await?;
    actions::take(&app, visitor.now, &visitor.caller, petition.id, step).await?;
    Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success("petitions-told-taken")))
}

pub(super) async fn give_back(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let reason = sent.value("reason");
    let done = actions::return_to_desk(&app, visitor.now, &visitor.caller, petition.id, step, reason).await;
    answered(&app, &visitor, &code, step, sent, done, "petitions-told-returned").await
}

pub(super) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let new = new_answer(&sent)?;
    let done = actions::propose(&app, visitor.now, &visitor.caller, petition.id, step, new).await;
    answered(&app, &visitor, &code, step, sent, done, "petitions-told-proposed").await
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

pub(super) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    _: Form<Pairs>,
) -> Answer {
    let petition = with_step(&app, &visitor, &code, step).await?;
    actions::approve(&app, visitor.now, &visitor.caller, petition.id, step).await?;
    Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success("petitions-told-answered")))
}

pub(super) async fn send_back(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = actions::send_back(&app, visitor.now, &visitor.caller, petition.id, step, sent.value("reason")).await;
    answered(&app, &visitor, &code, step, sent, done, "petitions-told-sent-back").await
}

/// The petition once more, which says what was done, or what is wrong with what was sent.
async fn answered(
    app: &App,
    visitor: &Visitor,
    code: &str,
    step: Id,
    sent: Sent,
    done: Result<Petition>,
    told: &'static str,
) -> Answer {
    match done {
        Ok(_) => Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success(told))),
        Err(Error::Invalid(errors)) => show::again(app, visitor, code, Some(step), sent.wrong(visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

/// The petition, if the officer can see it and the step is one of its own.
async fn with_step(app: &App, visitor: &Visitor, code: &str, step: Id) -> Result<Petition> {
    let petition = queries::for_officer(app.store.read(), visitor.caller.officer()?, code).await?;
    let step = flow::queries::step_by_id(app.store.read(), step).await?.ok_or(Error::NotFound)?;
    let case = flow::queries::case_by_id(app.store.read(), step.case).await?.ok_or(Error::NotFound)?;
    if case.subject == petition.id { Ok(petition) } else { Err(Error::NotFound) }
}
