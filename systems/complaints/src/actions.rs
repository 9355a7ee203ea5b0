//! Writing letters: one function, one transaction, one entry in the journal per change of state.

mod calendar;
mod decide;
mod extend;
mod guard;
mod keys;
mod limit;
mod open;
mod read;
mod receive;
mod succeed;

use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use flow::{Flow, OpenStep};
use journal::{Actor, Entry, Thing, record};
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller, Officer};

pub use calendar::{NewReception, NewVisit, plan_reception, record_visit};
pub use decide::{Conclusion, carry_out, conclude, decide, hold_dialogue, send_back_conclusion};
pub use extend::extend;
pub use keys::{appoint, dismiss, make_key, name_holders};
pub use open::{Opened, open, summarise};
pub use read::{Reading, approve, propose, send_back};
pub use receive::{Attached, Content, NewLetter, receive};
pub use succeed::{NewSuccession, begin_succession, complete_succession};

use crate::access;
use crate::letter::{Complexity, Finding, Letter, Outcome, State};
use crate::queries;

/// One change of one letter on its way.
pub(crate) struct Change<'a> {
    pub(crate) app: &'a App,
    pub(crate) tx: &'a Tx,
    pub(crate) now: Now,
    pub(crate) actor: Actor,
}

impl<'a> Change<'a> {
    const fn new(app: &'a App, tx: &'a Tx, now: Now, actor: Actor) -> Self {
        Self { app, tx, now, actor }
    }

    fn flow(&self) -> Flow<'a> {
        Flow { tx: self.tx, app: self.app, now: self.now, actor: self.actor }
    }

    /// Writes the state with everything that moves along with it, and tells the journal.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the table of states does not allow the step, or the letter moved on meanwhile.
    async fn set_state(&self, letter: &mut Letter, next: State, verb: &'static str) -> Result<()> {
        if !letter.state.allows(next) {
            return Err(Error::Conflict("complaints-state-forbids"));
        }
        let before = letter.state;
        letter.state = next;
        letter.closed_at = next.is_end().then(|| self.now.utc());
        self.keep(letter, before, verb).await
    }

    /// Writes what changes of a letter on its way.
    async fn keep(&self, letter: &Letter, before: State, verb: &'static str) -> Result<()> {
        let moved = Sql::new(
            "UPDATE complaints_letters SET state = $3, field = $4, commune_id = $5, summary = $6, complexity = $7, \
             remote = $8, outcome = $9, finding = $10, agency_id = $11, accepted_at = $12, due_at = $13, \
             decided_at = $14, closed_at = $15 WHERE id = $1 AND state = $2",
        )
        .bind(letter.id.uuid())
        .bind(before.as_str())
        .bind(letter.state.as_str())
        .bind(letter.field.clone())
        .bind(letter.commune.map(Id::uuid))
        .bind(letter.summary.as_str())
        .bind(letter.complexity.as_str())
        .bind(letter.remote)
        .bind(letter.outcome.map(Outcome::as_str))
        .bind(letter.finding.map(Finding::as_str))
        .bind(letter.agency.uuid())
        .bind(letter.accepted_at)
        .bind(letter.due_at)
        .bind(letter.decided_at)
        .bind(letter.closed_at)
        .run(self.tx)
        .await?;
        if moved != 1 {
            return Err(Error::Conflict("complaints-moved-on"));
        }
        self.tell(letter, verb).await
    }

    /// The entry of a change in the journal: what others may know of the letter now.
    async fn tell(&self, letter: &Letter, verb: &'static str) -> Result<()> {
        let data = json!({
            "code": letter.code,
            "kind": letter.kind.as_str(),
            "agency": letter.agency,
            "state": letter.state.as_str(),
            "outcome": letter.outcome.map(Outcome::as_str),
            "due_at": letter.due_at,
        });
        record(self.tx, self.now, &self.actor, Entry::new(verb, thing(letter.id), &data)?).await?;
        Ok(())
    }

    /// Keeps what an officer wrote.
    async fn note(
        &self,
        letter: Id,
        officer: &Officer,
        kind: &'static str,
        words: &str,
        held_on: Option<NaiveDate>,
    ) -> Result<()> {
        Sql::new(
            "INSERT INTO complaints_notes (id, letter_id, kind, words, held_on, agency_id, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(Id::new(self.now).uuid())
        .bind(letter.uuid())
        .bind(kind)
        .bind(words)
        .bind(held_on)
        .bind(officer.agency.uuid())
        .bind(self.now.utc())
        .run(self.tx)
        .await?;
        Ok(())
    }

    /// The letter inside the transaction and its open step, which must be the officer's and of this name.
    async fn at_work<'c>(
        &self,
        caller: &'c Caller,
        letter: Id,
        step: Id,
        name: &str,
    ) -> Result<(&'c Officer, Letter, OpenStep)> {
        let officer = access::may(caller, access::permission(name))?;
        let letter = current(self.tx, letter).await?;
        let open = self.flow().open_step_for(officer, step).await?;
        if open.case != letter.case {
            return Err(Error::NotFound);
        }
        if open.name != name {
            return Err(Error::Conflict("flow-no-such-outcome"));
        }
        Ok((officer, letter, open))
    }
}

/// How long the letter may take at a complexity that the law knows for it.
fn terms(letter: &Letter, complexity: Complexity) -> Result<worktime::Terms> {
    let deadline = crate::rules::deadline(letter, complexity)?;
    flow::actions::terms(&deadline.ok_or(Error::Conflict("complaints-no-extension"))?)
}

/// How the journal names a letter.
pub const fn thing(id: Id) -> Thing {
    Thing { kind: "letter", id }
}

/// The letter as it stands inside the transaction.
async fn current(tx: &Tx, id: Id) -> Result<Letter> {
    queries::by_id(tx, id).await?.ok_or(Error::NotFound)
}

/// Words that must be there, without the blanks around them.
fn said(words: &str, field: &str) -> Result<String> {
    let words = words.trim();
    if words.is_empty() { Err(Error::invalid(field, "complaints-words-missing")) } else { Ok(words.to_owned()) }
}
