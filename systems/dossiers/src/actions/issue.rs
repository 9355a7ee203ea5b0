//! The result: proposed, signed by a leader, numbered and sealed by the clerk.
//!
//! Deciding to sign and giving the number are facts of the transaction; the paper follows after the commit
//! (see `paperwork`), and a step goes on only when the paper bears what it must.

use base::{Error, Id, Now, Result};
use chrono::{DateTime, Utc};
use contracts::questions::{Procedure, ResultPaper};
use flow::{OpenStep, Work};
use journal::{Entry, record};
use serde_json::json;
use std::sync::Arc;
use store::Sql;
use system::{App, Caller, Officer};

use super::{Change, at_work, step_of, thing};
use crate::access::{self, ISSUE, SIGN};
use crate::dossier::{Dossier, State};
use crate::slip::{Outcome, Stage, papers};
use crate::{filing, queries};

/// Once a step has led to signing, there must be a paper to sign.
pub(super) async fn propose_if_due(
    change: &Change<'_>,
    officer: &Officer,
    dossier: &Dossier,
    left: &OpenStep,
) -> Result<()> {
    let steps = flow::queries::steps_of(change.tx, dossier.id).await?;
    let to_sign =
        steps.iter().any(|step| step.case == left.case && step.closed_at.is_none() && step.does == Work::Sign);
    if !to_sign || queries::outcome_of_case(change.tx, left.case).await?.is_some() {
        return Ok(());
    }
    let note =
        steps.iter().rev().find(|step| step.id == left.id).and_then(|step| step.note.clone()).unwrap_or_default();
    let case = flow::queries::case_by_id(change.tx, left.case).await?.ok_or(Error::NotFound)?;
    propose(change, dossier, left.case, officer.agency, case.agency, &note).await
}

/// Draws the paper up once more, in the name of the agency that took over.
pub(super) async fn propose_again(change: &Change<'_>, dossier: &Dossier, case: Id, heir: Id) -> Result<()> {
    void(change, case).await?;
    let steps = flow::queries::steps_of(change.tx, dossier.id).await?;
    let note = steps.iter().rev().filter(|step| step.case == case).find_map(|step| step.note.clone());
    propose(change, dossier, case, heir, heir, &note.unwrap_or_default()).await
}

/// A paper of `agency`, to be numbered in the register of `register`.
async fn propose(change: &Change<'_>, dossier: &Dossier, case: Id, agency: Id, register: Id, note: &str) -> Result<()> {
    let (procedure, result) = promised_result(change, dossier, case).await?;
    let agency = directory::queries::agency(change.tx, agency).await?.ok_or(Error::NotFound)?;
    let pattern = papers::number_pattern(&result, &agency);
    let paper = papers::result(change, dossier, &agency, &procedure, &result, &pattern, note).await?;
    Sql::new(
        "INSERT INTO dossiers_results (id, dossier_id, case_id, agency_id, name, series, number_pattern, data, places, stage, \
         proposed_at, next_at, applicant_id, reuse, valid_months) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '[]', $9, $10, $10, $11, $12, $13)",
    )
    .bind(Id::new(change.now).uuid())
    .bind(dossier.id.uuid())
    .bind(case.uuid())
    .bind(register.uuid())
    .bind(result.name.as_str())
    .bind(result.abbreviation.as_str())
    .bind(pattern)
    .bind(serde_json::to_string(&paper)?)
    .bind(Stage::Proposed.as_str())
    .bind(change.now.utc())
    .bind(dossier.applicant.uuid())
    .bind(result.reuse.as_deref())
    .bind(result.valid_months.map(i64::from))
    .run(change.tx)
    .await?;
    Ok(())
}

/// Which paper a case ends with: the procedure's own, or the one that its sub-case makes.
async fn promised_result(change: &Change<'_>, dossier: &Dossier, case: Id) -> Result<(Arc<Procedure>, ResultPaper)> {
    let main = change.version(dossier.procedure).await?;
    let procedure = if case == dossier.case { main } else { sub_procedure(change, case).await? };
    let own = procedure.results.iter().find(|result| result.by.is_none()).cloned();
    let result = own.ok_or_else(|| Error::inside(format!("{} has no result", procedure.code)))?;
    Ok((procedure, result))
}

async fn sub_procedure(change: &Change<'_>, case: Id) -> Result<Arc<Procedure>> {
    let lost = || Error::inside("a sub-case without a parent");
    let case = flow::queries::case_by_id(change.tx, case).await?.ok_or_else(lost)?;
    let step = flow::queries::step_by_id(change.tx, case.parent_step.ok_or_else(lost)?).await?.ok_or_else(lost)?;
    let parent = flow::queries::case_by_id(change.tx, step.case).await?.ok_or_else(lost)?;
    let process = flow::queries::process(change.tx, parent.process).await?;
    let subcase = process.step(&step.name).and_then(|step| step.subcase.clone()).ok_or_else(lost)?;
    filing::in_force(change.app, &subcase.procedure, change.now).await?.ok_or_else(lost)
}

/// A leader signs the result that waits at `step`; the signature is put on after the commit, and the step goes on.
pub async fn sign(app: &App, now: Now, caller: &Caller, dossier: Id, step: Id) -> Result<Dossier> {
    let officer = access::may(caller, SIGN)?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let mut dossier = at_work(tx, dossier).await?;
            let found = flow::queries::step_by_id(tx, step).await?.ok_or(Error::NotFound)?;
            let open = step_of(&change, officer, &dossier, found).await?;
            if open.does != Work::Sign {
                return Err(Error::Conflict("flow-no-such-outcome"));
            }
            let outcome = ready(&change, &open, Stage::Printed).await?;
            let paper = papers::signed_by(&change, officer, &outcome).await?;
            Sql::new(
                "UPDATE dossiers_results SET stage = $2, signer_person = $3, signed_at = $4, next_at = $4, data = $5 \
                 WHERE id = $1",
            )
            .bind(outcome.id.uuid())
            .bind(Stage::Signing.as_str())
            .bind(officer.person.uuid())
            .bind(now.utc())
            .bind(serde_json::to_string(&paper)?)
            .run(tx)
            .await?;
            if open.case == dossier.case && dossier.state == State::Received {
                change.set_state(&mut dossier, State::Processing, "dossiers.taken-up").await?;
            }
            change.flow().complete(officer, &open, "sign", None).await?;
            let data = json!({ "result": outcome.id, "agency": open.agency });
            record(tx, now, &change.actor, Entry::new("dossiers.signed", thing(dossier.id), &data)?).await?;
            Ok(dossier)
        })
        .await
}

/// The clerk gives the number; number, date and seal are put on after the commit.
///
/// The number is gap-free in the agency's register of this kind of paper and year, and never given again.
pub async fn issue(app: &App, now: Now, caller: &Caller, dossier: Id, step: Id) -> Result<Dossier> {
    let officer = access::may(caller, ISSUE)?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let mut dossier = at_work(tx, dossier).await?;
            let found = flow::queries::step_by_id(tx, step).await?.ok_or(Error::NotFound)?;
            let open = step_of(&change, officer, &dossier, found).await?;
            if open.does != Work::Number {
                return Err(Error::Conflict("flow-no-such-outcome"));
            }
            let outcome = ready(&change, &open, Stage::Signed).await?;
            let agency = directory::queries::agency(tx, outcome.agency).await?.ok_or(Error::NotFound)?;
            let register = format!("result:{}:{}", agency.code, outcome.series);
            let number = store::next_number(tx, &register, &now.year().to_string()).await?;
            Sql::new(
                "UPDATE dossiers_results SET stage = $2, number = $3, numbered_on = $4, numbered_at = $5, next_at = $5 \
                 WHERE id = $1",
            )
            .bind(outcome.id.uuid())
            .bind(Stage::Numbered.as_str())
            .bind(number)
            .bind(now.today())
            .bind(now.utc())
            .run(tx)
            .await?;
            change.flow().complete(officer, &open, "issue", None).await?;
            if open.case == dossier.case {
                change.tell(&dossier, "dossiers.numbered").await?;
            } else {
                let data = json!({ "result": outcome.id, "agency": open.agency, "number": number });
                record(tx, now, &change.actor, Entry::new("dossiers.sub-result", thing(dossier.id), &data)?).await?;
            }
            finish_if_due(&change, &mut dossier).await?;
            change.join_all(&dossier).await?;
            Ok(dossier)
        })
        .await
}

/// Everything is done when the dossier's own process has come to the return: its number is given, and no part of another
/// agency is waited for.
pub(super) async fn finish_if_due(change: &Change<'_>, dossier: &mut Dossier) -> Result<()> {
    if !matches!(dossier.state, State::Received | State::Processing) {
        return Ok(());
    }
    let steps = flow::queries::steps_of(change.tx, dossier.id).await?;
    let mut own = steps.iter().filter(|step| step.case == dossier.case && step.closed_at.is_none());
    if own.any(|step| step.does == Work::Return) {
        change.flow().stop_clock(dossier.case).await?;
        change.set_state(dossier, State::Finished, "dossiers.finished").await?;
    }
    Ok(())
}

async fn ready(change: &Change<'_>, open: &OpenStep, stage: Stage) -> Result<Outcome> {
    let outcome = queries::outcome_of_case(change.tx, open.case).await?.ok_or(Error::Conflict("dossiers-no-result"))?;
    if outcome.stage == stage { Ok(outcome) } else { Err(Error::Conflict("dossiers-paper-not-ready")) }
}

/// The paper under way is void: it was sent back or the case has ended. A number it had stays used.
pub(super) async fn void(change: &Change<'_>, case: Id) -> Result<()> {
    Sql::new("UPDATE dossiers_results SET stage = $2, voided_at = $3, next_at = NULL WHERE case_id = $1 AND stage <> 'issued'")
        .bind(case.uuid())
        .bind(Stage::Void.as_str())
        .bind(change.now.utc())
        .run(change.tx)
        .await?;
    Ok(())
}

/// The moment a leader's signature claims.
pub(super) fn signed_at(outcome: &Outcome) -> Result<DateTime<Utc>> {
    outcome.signed_at.ok_or_else(|| Error::inside("a result signed at no time"))
}
