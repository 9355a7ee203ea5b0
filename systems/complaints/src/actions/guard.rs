//! Guessing a passphrase: each try is counted before it is made, and costs a second of work.

use base::{Error, Id, Now, Result};
use chrono::TimeDelta;
use store::{Sql, Tx};
use system::App;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::queries;
use crate::rules::rules;
use crate::seal::{Key, Passphrase, SealError};

/// Each try takes up to some hundred megabytes while it lasts.
static GUESSING: Semaphore = Semaphore::const_new(2);

/// The key of a person, by the passphrase that they typed.
///
/// # Errors
/// [`Error::NotFound`] for somebody without a key; [`Error::Invalid`] at `passphrase` for a wrong one; [`Error::TooMany`] after
/// too many wrong ones.
pub(super) async fn unlock(app: &App, now: Now, person: Id, passphrase: &str) -> Result<Key> {
    let sealing = rules()?.sealing;
    let forgotten = now.utc() - TimeDelta::minutes(sealing.minutes);
    let locked = app.store.write(async |tx| count(tx, now, person, forgotten, sealing.tries).await).await?;
    let _turn = GUESSING.acquire().await?;
    let passphrase = Passphrase::typed(passphrase);
    let key = match spawn_blocking(move || Key::unlock(&locked, &passphrase)).await? {
        Ok(key) => key,
        Err(SealError::WrongPassphrase) => {
            return Err(Error::invalid("passphrase", "complaints-passphrase-wrong"));
        }
        Err(error) => return Err(error.into()),
    };
    app.store.write(async |tx| forget(tx, person).await).await?;
    Ok(key)
}

/// Counts a try before it is made, so that many made at once cannot outrun the count.
async fn count(tx: &Tx, now: Now, person: Id, forgotten: chrono::DateTime<chrono::Utc>, most: i64) -> Result<Vec<u8>> {
    let (locked, tries, tried_at) = queries::locked_key(tx, person).await?.ok_or(Error::NotFound)?;
    let tries = if tried_at < forgotten { 0 } else { tries };
    if tries >= most {
        return Err(Error::TooMany);
    }
    Sql::new("UPDATE complaints_keys SET tries = $2, tried_at = $3 WHERE person_id = $1")
        .bind(person.uuid())
        .bind(tries + 1)
        .bind(now.utc())
        .run(tx)
        .await?;
    Ok(locked)
}

async fn forget(tx: &Tx, person: Id) -> Result<()> {
    Sql::new("UPDATE complaints_keys SET tries = 0 WHERE person_id = $1").bind(person.uuid()).run(tx).await?;
    Ok(())
}
