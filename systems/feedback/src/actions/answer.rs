//! The agency in charge takes a report up, answers it or gives it back; a leader approves what everybody will read.

use base::{Error, Id, Now, Result};
use flow::Work;
use store::Sql;
use system::{App, Caller};

use super::{Change, join, said};
use crate::queries::{self, Answer};
use crate::report::{Report, State};

/// An answer; its pictures are kept under its id already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAnswer {
    /// Made by the page.
    pub id: Id,
    pub words: String,
}

/// A specialist takes the report up.
pub async fn take(app: &App, now: Now, caller: &Caller, report: Id, step: Id) -> Result<Report> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut report, open) = change.at_work(caller, report, step, Work::Examine).await?;
            change.flow().claim(officer, open.id).await?;
            if report.state == State::Assigned {
                change.set_state(&mut report, State::Working, "feedback.taken-up").await?;
            }
            Ok(report)
        })
        .await
}

/// Gives the report back to the desk: another agency is the right one.
pub async fn return_to_triage(
    app: &App,
    now: Now,
    caller: &Caller,
    report: Id,
    step: Id,
    reason: &str,
) -> Result<Report> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut report, open) = change.at_work(caller, report, step, Work::Examine).await?;
            let reason = said(reason, "reason")?;
            change.flow().complete(officer, &open, "return", Some(&reason)).await?;
            report.agency = report.receiving;
            join::follow_agency(&change, &report).await?;
            change.set_state(&mut report, State::Returned, "feedback.given-back").await?;
            Ok(report)
        })
        .await
}

/// Puts an answer before a leader.
pub async fn propose(app: &App, now: Now, caller: &Caller, report: Id, step: Id, new: NewAnswer) -> Result<Report> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut report, open) = change.at_work(caller, report, step, Work::Examine).await?;
            let words = said(&new.words, "answer")?;
            Sql::new(
                "INSERT INTO feedback_answers (id, report_id, words, agency_id, proposed_at) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(new.id.uuid())
            .bind(report.id.uuid())
            .bind(words)
            .bind(officer.agency.uuid())
            .bind(now.utc())
            .run(tx)
            .await?;
            change.flow().complete(officer, &open, "propose", None).await?;
            change.set_state(&mut report, State::AnswerProposed, "feedback.answer-proposed").await?;
            Ok(report)
        })
        .await
}

/// A leader approves the answer: it is public where the report is, and the clock ends.
pub async fn approve(app: &App, now: Now, caller: &Caller, report: Id, step: Id) -> Result<Report> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut report, open) = change.at_work(caller, report, step, Work::Sign).await?;
            let answer = proposed(&change, &report).await?;
            Sql::new("UPDATE feedback_answers SET approved_at = $2 WHERE id = $1")
                .bind(answer.id.uuid())
                .bind(now.utc())
                .run(tx)
                .await?;
            // What counts is how long the first answer took.
            Sql::new("UPDATE feedback_reports SET answer_minutes = $2 WHERE id = $1 AND answer_minutes IS NULL")
                .bind(report.id.uuid())
                .bind((now.utc() - report.filed_at).num_minutes())
                .run(tx)
                .await?;
            change.flow().complete(officer, &open, "approve", None).await?;
            report.answered_at = Some(now.utc());
            join::answered(&change, &report).await?;
            change.set_state(&mut report, State::Answered, "feedback.answered").await?;
            Ok(report)
        })
        .await
}

/// A leader wants the answer otherwise.
pub async fn send_back(app: &App, now: Now, caller: &Caller, report: Id, step: Id, note: &str) -> Result<Report> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut report, open) = change.at_work(caller, report, step, Work::Sign).await?;
            let note = said(note, "reason")?;
            let answer = proposed(&change, &report).await?;
            Sql::new("UPDATE feedback_answers SET sent_back_at = $2 WHERE id = $1")
                .bind(answer.id.uuid())
                .bind(now.utc())
                .run(tx)
                .await?;
            change.flow().complete(officer, &open, "send-back", Some(&note)).await?;
            change.set_state(&mut report, State::Working, "feedback.sent-back").await?;
            Ok(report)
        })
        .await
}

async fn proposed(change: &Change<'_>, report: &Report) -> Result<Answer> {
    let found = queries::proposed_answer(change.tx, report.id).await?;
    found.ok_or(Error::Conflict("feedback-moved-on"))
}
