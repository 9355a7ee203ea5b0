//! What is done with a petition that was answered.

use base::{Error, Id, Result};
use flow::pages::OnPage;
use system::App;
use web::{Answer, Choice, Path, Sent, Visitor};

use crate::access;
use crate::pages::choices;
use crate::petition::{Petition, RoadStep};
use crate::{actions, queries};

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

pub(super) async fn follow_up(on: OnPage<Petition>) -> Answer {
    let done = match on.sent.value("meeting").parse::<Id>() {
        Ok(meeting) => {
            let words = on.sent.value("follow-words");
            actions::follow_up(&on.app, on.visitor.now, &on.visitor.caller, on.thing.id, meeting, words).await
        }
        Err(_) => Err(Error::invalid("meeting", "petitions-meeting-missing")),
    };
    on.answered(done, "petitions-told-followed-up").await
}

pub(super) async fn re_supervise(on: OnPage<Petition>) -> Answer {
    let note = on.sent.value("supervise-words");
    let done = actions::re_supervise(&on.app, on.visitor.now, &on.visitor.caller, on.thing.id, note).await;
    on.answered(done, "petitions-told-re-supervised").await
}

pub(super) async fn close(on: OnPage<Petition>) -> Answer {
    let words = on.sent.value("close-words");
    let done = actions::close(&on.app, on.visitor.now, &on.visitor.caller, on.thing.id, words).await;
    on.answered(done, "petitions-told-closed").await
}

pub(super) async fn answer_again(on: OnPage<Petition>) -> Answer {
    let note = on.sent.value("again-words");
    let done = actions::answer_again(&on.app, on.visitor.now, &on.visitor.caller, on.thing.id, note).await;
    on.answered(done, "petitions-told-again").await
}

pub(super) async fn mark_done(Path((_, number)): Path<(String, i64)>, on: OnPage<Petition>) -> Answer {
    let done = actions::mark_done(&on.app, on.visitor.now, &on.visitor.caller, on.thing.id, number).await;
    on.answered(done, "petitions-told-step-done").await
}
