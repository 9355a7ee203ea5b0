//! Writing petitions: one function, one transaction, one entry in the journal per change of state.

mod answer;
mod assign;
mod classify;
mod enter;
mod follow;
mod import;
mod join;
mod meeting;
mod message;
mod road_map;

use base::{Error, Id, Now, Result};
use flow::{Flow, NewCase, OpenStep, Work};
use journal::{Actor, Entry, Read, Thing, record, record_read};
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller, Officer};

pub use answer::{NewAnswer, NewStep, approve, propose, return_to_desk, send_back, take};
pub use assign::assign;
pub use classify::{Classified, classify, forward, refuse};
pub use enter::{NewEntry, enter};
pub use follow::{answer_again, close, follow_up, re_supervise};
pub use import::{Confirmed, Uploaded, confirm, upload};
pub use join::{join, take_out};
pub use meeting::add_meeting;
pub use road_map::{mark_done, watch_road_maps};

use crate::petition::{Petition, State};
use crate::tables::{RemarkKind, SEARCH};
use crate::{access, queries, rules};

/// One change of one petition on its way.
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

    /// What `flow` opens for a petition.
    async fn new_case(&self, petition: &Petition) -> Result<NewCase> {
        Ok(NewCase {
            system: "petitions".to_owned(),
            subject: petition.id,
            process: flow::actions::publish(self.tx, self.now, rules::process()?).await?,
            agency: petition.agency,
            receiving: petition.receiving,
            title: title(petition),
            reference: petition.code.clone(),
            label: String::new(),
            path: format!("/kien-nghi-cu-tri-xu-ly/{}", petition.code),
        })
    }

    /// Writes the state with everything that moves along with it, and tells the journal and whoever entered it.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the table of states does not allow the step, or the petition moved on meanwhile.
    async fn set_state(&self, petition: &mut Petition, next: State, verb: &'static str) -> Result<()> {
        if !petition.state.allows(next) {
            return Err(Error::Conflict("petitions-state-forbids"));
        }
        petition.closed_at = next.is_end().then(|| self.now.utc());
        let moved = Sql::new(
            "UPDATE petitions_petitions SET state = $3, field = $4, public_words = $5, result = $6, agency_id = $7, \
             proposed_id = $8, case_id = $9, public_at = $10, promised_at = $11, answered_at = $12, closed_at = $13, \
             rounds = $14, joined_id = $15, forwarded_to = $16 WHERE id = $1 AND state = $2",
        )
        .bind(petition.id.uuid())
        .bind(petition.state.as_str())
        .bind(next.as_str())
        .bind(petition.field.as_str())
        .bind(petition.public_words.as_deref())
        .bind(petition.result.as_deref())
        .bind(petition.agency.uuid())
        .bind(petition.proposed.map(Id::uuid))
        .bind(petition.case.uuid())
        .bind(petition.public_at)
        .bind(petition.promised_at)
        .bind(petition.answered_at)
        .bind(petition.closed_at)
        .bind(petition.rounds)
        .bind(petition.joined.map(Id::uuid))
        .bind(petition.forwarded_to.as_deref())
        .run(self.tx)
        .await?;
        if moved != 1 {
            return Err(Error::Conflict("petitions-moved-on"));
        }
        petition.state = next;
        self.tell(petition, verb).await?;
        message::tell_whoever_entered(self, petition, verb).await
    }

    /// The entry of a change in the journal: what others may know of the petition now.
    async fn tell(&self, petition: &Petition, verb: &'static str) -> Result<()> {
        let data = json!({
            "code": petition.code,
            "meeting": petition.meeting,
            "field": petition.field,
            "agency": petition.agency,
            "state": petition.state.as_str(),
            "result": petition.result,
            "promised_at": petition.promised_at,
            "joined": petition.joined,
            "public": petition.public_at.is_some(),
        });
        record(self.tx, self.now, &self.actor, Entry::new(verb, thing(petition.id), &data)?).await?;
        Ok(())
    }

    /// An agency takes part from now on: it finds the petition in its lists.
    async fn share(&self, petition: Id, agency: Id) -> Result<()> {
        access::SHARED.join(self.tx, agency, petition).await.map(drop)
    }

    /// Sets what the petition is found by. Only what everybody may read is searched, or a search would tell what was
    /// taken out.
    async fn index(&self, petition: &Petition) -> Result<()> {
        let field = rules::field_title(&petition.field);
        let words = petition.public_words.as_deref().unwrap_or_default();
        let text = format!("{} {field} {words}", petition.code);
        SEARCH.put(self.tx, self.app.store.kind(), petition.id, &text).await
    }

    /// Keeps why something was done.
    async fn remark(&self, petition: Id, kind: RemarkKind, meeting: Option<Id>, words: &str) -> Result<()> {
        Sql::new(
            "INSERT INTO petitions_remarks (id, petition_id, kind, meeting_id, words, at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(Id::new(self.now).uuid())
        .bind(petition.uuid())
        .bind(kind.as_str())
        .bind(meeting.map(Id::uuid))
        .bind(words)
        .bind(self.now.utc())
        .run(self.tx)
        .await?;
        Ok(())
    }

    /// The petition inside the transaction and its open step, which must be the officer's and of this kind of work.
    async fn at_work<'c>(
        &self,
        caller: &'c Caller,
        petition: Id,
        step: Id,
        does: &[Work],
    ) -> Result<(&'c Officer, Petition, OpenStep)> {
        let petition = current(self.tx, petition).await?;
        let officer = caller.officer()?;
        let open = self.flow().open_step_for(officer, step).await?;
        if open.case != petition.case {
            return Err(Error::NotFound);
        }
        if !does.contains(&open.does) {
            return Err(Error::Conflict("flow-no-such-outcome"));
        }
        caller.officer_who_may(access::permission(open.does))?;
        Ok((officer, petition, open))
    }
}

/// How the inbox names a petition: what it is about, once that is known.
fn title(petition: &Petition) -> String {
    let words: String = petition.words.chars().take(TITLE).collect();
    if words.len() < petition.words.len() { format!("{words}…") } else { words }
}

/// The inbox shows the beginning of what was said.
const TITLE: usize = 90;

/// How the journal names a petition.
pub const fn thing(id: Id) -> Thing {
    Thing { kind: "petition", id }
}

/// The petition as it stands inside the transaction.
async fn current(tx: &Tx, id: Id) -> Result<Petition> {
    queries::by_id(tx, id).await?.ok_or(Error::NotFound)
}

/// Words that must be there and not be endless, without the blanks around them.
fn said(words: &str, field: &str) -> Result<String> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Error::invalid(field, "petitions-words-missing"));
    }
    if words.chars().count() > rules::rules()?.limits.words {
        return Err(Error::invalid(field, "petitions-words-too-long"));
    }
    Ok(words.to_owned())
}

/// Writes down, before it is shown, that an officer looked at who said what a petition asks. Voters have no account, so
/// the look belongs to the petition itself.
pub async fn look_at_voters(app: &App, now: Now, caller: &Caller, petition: &Petition) -> Result<()> {
    let read = Read { whose: petition.id, thing: thing(petition.id), reason: "processing" };
    app.store.write(async |tx| record_read(tx, now, &caller.actor(), read).await).await
}
