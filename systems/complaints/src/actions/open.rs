//! Opening what is sealed, and saying in the open what it is about.

use base::{Error, Id, Now, Result};
use journal::{Entry, record};
use serde_json::json;
use store::Sql;
use system::{App, Caller, Officer};
use tokio::task::spawn_blocking;

use super::{Change, current, guard, said, thing};
use crate::access::{self, HANDLE};
use crate::given::Given;
use crate::letter::Letter;
use crate::queries;
use crate::rules::rules;

/// A denunciation as it was sent, for the one answer that shows it.
pub struct Opened {
    pub letter: Letter,
    pub given: Given,
}

/// Opens a sealed letter for one answer: by the passphrase of somebody appointed, and with a reason. That it was opened is in
/// the journal before anything is shown; the reason stays beside the letter.
///
/// # Errors
/// [`Error::NotFound`] for everybody who is not appointed, and for a letter of which only the paper exists;
/// [`Error::Invalid`] and [`Error::TooMany`] for the passphrase.
pub async fn open(app: &App, now: Now, caller: &Caller, letter: Id, passphrase: &str, reason: &str) -> Result<Opened> {
    let c = app.store.read();
    let letter = queries::by_id(c, letter).await?.ok_or(Error::NotFound)?;
    let officer = appointed(app, caller, &letter).await?;
    let payload = queries::payload(c, letter.id).await?;
    let handed = queries::handed(c, letter.id, officer.person).await?;
    let reason = said(reason, "reason")?;
    if reason.chars().count() < rules()?.sealing.reason {
        return Err(Error::invalid("reason", "complaints-reason-short"));
    }
    let key = guard::unlock(app, now, officer.person, passphrase).await?;
    app.store
        .write(async |tx| {
            Sql::new(
                "INSERT INTO complaints_openings (id, letter_id, person_id, reason, at) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(Id::new(now).uuid())
            .bind(letter.id.uuid())
            .bind(officer.person.uuid())
            .bind(reason)
            .bind(now.utc())
            .run(tx)
            .await?;
            let data = json!({ "code": letter.code });
            record(tx, now, &caller.actor(), Entry::new("complaints.opened", thing(letter.id), &data)?).await?;
            Ok(())
        })
        .await?;
    let given = spawn_blocking(move || Given::open(&payload, &key.take(&handed)?)).await??;
    Ok(Opened { letter, given })
}

/// The officer, if they are appointed and may see the open part of the letter.
async fn appointed<'c>(app: &App, caller: &'c Caller, letter: &Letter) -> Result<&'c Officer> {
    let c = app.store.read();
    let officer = access::may(caller, HANDLE)?;
    queries::for_officer(c, officer, &letter.code).await?;
    // Whoever stands in for somebody stands in for the work, never for the key.
    if officer.acting_for.is_some() || !queries::is_appointed(c, officer.person).await? {
        return Err(Error::NotFound);
    }
    Ok(officer)
}

/// The appointed officer says in the open what a denunciation is about, without anything that tells who sent it, and where.
///
/// # Errors
/// [`Error::Conflict`] for somebody who has not opened it: nobody sums up what they did not read.
pub async fn summarise(
    app: &App,
    now: Now,
    caller: &Caller,
    letter: Id,
    summary: &str,
    commune: Option<Id>,
) -> Result<Letter> {
    let letter = queries::by_id(app.store.read(), letter).await?.ok_or(Error::NotFound)?;
    let officer = appointed(app, caller, &letter).await?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let mut letter = current(tx, letter.id).await?;
            let on_paper = queries::payload(tx, letter.id).await.is_err();
            if !letter.is_sealed() || letter.state.is_end() {
                return Err(Error::Conflict("complaints-state-forbids"));
            }
            if !on_paper && !queries::has_opened(tx, letter.id, officer.person).await? {
                return Err(Error::Conflict("complaints-open-first"));
            }
            letter.summary = said(summary, "summary")?;
            letter.commune = commune.or(letter.commune);
            change.keep(&letter, letter.state, "complaints.summarised").await?;
            Ok(letter)
        })
        .await
}
