//! The applicant answers a request to complete the dossier.

use base::{Error, Id, Now, Result};
use form::Values;
use store::Sql;
use system::{App, Caller};
use worktime::ledger;

use super::desk::case_clock;
use super::file::add_paper;
use super::{Change, current};
use crate::access;
use crate::dossier::{Dossier, State};
use crate::paper::{HandedIn, Mark};
use crate::queries;
use crate::slip::{SlipKind, papers};

/// What the applicant sends.
#[derive(Clone, Debug, Default)]
pub struct Answered {
    /// All answers of the form, with the marked ones changed.
    pub answers: Values,
    pub papers: Vec<HandedIn>,
}

/// Sends the answer: the clocks run again, and a new slip promises a new date by as much working time as they stood still.
///
/// # Errors
/// [`Error::Conflict`] when nothing is asked any more; [`Error::Invalid`] when a marked paper is missing.
pub async fn answer(app: &App, now: Now, caller: &Caller, dossier: Id, sent: Answered) -> Result<Dossier> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let mut dossier = access::own(tx, caller, current(tx, dossier).await?, now.today()).await?;
            let asked = queries::open_supplement(tx, dossier.id).await?.ok_or(Error::Conflict("flow-not-waiting"))?;
            for mark in &asked.marks {
                if let Mark::Component { code, .. } = mark {
                    if !sent.papers.iter().any(|paper| paper.component == *code) {
                        return Err(Error::invalid(code, "dossiers-paper-missing"));
                    }
                    replace(&change, dossier.id, code).await?;
                }
            }
            let procedure = change.version_of(&dossier).await?;
            for paper in &sent.papers {
                add_paper(&change, &dossier, &procedure, paper, None).await?;
            }
            dossier.answers = sent.answers;
            Sql::new("UPDATE dossiers SET answers = $2 WHERE id = $1")
                .bind(dossier.id.uuid())
                .bind(serde_json::to_string(&dossier.answers)?)
                .run(tx)
                .await?;
            Sql::new("UPDATE dossiers_supplements SET answered_at = $2 WHERE id = $1 AND answered_at IS NULL")
                .bind(asked.id.uuid())
                .bind(now.utc())
                .run(tx)
                .await?;
            change.flow().answered(asked.case).await?;
            go_on(&change, &mut dossier, asked.case).await?;
            Ok(dossier)
        })
        .await
}

async fn go_on(change: &Change<'_>, dossier: &mut Dossier, asked_in: Id) -> Result<()> {
    if dossier.received_at.is_none() {
        // Asked before it was accepted: it lies at the desk again, and the state says so when the desk accepts it.
        return change.tell(dossier, "dossiers.supplement-answered").await;
    }
    let clock = case_clock(dossier.case);
    if asked_in != dossier.case {
        ledger::resume(change.tx, change.app.parts.get()?, clock, change.now.utc()).await?;
    }
    let held = ledger::find(change.tx, clock).await?;
    dossier.promised_at = held.and_then(|held| held.due_at).or(dossier.promised_at);
    change.set_state(dossier, State::Processing, "dossiers.supplement-answered").await?;
    let slip = papers::new_promise(change, dossier).await?;
    change.slip(dossier, SlipKind::Receipt, slip).await?;
    Ok(())
}

async fn replace(change: &Change<'_>, dossier: Id, component: &str) -> Result<()> {
    Sql::new(
        "UPDATE dossiers_papers SET replaced_at = $3 WHERE dossier_id = $1 AND component = $2 AND replaced_at IS NULL",
    )
    .bind(dossier.uuid())
    .bind(component)
    .bind(change.now.utc())
    .run(change.tx)
    .await?;
    Ok(())
}
