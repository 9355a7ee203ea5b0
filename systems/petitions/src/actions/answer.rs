//! The agency in charge takes a petition up, answers it or returns it; a leader approves what everybody will read.

use base::{Error, FieldErrors, Id, Now, Result};
use chrono::NaiveDate;
use flow::Work;
use store::Sql;
use system::{App, Caller};

use super::{Change, said};
use crate::petition::{Petition, State};
use crate::queries::{self, Answer};
use crate::rules::{self, rules};
use crate::tables::RemarkKind;

/// An answer about to be put before a leader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAnswer {
    /// Made by the page.
    pub id: Id,
    /// Code of a result of the rules.
    pub result: String,
    pub words: String,
    /// Why it is not done; asked for by some results.
    pub reason: String,
    /// What will be done by when; asked for by some results. Steps without words and day are left out.
    pub road_map: Vec<NewStep>,
}

/// One step of a road map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewStep {
    pub words: String,
    pub due_on: Option<NaiveDate>,
}

impl NewAnswer {
    /// What the result asks for must be there.
    fn checked(mut self, now: Now) -> Result<Self> {
        let result = rules::result(&self.result)?;
        self.words = said(&self.words, "answer")?;
        let reason = self.reason.trim().to_owned();
        self.road_map.retain(|step| !step.words.trim().is_empty() || step.due_on.is_some());
        let mut wrong = FieldErrors::new();
        if result.reason && reason.is_empty() {
            wrong.insert("reason-not".to_owned(), "petitions-reason-missing".to_owned());
        }
        if result.road_map {
            let whole = |step: &NewStep| !step.words.trim().is_empty() && step.due_on.is_some();
            if self.road_map.is_empty() || !self.road_map.iter().all(whole) {
                wrong.insert("step-1-words".to_owned(), "petitions-road-map-missing".to_owned());
            } else if self.road_map.iter().any(|step| step.due_on.is_some_and(|due| due < now.today())) {
                wrong.insert("step-1-words".to_owned(), "petitions-road-map-past".to_owned());
            }
            self.road_map.truncate(rules()?.limits.road_steps);
        } else {
            self.road_map.clear();
        }
        self.reason = if result.reason { reason } else { String::new() };
        if wrong.is_empty() { Ok(self) } else { Err(Error::Invalid(wrong)) }
    }
}

/// A specialist takes the petition up.
pub async fn take(app: &App, now: Now, caller: &Caller, petition: Id, step: Id) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut petition, open) = change.at_work(caller, petition, step, &[Work::Examine]).await?;
            change.flow().claim(officer, open.id).await?;
            if petition.state == State::Assigned {
                change.set_state(&mut petition, State::Working, "petitions.taken-up").await?;
            }
            Ok(petition)
        })
        .await
}

/// Returns the petition to whoever assigns: another agency is the right one.
pub async fn return_to_desk(
    app: &App,
    now: Now,
    caller: &Caller,
    petition: Id,
    step: Id,
    reason: &str,
) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut petition, open) = change.at_work(caller, petition, step, &[Work::Examine]).await?;
            let reason = said(reason, "reason")?;
            change.flow().complete(officer, &open, "return", Some(&reason)).await?;
            change.remark(petition.id, RemarkKind::Returned, None, &reason).await?;
            petition.agency = petition.receiving;
            change.set_state(&mut petition, State::Returned, "petitions.returned").await?;
            Ok(petition)
        })
        .await
}

/// Puts an answer before a leader.
///
/// # Errors
/// [`Error::Invalid`] by the fields `result`, `answer`, `reason-not`, `step-1-words`.
pub async fn propose(app: &App, now: Now, caller: &Caller, petition: Id, step: Id, new: NewAnswer) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut petition, open) = change.at_work(caller, petition, step, &[Work::Examine]).await?;
            let new = new.checked(now)?;
            Sql::new(
                "INSERT INTO petitions_answers (id, petition_id, result, words, reason, agency_id, proposed_by, proposed_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(new.id.uuid())
            .bind(petition.id.uuid())
            .bind(new.result.as_str())
            .bind(new.words.as_str())
            .bind(new.reason.as_str())
            .bind(officer.agency.uuid())
            .bind(officer.person.uuid())
            .bind(now.utc())
            .run(tx)
            .await?;
            keep_road_map(&change, petition.id, &new).await?;
            change.flow().complete(officer, &open, "propose", None).await?;
            change.set_state(&mut petition, State::AnswerProposed, "petitions.answer-proposed").await?;
            Ok(petition)
        })
        .await
}

async fn keep_road_map(change: &Change<'_>, petition: Id, new: &NewAnswer) -> Result<()> {
    for (number, step) in (1_i64..).zip(&new.road_map) {
        Sql::new(
            "INSERT INTO petitions_road_steps (answer_id, number, petition_id, words, due_on, watched) \
             VALUES ($1, $2, $3, $4, $5, FALSE)",
        )
        .bind(new.id.uuid())
        .bind(number)
        .bind(petition.uuid())
        .bind(step.words.trim())
        .bind(step.due_on)
        .run(change.tx)
        .await?;
    }
    Ok(())
}

/// A leader approves the answer: it is public where the petition is, the clock ends, and the dates of its road map are
/// watched instead of those of an earlier answer.
pub async fn approve(app: &App, now: Now, caller: &Caller, petition: Id, step: Id) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut petition, open) = change.at_work(caller, petition, step, &[Work::Sign]).await?;
            let answer = proposed(&change, &petition).await?;
            Sql::new("UPDATE petitions_answers SET approved_at = $2 WHERE id = $1")
                .bind(answer.id.uuid())
                .bind(now.utc())
                .run(tx)
                .await?;
            Sql::new("UPDATE petitions_road_steps SET watched = (answer_id = $2) WHERE petition_id = $1")
                .bind(petition.id.uuid())
                .bind(answer.id.uuid())
                .run(tx)
                .await?;
            change.flow().complete(officer, &open, "approve", None).await?;
            petition.answered_at = Some(now.utc());
            petition.result = Some(answer.result);
            change.set_state(&mut petition, State::Answered, "petitions.answered").await?;
            Ok(petition)
        })
        .await
}

/// A leader wants the answer otherwise.
pub async fn send_back(app: &App, now: Now, caller: &Caller, petition: Id, step: Id, note: &str) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut petition, open) = change.at_work(caller, petition, step, &[Work::Sign]).await?;
            let note = said(note, "reason")?;
            let answer = proposed(&change, &petition).await?;
            Sql::new("UPDATE petitions_answers SET sent_back_at = $2 WHERE id = $1")
                .bind(answer.id.uuid())
                .bind(now.utc())
                .run(tx)
                .await?;
            change.flow().complete(officer, &open, "send-back", Some(&note)).await?;
            change.set_state(&mut petition, State::Working, "petitions.sent-back").await?;
            Ok(petition)
        })
        .await
}

async fn proposed(change: &Change<'_>, petition: &Petition) -> Result<Answer> {
    let answers = queries::answers(change.tx, petition.id).await?;
    answers.into_iter().find(Answer::is_open).ok_or(Error::Conflict("petitions-moved-on"))
}
