use base::{Error, Id, Now, Random, Result};
use journal::{Actor, Entry};
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller, Officer};

use super::sessions::end_all;
use super::{accounts, second_factor, thing};
use crate::access::ADMINISTER;
use crate::account::Account;
use crate::part::Identity;
use crate::queries;

/// The account, if it lies in the administrator's scope and is not their own.
async fn administered(tx: &Tx, officer: &Officer, account: Id) -> Result<Account> {
    if !officer.may(ADMINISTER) {
        return Err(Error::Forbidden(ADMINISTER));
    }
    let found = queries::account(tx, account).await?.ok_or(Error::NotFound)?;
    let agency = found.agency.ok_or(Error::NotFound)?;
    if !directory::queries::within(tx, agency, officer.agency).await? {
        return Err(Error::NotFound);
    }
    if found.id == officer.account {
        return Err(Error::Conflict("identity-error-own-account"));
    }
    Ok(found)
}

fn actor(officer: &Officer) -> Actor {
    Caller::Officer(officer.clone()).actor()
}

/// Locks an account: its sessions end and its tokens are not taken until it is unlocked.
///
/// # Errors
/// [`Error::NotFound`] outside the administrator's scope; [`Error::Conflict`] for their own account.
pub async fn block(tx: &Tx, now: Now, officer: &Officer, account: Id) -> Result<()> {
    administered(tx, officer, account).await?;
    Sql::new("UPDATE identity_accounts SET blocked_at = coalesce(blocked_at, $2) WHERE id = $1")
        .bind(account.uuid())
        .bind(now.utc())
        .run(tx)
        .await?;
    end_all(tx, account, None).await?;
    journal::record(tx, now, &actor(officer), Entry::new("identity.account-blocked", thing(account), &json!({}))?)
        .await?;
    Ok(())
}

/// # Errors
/// As for [`block`].
pub async fn unblock(tx: &Tx, now: Now, officer: &Officer, account: Id) -> Result<()> {
    administered(tx, officer, account).await?;
    Sql::new("UPDATE identity_accounts SET blocked_at = NULL WHERE id = $1").bind(account.uuid()).run(tx).await?;
    journal::record(tx, now, &actor(officer), Entry::new("identity.account-unblocked", thing(account), &json!({}))?)
        .await?;
    Ok(())
}

/// Hands out a password that opens once: its owner must choose another. Their sessions end.
///
/// # Errors
/// As for [`block`].
pub async fn reset_password(app: &App, officer: &Officer, account: Id) -> Result<String> {
    let now = app.now();
    let password = one_time(&*app.random);
    let hash = Identity::of(app)?.hashing.hash(&*app.random, &password).await?;
    app.store
        .write(async |tx| {
            administered(tx, officer, account).await?;
            accounts::set_password(tx, now, &actor(officer), account, &hash, true).await?;
            end_all(tx, account, None).await?;
            Ok(())
        })
        .await?;
    Ok(password)
}

/// For an officer who lost the telephone: where a second factor is required, the next sign-in enrols a new one.
///
/// # Errors
/// As for [`block`].
pub async fn remove_second_factor(tx: &Tx, now: Now, officer: &Officer, account: Id) -> Result<()> {
    administered(tx, officer, account).await?;
    second_factor::remove(tx, now, &actor(officer), account).await?;
    end_all(tx, account, None).await?;
    Ok(())
}

/// Four groups of four letters and digits that are not mistaken for each other when read out: 78 bits.
fn one_time(random: &(dyn Random + 'static)) -> String {
    const LETTERS: &[u8; 30] = b"abcdefghjkmnpqrstuvwxyz2345679";
    let letter = || char::from(LETTERS[usize::try_from(random.below(30)).unwrap_or(0)]);
    let group = || String::from_iter([letter(), letter(), letter(), letter()]);
    [group(), group(), group(), group()].join("-")
}
