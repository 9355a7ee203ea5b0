//! What is done with a petition that was answered.

use axum::extract::State;
use base::{Error, Id, Result};
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Visitor, redirect_with};

use super::{LIST, show};
use crate::access;
use crate::pages::choices::{self, Choice};
use crate::petition::{Petition, RoadStep};
use crate::{actions, queries};

type Pairs = Vec<(String, String)>;

/// What an officer may do with an answered petition; shown beside it.
pub(super) struct Following<'a> {
    pub(super) sent: &'a Sent,
    /// For those who follow it up.
    pub(super) meetings: Option<Vec<Choice>>,
    /// For the agency that answered: the steps of its road map that are to be done.
    pub(super) to_be_done: Option<Vec<RoadStep>>,
}

/// `None` for officers who can do nothing with it.
pub(super) async fn following<'a>(
    app: &App,
    visitor: &Visitor,
    petition: &Petition,
    sent: &'a Sent,
) -> Result<Option<Following<'a>>> {
    let officer = visitor.caller.officer()?;
    let meetings = if access::may_follow(officer, petition) { Some(choices::meetings(app).await?) } else { None };
    let to_be_done = if access::may_report(officer, petition) { Some(open_steps(app, petition).await?) } else { None };
    Ok((meetings.is_some() || to_be_done.is_some()).then_some(Following { sent, meetings, to_be_done }))
}

/// Of the last approved answer.
async fn open_steps(app: &App, petition: &Petition) -> Result<Vec<RoadStep>> {
    let c = app.store.read();
    let approved = queries::answers(c, petition.id).await?.into_iter().rfind(|answer| answer.approved_at.is_some());
    let Some(answer) = approved else { return Ok(Vec::new()) };
    let steps = queries::road_map(c, answer.id).await?;
    Ok(steps.into_iter().filter(|step| step.done_on.is_none()).collect())
}

pub(super) async fn follow_up(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = seen(&app, &visitor, &code).await?;
    let sent = Sent::new(pairs);
    let done = match sent.value("meeting").parse::<Id>() {
        Ok(meeting) => {
            let words = sent.value("follow-words");
            actions::follow_up(&app, visitor.now, &visitor.caller, petition.id, meeting, words).await
        }
        Err(_) => Err(Error::invalid("meeting", "petitions-meeting-missing")),
    };
    answered(&app, &visitor, &code, sent, done, "petitions-told-followed-up").await
}

pub(super) async fn re_supervise(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = seen(&app, &visitor, &code).await?;
    let sent = Sent::new(pairs);
    let note = sent.value("supervise-words");
    let done = actions::re_supervise(&app, visitor.now, &visitor.caller, petition.id, note).await;
    answered(&app, &visitor, &code, sent, done, "petitions-told-re-supervised").await
}

pub(super) async fn close(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = seen(&app, &visitor, &code).await?;
    let sent = Sent::new(pairs);
    let done = actions::close(&app, visitor.now, &visitor.caller, petition.id, sent.value("close-words")).await;
    answered(&app, &visitor, &code, sent, done, "petitions-told-closed").await
}

pub(super) async fn answer_again(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let petition = seen(&app, &visitor, &code).await?;
    let sent = Sent::new(pairs);
    let note = sent.value("again-words");
    let done = actions::answer_again(&app, visitor.now, &visitor.caller, petition.id, note).await;
    answered(&app, &visitor, &code, sent, done, "petitions-told-again").await
}

pub(super) async fn mark_done(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, number)): Path<(String, i64)>,
    _: Form<Pairs>,
) -> Answer {
    let petition = seen(&app, &visitor, &code).await?;
    actions::mark_done(&app, visitor.now, &visitor.caller, petition.id, number).await?;
    Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success("petitions-told-step-done")))
}

async fn seen(app: &App, visitor: &Visitor, code: &str) -> Result<Petition> {
    queries::for_officer(app.store.read(), visitor.caller.officer()?, code).await
}

async fn answered(
    app: &App,
    visitor: &Visitor,
    code: &str,
    sent: Sent,
    done: Result<Petition>,
    told: &'static str,
) -> Answer {
    match done {
        Ok(_) => Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success(told))),
        Err(Error::Invalid(errors)) => show::again(app, visitor, code, None, sent.wrong(visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}
