//! What an officer's forms do.

use axum::extract::State;
use base::{Error, FieldErrors, Id, Result};
use flow::pages::{AtStep, with_step};
use system::App;
use web::{Answer, Path, Sent, Upload, Visitor};

use crate::actions::{self, NewAnswer, Triage};
use crate::pages::pictures::{self, FIELD, Received};
use crate::report::Report;

pub(super) async fn triage(at: AtStep<Report>) -> Answer {
    let done = match decided(&at).await {
        Ok(decided) => {
            actions::triage(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, decided).await
        }
        Err(error) => Err(error),
    };
    at.answered(done, "feedback-told-assigned").await
}

async fn decided(at: &AtStep<Report>) -> Result<Triage> {
    let (sent, today) = (&at.sent, at.visitor.now.today());
    let agency = directory::queries::agency_by_code(at.app.store.read(), sent.value("agency"), today).await?;
    Ok(Triage {
        kind: sent.value("kind").to_owned(),
        agency: agency.ok_or_else(|| Error::invalid("agency", "feedback-agency-missing"))?.id,
        words: sent.value("public-words").to_owned(),
        place_words: sent.value("place-words").to_owned(),
        public: sent.value("public") == "yes",
        photos: sent.all("photo").filter_map(|id| id.parse().ok()).collect(),
    })
}

pub(super) async fn refuse(at: AtStep<Report>) -> Answer {
    let reason = at.sent.value("reason");
    let done = actions::refuse(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, reason).await;
    at.answered(done, "feedback-told-refused").await
}

pub(super) async fn take(at: AtStep<Report>) -> Answer {
    let done = actions::take(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step).await;
    at.answered(done, "feedback-told-taken").await
}

pub(super) async fn give_back(at: AtStep<Report>) -> Answer {
    let reason = at.sent.value("reason");
    let done =
        actions::return_to_triage(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, reason).await;
    at.answered(done, "feedback-told-given-back").await
}

pub(super) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    upload: Upload,
) -> Answer {
    let report: Report = with_step(&app, &visitor, &code, step).await?;
    let (sent, done) = proposed(&app, &visitor, &report, step, upload).await?;
    AtStep::new(app, visitor, report, code, step, sent).answered(done, "feedback-told-proposed").await
}

/// What was sent, and what became of it. Pictures of what was done are kept with the answer that the page has begun.
pub(super) async fn proposed(
    app: &App,
    visitor: &Visitor,
    report: &Report,
    step: Id,
    upload: Upload,
) -> Result<(Sent, Result<Report>)> {
    let id = |received: &Received| received.value("id").parse::<Id>().ok();
    let received = pictures::receive(app, visitor, upload, id).await?;
    let id = id(&received).ok_or_else(|| Error::invalid("form", "web-error-form"))?;
    let words = received.value("answer").to_owned();
    let mut sent = Sent::new(vec![("id".to_owned(), id.to_string()), ("answer".to_owned(), words.clone())]);
    sent.errors = received.errors;
    if !sent.errors.at(FIELD).is_empty() {
        // What is wrong is told already.
        return Ok((sent, Err(Error::Invalid(FieldErrors::new()))));
    }
    let done = actions::propose(app, visitor.now, &visitor.caller, report.id, step, NewAnswer { id, words }).await;
    Ok((sent, done))
}

pub(super) async fn approve(at: AtStep<Report>) -> Answer {
    let done = actions::approve(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step).await;
    at.answered(done, "feedback-told-answered").await
}

pub(super) async fn send_back(at: AtStep<Report>) -> Answer {
    let reason = at.sent.value("reason");
    let done = actions::send_back(&at.app, at.visitor.now, &at.visitor.caller, at.thing.id, at.step, reason).await;
    at.answered(done, "feedback-told-sent-back").await
}
