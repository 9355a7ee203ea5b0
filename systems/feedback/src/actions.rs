//! Writing reports: one function, one transaction, one entry in the journal per change of state.

mod answer;
mod file;
mod follow;
mod hide;
mod join;
mod limit;
mod message;
mod photo;
mod publish;
mod subscribe;
mod support;
mod triage;

use base::{Error, Id, Now, Result};
use flow::{Flow, OpenStep, Work};
use journal::{Actor, Entry, Read, Thing, record, record_read};
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller, Officer};

pub use answer::{NewAnswer, approve, propose, return_to_triage, send_back, take};
pub use file::{NewReport, file};
pub use follow::{close_answered, rate, reopen};
pub use hide::{Stroke, hide, show_again};
pub use join::{join, take_out, tell_joined};
pub use photo::{PhotoRefused, count_photo, keep_photo, keep_video};
pub use subscribe::{digest, subscribe, unsubscribe};
pub use support::support;
pub use triage::{Triage, refuse, triage};

use crate::access;
use crate::queries;
use crate::report::{Report, State};

/// One change of one report on its way.
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

    /// Writes the state with everything that moves along with it, and tells the journal and whoever reported.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the table of states does not allow the step, or the report moved on meanwhile.
    async fn set_state(&self, report: &mut Report, next: State, verb: &'static str) -> Result<()> {
        if !report.state.allows(next) {
            return Err(Error::Conflict("feedback-state-forbids"));
        }
        report.closed_at = next.is_end().then(|| self.now.utc());
        let moved = Sql::new(
            "UPDATE feedback_reports SET state = $3, agency_id = $4, case_id = $5, received_at = $6, promised_at = $7, \
             answered_at = $8, closed_at = $9, reopened = $10, satisfied = $11 WHERE id = $1 AND state = $2",
        )
        .bind(report.id.uuid())
        .bind(report.state.as_str())
        .bind(next.as_str())
        .bind(report.agency.uuid())
        .bind(report.case.uuid())
        .bind(report.received_at)
        .bind(report.promised_at)
        .bind(report.answered_at)
        .bind(report.closed_at)
        .bind(report.reopened)
        .bind(report.satisfied)
        .run(self.tx)
        .await?;
        if moved != 1 {
            return Err(Error::Conflict("feedback-moved-on"));
        }
        access::SHARED.follow_row(self.tx, report.id).await?;
        report.state = next;
        self.tell(report, verb).await?;
        message::tell_reporter(self, report, verb).await
    }

    /// The entry of a change in the journal: what others may know of the report now.
    async fn tell(&self, report: &Report, verb: &'static str) -> Result<()> {
        let data = json!({
            "code": report.code,
            "kind": report.kind,
            "agency": report.agency,
            "state": report.state.as_str(),
            "promised_at": report.promised_at,
            "public": report.public_at.is_some(),
        });
        record(self.tx, self.now, &self.actor, Entry::new(verb, thing(report.id), &data)?).await?;
        Ok(())
    }

    /// An agency takes part from now on: it finds the report in its lists.
    async fn join(&self, report: Id, agency: Id) -> Result<()> {
        access::SHARED.join(self.tx, agency, report).await.map(drop)
    }

    /// Keeps why something was done.
    async fn remark(&self, report: Id, kind: &'static str, words: &str) -> Result<()> {
        Sql::new("INSERT INTO feedback_remarks (id, report_id, kind, words, at) VALUES ($1, $2, $3, $4, $5)")
            .bind(Id::new(self.now).uuid())
            .bind(report.uuid())
            .bind(kind)
            .bind(words)
            .bind(self.now.utc())
            .run(self.tx)
            .await?;
        Ok(())
    }

    /// The report inside the transaction and its open step, which must be the officer's and of this kind of work.
    async fn at_work<'c>(
        &self,
        caller: &'c Caller,
        report: Id,
        step: Id,
        does: Work,
    ) -> Result<(&'c Officer, Report, OpenStep)> {
        let officer = access::may(caller, access::permission(does))?;
        let report = current(self.tx, report).await?;
        let open = self.flow().open_step_for(officer, step).await?;
        if open.case != report.case {
            return Err(Error::NotFound);
        }
        if open.does != does {
            return Err(Error::Conflict("flow-no-such-outcome"));
        }
        Ok((officer, report, open))
    }
}

/// How the journal names a report.
pub const fn thing(id: Id) -> Thing {
    Thing { kind: "report", id }
}

/// The report as it stands inside the transaction.
async fn current(tx: &Tx, id: Id) -> Result<Report> {
    queries::by_id(tx, id).await?.ok_or(Error::NotFound)
}

/// Words that must be there, without the blanks around them.
fn said(words: &str, field: &str) -> Result<String> {
    let words = words.trim();
    if words.is_empty() { Err(Error::invalid(field, "feedback-words-missing")) } else { Ok(words.to_owned()) }
}

/// Writes down, before it is shown, that an officer looked at who sent a report. Where nobody with an account did, the
/// look belongs to the report itself.
pub async fn look_at_reporter(app: &App, now: Now, caller: &Caller, report: &Report) -> Result<()> {
    let read = Read { whose: report.reporter.unwrap_or(report.id), thing: thing(report.id), reason: "processing" };
    app.store.write(async |tx| record_read(tx, now, &caller.actor(), read).await).await
}
