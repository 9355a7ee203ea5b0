//! An inspector reads a letter and proposes what to do with it; a leader approves.

use std::collections::BTreeSet;

use base::{Error, Id, Now, Result};
use province::Condition;
use store::Sql;
use system::{App, Caller};

use super::{Change, said, terms};
use crate::letter::{Complexity, Letter, Outcome, State, lawful};
use crate::queries;
use crate::rules::{self, rules};

/// What was found in reading, and what is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Codes of the conditions that the letter meets.
    pub met: BTreeSet<String>,
    pub outcome: Outcome,
    /// Code of a field of the rules.
    pub field: String,
    pub commune: Option<Id>,
    /// The law gives far-off areas longer.
    pub remote: bool,
    /// A complicated matter from the outset.
    pub complex: bool,
    /// Why, with the agency that is competent where that is another.
    pub reasons: String,
}

/// Puts a proposal before a leader.
///
/// # Errors
/// [`Error::Invalid`] at `outcome` for one that the conditions do not allow; at `summary` for a denunciation of which nothing
/// is said in the open yet.
pub async fn propose(app: &App, now: Now, caller: &Caller, letter: Id, step: Id, read: Reading) -> Result<Letter> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut letter, open) = change.at_work(caller, letter, step, "read").await?;
            let reasons = said(&read.reasons, "reasons")?;
            if letter.is_sealed() && letter.summary.is_empty() {
                return Err(Error::invalid("summary", "complaints-summary-first"));
            }
            let unmet: Vec<&Condition> = rules::conditions(letter.kind)?
                .into_iter()
                .filter(|condition| !read.met.contains(&condition.code))
                .collect();
            let alike = queries::alike(tx, officer, &letter).await?;
            if !lawful(&unmet, queries::guided_before(&alike)).contains(&read.outcome) {
                return Err(Error::invalid("outcome", "complaints-outcome-unlawful"));
            }
            let field =
                rules()?.field(&read.field).ok_or_else(|| Error::invalid("field", "complaints-field-missing"))?;
            letter.field = Some(field.code.clone());
            letter.commune = read.commune.or(letter.commune);
            letter.remote = read.remote;
            letter.complexity = if read.complex { Complexity::Complex } else { Complexity::Plain };
            letter.outcome = Some(read.outcome);
            if read.outcome == Outcome::Accept {
                terms(&letter, letter.complexity).map_err(|_| Error::invalid("complex", "complaints-no-extension"))?;
            }
            keep_unmet(&change, letter.id, &unmet).await?;
            change.note(letter.id, officer, "reasons", &reasons, None).await?;
            change.flow().complete(officer, &open, "propose", None).await?;
            change.set_state(&mut letter, State::Proposed, "complaints.proposed").await?;
            Ok(letter)
        })
        .await
}

async fn keep_unmet(change: &Change<'_>, letter: Id, unmet: &[&Condition]) -> Result<()> {
    Sql::new("DELETE FROM complaints_conditions WHERE letter_id = $1").bind(letter.uuid()).run(change.tx).await?;
    for condition in unmet {
        Sql::new("INSERT INTO complaints_conditions (letter_id, code) VALUES ($1, $2)")
            .bind(letter.uuid())
            .bind(condition.code.as_str())
            .run(change.tx)
            .await?;
    }
    Ok(())
}

/// A leader approves what was proposed. The clock of a letter that is accepted begins.
pub async fn approve(app: &App, now: Now, caller: &Caller, letter: Id, step: Id) -> Result<Letter> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut letter, open) = change.at_work(caller, letter, step, "approve").await?;
            let outcome = letter.outcome.ok_or(Error::Conflict("complaints-moved-on"))?;
            let flow = change.flow();
            if outcome == Outcome::Accept {
                flow.complete(officer, &open, "accept", None).await?;
                let terms = terms(&letter, letter.complexity)?;
                letter.due_at = flow.start_clock(letter.case, letter.agency, terms, now.utc()).await?;
                letter.accepted_at = Some(now.utc());
            } else {
                flow.complete(officer, &open, "settle", None).await?;
            }
            change.set_state(&mut letter, outcome.state(), "complaints.outcome-approved").await?;
            Ok(letter)
        })
        .await
}

/// A leader wants the proposal otherwise.
pub async fn send_back(app: &App, now: Now, caller: &Caller, letter: Id, step: Id, note: &str) -> Result<Letter> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut letter, open) = change.at_work(caller, letter, step, "approve").await?;
            let note = said(note, "reason")?;
            change.flow().complete(officer, &open, "send-back", Some(&note)).await?;
            letter.outcome = None;
            change.set_state(&mut letter, State::Received, "complaints.sent-back").await?;
            Ok(letter)
        })
        .await
}
