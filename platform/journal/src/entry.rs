use base::{Id, Now, Result};
use serde::Serialize;
use store::{Sql, Tx};

/// Who acts: as which account and person, in which position, and for whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    pub account: Option<Id>,
    pub person: Option<Id>,
    pub position: Option<Id>,
    pub agency: Option<Id>,
    /// The person in whose place the actor acts (ủy quyền), if any.
    pub acting_for: Option<Id>,
}

impl Actor {
    /// The program itself: timers, listeners, the sequencer.
    pub const PROGRAM: Self = Self { account: None, person: None, position: None, agency: None, acting_for: None };
}

/// What was acted upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thing {
    /// System and noun: `dossier`, `account`.
    pub kind: &'static str,
    pub id: Id,
}

/// One change, ready to be written down.
#[derive(Clone, Debug)]
pub struct Entry {
    /// System and past participle: `dossiers.received`.
    pub verb: &'static str,
    pub thing: Thing,
    /// A word of the system's own list, never free text.
    pub reason: Option<&'static str>,
    /// What other systems may know: ids, state, number, agency, date, names of changed fields. No personal data.
    pub data: serde_json::Value,
}

impl Entry {
    /// # Errors
    /// When `data` cannot be told as JSON, which is a defect of its type.
    pub fn new(verb: &'static str, thing: Thing, data: &impl Serialize) -> Result<Self> {
        Ok(Self { verb, thing, reason: None, data: serde_json::to_value(data)? })
    }

    #[must_use]
    pub fn because(mut self, reason: &'static str) -> Self {
        self.reason = Some(reason);
        self
    }
}

/// Writes the entry in the transaction of the change it tells of.
pub async fn record(tx: &Tx, now: Now, actor: &Actor, entry: Entry) -> Result<Id> {
    let id = Id::new(now);
    Sql::new(
        "INSERT INTO journal_entries (id, at, verb, thing_kind, thing_id, account_id, person_id, position_held, \
         agency_id, acting_for, reason, data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(id.uuid())
    .bind(now.utc())
    .bind(entry.verb)
    .bind(entry.thing.kind)
    .bind(entry.thing.id.uuid())
    .bind(actor.account.map(Id::uuid))
    .bind(actor.person.map(Id::uuid))
    .bind(actor.position.map(Id::uuid))
    .bind(actor.agency.map(Id::uuid))
    .bind(actor.acting_for.map(Id::uuid))
    .bind(entry.reason)
    .bind(entry.data.to_string())
    .run(tx)
    .await?;
    Ok(id)
}
