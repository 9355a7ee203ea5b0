//! The head of a desk says which kinds of business and which counters there are.

use base::{Error, FieldErrors, Id, Now, Result};
use store::{Sql, Tx};
use system::{App, Caller, Officer};

use super::{set_serves, tell_of_desk};
use crate::access::MANAGE;
use crate::desk::{Counter, Kind};
use crate::queries;

/// The longest name, in characters.
const NAME: usize = 60;

/// A kind to be added. The same form sent twice adds one.
#[derive(Clone, Debug)]
pub struct NewKind {
    pub id: Id,
    pub letter: String,
    pub name: String,
}

/// A counter to be added. The same form sent twice adds one.
#[derive(Clone, Debug)]
pub struct NewCounter {
    pub id: Id,
    pub number: i64,
    pub name: String,
    pub serves: Vec<Id>,
}

/// Adds a kind of business to the desk of the officer's own agency.
///
/// # Errors
/// [`Error::Invalid`] field by field: a letter that is none or taken, a name that is missing or long.
pub async fn add_kind(app: &App, now: Now, caller: &Caller, new: NewKind) -> Result<()> {
    let officer = caller.officer_who_may(MANAGE)?;
    let letter = new.letter.trim().to_uppercase();
    let mut wrong = FieldErrors::new();
    if letter.len() != 1 || !letter.bytes().all(|letter| letter.is_ascii_uppercase()) {
        wrong.insert("letter".to_owned(), "queue-letter-wrong".to_owned());
    }
    let name = named(&mut wrong, "name", &new.name);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let kind = Kind { id: new.id, agency: officer.agency, letter, name };
    let done = app
        .store
        .write(async |tx| {
            if queries::kind_by_id(tx, kind.id).await?.is_some() {
                return Ok(());
            }
            insert_kind(tx, &kind).await?;
            tell_of_desk(tx, now, &caller.actor(), "queue.kind-added", officer.agency, kind.id).await
        })
        .await;
    taken(done, "letter", "queue-letter-taken")
}

/// Adds a counter to the desk of the officer's own agency.
///
/// # Errors
/// [`Error::Invalid`] field by field: a number that is none or taken, a name that is missing or long, a strange kind.
pub async fn add_counter(app: &App, now: Now, caller: &Caller, new: NewCounter) -> Result<()> {
    let officer = caller.officer_who_may(MANAGE)?;
    let mut wrong = FieldErrors::new();
    if !(1..100).contains(&new.number) {
        wrong.insert("number".to_owned(), "queue-number-wrong".to_owned());
    }
    let name = named(&mut wrong, "counter-name", &new.name);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let counter = Counter { id: new.id, agency: officer.agency, number: new.number, name, serves: new.serves };
    let done = app
        .store
        .write(async |tx| {
            if queries::counter_by_id(tx, counter.id).await?.is_some() {
                return Ok(());
            }
            must_be_offered(tx, &counter).await?;
            insert_counter(tx, &counter).await?;
            set_serves(tx, &counter).await?;
            tell_of_desk(tx, now, &caller.actor(), "queue.counter-added", officer.agency, counter.id).await
        })
        .await;
    taken(done, "number", "queue-number-taken")
}

/// Says anew what a counter is called and which kinds it serves; who was called to it stays.
///
/// # Errors
/// [`Error::NotFound`] for a counter of another agency; [`Error::Invalid`] for a name or a kind that is none.
pub async fn set_counter(app: &App, now: Now, caller: &Caller, counter: Id, name: &str, serves: Vec<Id>) -> Result<()> {
    let officer = caller.officer_who_may(MANAGE)?;
    let mut wrong = FieldErrors::new();
    let name = named(&mut wrong, "counter-name", name);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    app.store
        .write(async |tx| {
            let counter = Counter { name, serves, ..queries::counter_for(tx, officer, counter).await? };
            must_be_offered(tx, &counter).await?;
            Sql::new("UPDATE queue_counters SET name = $2 WHERE id = $1")
                .bind(counter.id.uuid())
                .bind(counter.name.as_str())
                .run(tx)
                .await?;
            set_serves(tx, &counter).await?;
            tell_of_desk(tx, now, &caller.actor(), "queue.counter-changed", officer.agency, counter.id).await
        })
        .await
}

/// Closes a counter. Those who were passed on to it wait for any other that serves their kind.
///
/// # Errors
/// [`Error::NotFound`] for a counter of another agency; [`Error::Conflict`] while somebody is at it.
pub async fn close_counter(app: &App, now: Now, caller: &Caller, counter: Id) -> Result<()> {
    let officer = caller.officer_who_may(MANAGE)?;
    app.store
        .write(async |tx| {
            let counter = queries::counter_for(tx, officer, counter).await?;
            if queries::at_counter(tx, counter.id, now.today()).await?.is_some() {
                return Err(Error::Conflict("queue-counter-busy"));
            }
            Sql::new(
                "UPDATE queue_tickets SET counter_id = NULL WHERE counter_id = $1 AND day = $2 AND state = 'waiting'",
            )
            .bind(counter.id.uuid())
            .bind(now.today())
            .run(tx)
            .await?;
            close(tx, now, "UPDATE queue_counters SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL", counter.id)
                .await?;
            tell_of_desk(tx, now, &caller.actor(), "queue.counter-closed", officer.agency, counter.id).await
        })
        .await
}

/// Offers a kind no more; tickets of it that wait are still called.
///
/// # Errors
/// [`Error::NotFound`] for a kind of another agency.
pub async fn close_kind(app: &App, now: Now, caller: &Caller, kind: Id) -> Result<()> {
    let officer = caller.officer_who_may(MANAGE)?;
    app.store
        .write(async |tx| {
            must_be_own(tx, officer, kind).await?;
            close(tx, now, "UPDATE queue_kinds SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL", kind).await?;
            tell_of_desk(tx, now, &caller.actor(), "queue.kind-closed", officer.agency, kind).await
        })
        .await
}

async fn must_be_own(tx: &Tx, officer: &Officer, kind: Id) -> Result<()> {
    let own = queries::kinds(tx, officer.agency).await?.iter().any(|one| one.id == kind);
    if own { Ok(()) } else { Err(Error::NotFound) }
}

async fn close(tx: &Tx, now: Now, sql: &'static str, id: Id) -> Result<()> {
    let closed = Sql::new(sql).bind(id.uuid()).bind(now.utc()).run(tx).await?;
    if closed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

async fn must_be_offered(tx: &Tx, counter: &Counter) -> Result<()> {
    let kinds = queries::kinds(tx, counter.agency).await?;
    let offered = |kind: &Id| kinds.iter().any(|one| one.id == *kind);
    if counter.serves.is_empty() || !counter.serves.iter().all(offered) {
        return Err(Error::invalid("serves", "queue-serves-missing"));
    }
    Ok(())
}

fn named(wrong: &mut FieldErrors, field: &str, name: &str) -> String {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME {
        wrong.insert(field.to_owned(), "queue-name-wrong".to_owned());
    }
    name.to_owned()
}

fn taken(done: Result<()>, field: &str, text: &str) -> Result<()> {
    match done {
        Err(error) if store::is_duplicate(&error) => Err(Error::invalid(field, text)),
        done => done,
    }
}

pub(super) async fn insert_kind(tx: &Tx, kind: &Kind) -> Result<()> {
    Sql::new("INSERT INTO queue_kinds (id, agency_id, letter, name) VALUES ($1, $2, $3, $4)")
        .bind(kind.id.uuid())
        .bind(kind.agency.uuid())
        .bind(kind.letter.as_str())
        .bind(kind.name.as_str())
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn insert_counter(tx: &Tx, counter: &Counter) -> Result<()> {
    Sql::new("INSERT INTO queue_counters (id, agency_id, number, name) VALUES ($1, $2, $3, $4)")
        .bind(counter.id.uuid())
        .bind(counter.agency.uuid())
        .bind(counter.number)
        .bind(counter.name.as_str())
        .run(tx)
        .await?;
    Ok(())
}
