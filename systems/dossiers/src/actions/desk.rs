//! What officers decide at a step.

use base::{Error, Id, Now, Result};
use flow::case::{CaseState, End};
use flow::{OpenStep, Work};
use journal::{Entry, record};
use serde_json::json;
use store::Sql;
use system::{App, Caller, Officer};
use worktime::ledger::{self, Owner};

use super::{Change, at_work, step_of, thing};
use crate::access::{self, ASSIGN, EXAMINE, ISSUE, RECEIVE, SIGN};
use crate::declared;
use crate::dossier::{Dossier, State};
use crate::paper::Mark;
use crate::queries;
use crate::slip::{SlipKind, Stage, papers};

/// How an officer ends a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Goes on by an outcome of the process (`accept`, `assign`, `propose`, `approve`, `send-back`, `return`).
    Go { outcome: String, note: String },
    /// Asks the applicant to complete it, once and for everything.
    Supplement { reason: String, marks: Vec<Mark> },
    /// Refuses, with the reasons.
    Refuse { reasons: Vec<String> },
}

/// Ends the open step `step` of a dossier.
///
/// # Errors
/// [`Error::Conflict`] when the step was finished meanwhile or waits; [`Error::Forbidden`] when the position may not;
/// [`Error::Invalid`] when a reason is missing.
pub async fn decide(
    app: &App,
    now: Now,
    caller: &Caller,
    dossier: Id,
    step: Id,
    decision: Decision,
) -> Result<Dossier> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let mut dossier = at_work(tx, dossier).await?;
            let found = flow::queries::step_by_id(tx, step).await?.ok_or(Error::NotFound)?;
            let officer = access::may(caller, permission(found.does))?;
            let open = step_of(&change, officer, &dossier, found).await?;
            match decision {
                Decision::Supplement { reason, marks } => {
                    supplement(&change, officer, &mut dossier, &open, reason, marks).await?;
                }
                Decision::Refuse { reasons } => refuse(&change, officer, &mut dossier, &open, reasons).await?,
                Decision::Go { outcome, note } => go(&change, officer, &mut dossier, &open, &outcome, &note).await?,
            }
            Ok(dossier)
        })
        .await
}

/// The permission that each kind of work asks for.
pub(crate) const fn permission(does: Work) -> &'static str {
    match does {
        Work::Receive | Work::Return => RECEIVE,
        Work::Assign => ASSIGN,
        Work::Examine | Work::Review | Work::SubCase => EXAMINE,
        Work::Sign => SIGN,
        Work::Number => ISSUE,
    }
}

async fn go(
    change: &Change<'_>,
    officer: &Officer,
    dossier: &mut Dossier,
    open: &OpenStep,
    outcome: &str,
    note: &str,
) -> Result<()> {
    let main = open.case == dossier.case;
    match (open.does, outcome) {
        (Work::Sign, "sign") | (Work::Number, "issue") | (_, "incomplete" | "refuse") => {
            return Err(Error::Conflict("dossiers-use-own-button"));
        }
        // What a leader sends back to the desk was accepted before: its clock runs, its slip promises.
        (Work::Receive, "accept") if main && dossier.received_at.is_none() => accept(change, officer, dossier).await?,
        (Work::Return, "return") if main => {
            let ready = queries::outcome_of_case(change.tx, dossier.case).await?;
            if !ready.is_some_and(|outcome| outcome.stage == Stage::Issued) {
                return Err(Error::Conflict("dossiers-result-not-ready"));
            }
        }
        _ => {}
    }
    if main && open.does != Work::Receive && open.does != Work::Return && dossier.state == State::Received {
        change.set_state(dossier, State::Processing, "dossiers.taken-up").await?;
    }
    let note = (!note.trim().is_empty()).then_some(note.trim());
    let moved = change.flow().complete(officer, open, outcome, note).await?;
    super::issue::propose_if_due(change, officer, dossier, open).await?;
    if outcome == "send-back" {
        super::issue::void(change, open.case).await?;
    }
    change.join_all(dossier).await?;
    if main && moved.course.ends == Some(End::Done) {
        change.set_state(dossier, State::Returned, "dossiers.returned").await?;
        let sheet = papers::follow_up(change, dossier).await?;
        change.slip(dossier, SlipKind::FollowUp, sheet).await?;
    } else {
        let data = json!({ "step": open.name, "outcome": outcome, "agency": open.agency });
        record(change.tx, change.now, &change.actor, Entry::new("dossiers.step-done", thing(dossier.id), &data)?)
            .await?;
        super::issue::finish_if_due(change, dossier).await?;
    }
    Ok(())
}

/// The desk takes the dossier in: the clock starts, the slip promises a date.
async fn accept(change: &Change<'_>, officer: &Officer, dossier: &mut Dossier) -> Result<()> {
    if queries::agent(change.tx, dossier.id).await?.is_some_and(|agent| agent.is_unchecked()) {
        return Err(Error::Conflict("dossiers-authorisation-unchecked"));
    }
    let procedure = change.version_of(dossier).await?;
    let terms = flow::actions::terms(&procedure.deadline)?;
    let due = change.flow().start_clock(dossier.case, dossier.agency, terms, change.now.utc()).await?;
    dossier.received_at = Some(change.now.utc());
    dossier.promised_at = due;
    change.set_state(dossier, State::Received, "dossiers.received").await?;
    let slip = papers::receipt(change, officer, dossier, &procedure).await?;
    change.slip(dossier, SlipKind::Receipt, slip).await?;
    Ok(())
}

async fn supplement(
    change: &Change<'_>,
    officer: &Officer,
    dossier: &mut Dossier,
    open: &OpenStep,
    reason: String,
    marks: Vec<Mark>,
) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(Error::invalid("reason", "dossiers-reason-missing"));
    }
    if marks.is_empty() {
        return Err(Error::invalid("marks", "dossiers-marks-missing"));
    }
    let procedure = change.version_of(dossier).await?;
    let form = declared::definition(&procedure)?;
    let known = |mark: &Mark| match mark {
        Mark::Component { code, .. } => procedure.papers.iter().any(|paper| paper.code == *code),
        Mark::Field { path, .. } => form.field(path).is_some(),
    };
    if !marks.iter().all(known) {
        return Err(Error::invalid("marks", "dossiers-marks-unknown"));
    }
    change.flow().complete(officer, open, "incomplete", None).await?;
    if open.case != dossier.case {
        // The whole dossier waits for the applicant, not only the other agency's part of it.
        ledger::pause(
            change.tx,
            change.app.parts.get()?,
            case_clock(dossier.case),
            change.now.utc(),
            "chờ bổ sung hồ sơ",
        )
        .await?;
    }
    Sql::new(
        "INSERT INTO dossiers_supplements (id, dossier_id, case_id, asked_at, asked_by, reason, marks) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(Id::new(change.now).uuid())
    .bind(dossier.id.uuid())
    .bind(open.case.uuid())
    .bind(change.now.utc())
    .bind(officer.position.uuid())
    .bind(reason.trim())
    .bind(serde_json::to_string(&marks)?)
    .run(change.tx)
    .await?;
    dossier.supplements += 1;
    let slip = papers::supplement(change, officer, dossier, reason.trim(), &marks).await?;
    change.slip(dossier, SlipKind::Supplement, slip).await?;
    change.set_state(dossier, State::SupplementAsked, "dossiers.supplement-asked").await
}

pub(super) const fn case_clock(case: Id) -> Owner {
    Owner { kind: "case", id: case }
}

async fn refuse(
    change: &Change<'_>,
    officer: &Officer,
    dossier: &mut Dossier,
    open: &OpenStep,
    reasons: Vec<String>,
) -> Result<()> {
    let reasons: Vec<String> =
        reasons.into_iter().map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty()).collect();
    if reasons.is_empty() {
        return Err(Error::invalid("reasons", "dossiers-reason-missing"));
    }
    let main = open.case == dossier.case;
    let moved = change.flow().complete(officer, open, "refuse", Some(&reasons.join("\n"))).await?;
    super::issue::void(change, open.case).await?;
    let ended = if main { moved.case.state } else { main_state(change, dossier).await? };
    let slip = papers::refusal(change, officer, dossier, reasons).await?;
    change.slip(dossier, SlipKind::Refusal, slip).await?;
    change.join_all(dossier).await?;
    if ended != CaseState::Refused {
        let data = json!({ "step": open.name, "outcome": "refuse", "agency": open.agency });
        record(change.tx, change.now, &change.actor, Entry::new("dossiers.step-done", thing(dossier.id), &data)?)
            .await?;
        return super::issue::finish_if_due(change, dossier).await;
    }
    if dossier.state == State::Submitted {
        change.set_state(dossier, State::NotReceived, "dossiers.not-received").await
    } else {
        change.set_state(dossier, State::Stopped, "dossiers.stopped").await
    }
}

async fn main_state(change: &Change<'_>, dossier: &Dossier) -> Result<CaseState> {
    let case = flow::queries::case_by_id(change.tx, dossier.case).await?.ok_or(Error::NotFound)?;
    Ok(case.state)
}
