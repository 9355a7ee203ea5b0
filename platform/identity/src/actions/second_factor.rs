use base::{Error, Id, Now, Result};
use chrono::{DateTime, Utc};
use journal::{Actor, Entry};
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller};

use super::attempts::{Subject, clear, count};
use super::sessions::end_all;
use super::thing;
use crate::part::Identity;
use crate::queries;
use crate::totp::SecondFactor;

/// What came of a code typed to enrol or to remove a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    Done,
    Wrong,
    Wait(DateTime<Utc>),
}

/// The step of time of a right code.
pub(super) fn step(secret: &[u8], code: &str, now: Now) -> Result<Option<i64>> {
    Ok(SecondFactor::of(secret)?.step(code, now))
}

/// Whether the code is right and newer than any used before (RFC 6238, section 5.2: each is accepted once).
pub(super) async fn use_code(tx: &Tx, now: Now, account: Id, secret: &[u8], code: &str) -> Result<bool> {
    let Some(step) = step(secret, code, now)? else { return Ok(false) };
    let touched = Sql::new("UPDATE identity_accounts SET totp_step = $2 WHERE id = $1 AND totp_step < $2")
        .bind(account.uuid())
        .bind(step)
        .run(tx)
        .await?;
    Ok(touched == 1)
}

pub(super) async fn set(tx: &Tx, now: Now, actor: &Actor, account: Id, secret: &[u8], step: i64) -> Result<()> {
    Sql::new("UPDATE identity_accounts SET totp_secret = $2, totp_step = $3 WHERE id = $1")
        .bind(account.uuid())
        .bind(secret.to_vec())
        .bind(step)
        .run(tx)
        .await?;
    journal::record(tx, now, actor, Entry::new("identity.second-factor-enrolled", thing(account), &json!({}))?).await?;
    Ok(())
}

/// Gives an account a second factor whose secret is known already: demo data, or one brought from elsewhere.
pub async fn enrol_totp(tx: &Tx, now: Now, actor: &Actor, account: Id, secret: &[u8; 20]) -> Result<()> {
    set(tx, now, actor, account, secret, 0).await
}

/// Makes the secret that the page of enrolment shows; it belongs to the session and ends with it.
///
/// # Errors
/// [`Error::NotFound`] when the session has ended.
pub async fn start_enrolment(app: &App, session: Id) -> Result<()> {
    let secret = SecondFactor::new_secret(&*app.random);
    let touched = app
        .store
        .write(async |tx| {
            Sql::new("UPDATE identity_sessions SET totp_new = $2 WHERE id = $1")
                .bind(session.uuid())
                .bind(secret.to_vec())
                .run(tx)
                .await
        })
        .await?;
    if touched == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Takes the shown secret into use, once a code proves that the app has it. Other sessions end.
///
/// # Errors
/// [`Error::Conflict`] when nothing was started or there is a second factor already.
pub async fn confirm_enrolment(app: &App, caller: &Caller, session: Id, code: &str) -> Result<Confirmation> {
    let (now, actor) = (app.now(), caller.actor());
    let account = actor.account.ok_or(Error::SignedOut)?;
    let known = queries::account(app.store.read(), account).await?.ok_or(Error::NotFound)?;
    let pending = queries::pending_enrolment(app.store.read(), session).await?;
    let Some(secret) = pending.filter(|_| known.totp_secret.is_none()) else {
        return Err(Error::Conflict("identity-error-enrolment-stale"));
    };
    let Some(step) = step(&secret, code, now)? else { return Ok(Confirmation::Wrong) };
    app.store
        .write(async |tx| {
            set(tx, now, &actor, account, &secret, step).await?;
            end_all(tx, account, Some(session)).await?;
            Sql::new("UPDATE identity_sessions SET totp_new = NULL, second_factor_at = $2 WHERE id = $1")
                .bind(session.uuid())
                .bind(now.utc())
                .run(tx)
                .await?;
            Ok(Confirmation::Done)
        })
        .await
}

/// Its owner does without a second factor; a code of it proves that it is them.
///
/// # Errors
/// [`Error::Conflict`] when one of the positions held asks for it, or there is none.
pub async fn drop_second_factor(app: &App, caller: &Caller, code: &str) -> Result<Confirmation> {
    let (identity, now, actor) = (Identity::of(app)?, app.now(), caller.actor());
    let account = actor.account.ok_or(Error::SignedOut)?;
    let known = queries::account(app.store.read(), account).await?.ok_or(Error::NotFound)?;
    let secret = known.totp_secret.ok_or(Error::Conflict("identity-error-enrolment-stale"))?;
    if let (Some(person), false) = (known.person, app.settings.demo) {
        let held = directory::queries::holdings_of(app.store.read(), person, now.today()).await?;
        if held.iter().any(|held| identity.policy.second_factor.required_for.contains(&held.position.kind)) {
            return Err(Error::Conflict("identity-error-second-factor-required"));
        }
    }
    let subject = Subject::code_of(account);
    app.store
        .write(async |tx| {
            if let Some(until) = count(tx, now, &identity.policy.lockout.account, &subject).await? {
                return Ok(Confirmation::Wait(until));
            }
            if !use_code(tx, now, account, &secret, code).await? {
                return Ok(Confirmation::Wrong);
            }
            clear(tx, &subject).await?;
            remove(tx, now, &actor, account).await?;
            Ok(Confirmation::Done)
        })
        .await
}

pub(super) async fn remove(tx: &Tx, now: Now, actor: &Actor, account: Id) -> Result<()> {
    Sql::new("UPDATE identity_accounts SET totp_secret = NULL WHERE id = $1").bind(account.uuid()).run(tx).await?;
    journal::record(tx, now, actor, Entry::new("identity.second-factor-removed", thing(account), &json!({}))?).await?;
    Ok(())
}
