use std::net::IpAddr;

use base::{Error, Id, Now, Result};
use chrono::{DateTime, TimeDelta, Utc};
use directory::Holding;
use journal::{Actor, Entry};
use serde_json::json;
use store::{Sql, Store, Tx};
use system::{App, Officer};

use super::thing;
use crate::account::{Account, AccountKind, Stage};
use crate::part::Identity;
use crate::policy::Policy;
use crate::queries::{self, Found, Who};
use crate::secret::SessionSecret;
use crate::totp::SecondFactor;

/// The browser that asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Browser {
    /// As it names itself, shortened.
    pub device: String,
    pub address: Option<IpAddr>,
    /// The session it had; it ends when a new one begins.
    pub secret: Option<SessionSecret>,
}

impl Browser {
    /// The network only: enough to recognise a sign-in as one's own, not enough to follow a person.
    fn shortened_address(&self) -> String {
        match self.address {
            Some(IpAddr::V4(address)) => {
                let [a, b, c, _] = address.octets();
                format!("{a}.{b}.{c}.•")
            }
            Some(IpAddr::V6(address)) => {
                let [a, b, c, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:•")
            }
            None => String::new(),
        }
    }
}

/// A session under its new secret, and what is still missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub session: Id,
    pub secret: SessionSecret,
    /// `None` when the browser is signed in.
    pub stage: Option<Stage>,
    /// How long the browser keeps the secret; `None` until it is closed, as on the shared computers of offices.
    pub kept: Option<TimeDelta>,
}

const fn kept(policy: &Policy, kind: AccountKind) -> Option<TimeDelta> {
    match kind {
        AccountKind::Officer | AccountKind::Client => None,
        AccountKind::Citizen => Some(policy.session.term(kind).longest()),
    }
}

/// Until when a session is good: `(unless it is used, in any case)`.
fn ends(policy: &Policy, kind: AccountKind, stage: Option<Stage>, now: Now) -> (DateTime<Utc>, DateTime<Utc>) {
    if stage.is_some() {
        let end = now.utc() + TimeDelta::minutes(policy.session.pending_minutes);
        (end, end)
    } else {
        let last = now.utc() + policy.session.term(kind).longest();
        ((now.utc() + policy.session.term(kind).idle()).min(last), last)
    }
}

/// The secret that the step of enrolment shows; it is good for this session only.
fn to_enrol(app: &App, stage: Option<Stage>) -> Option<Vec<u8>> {
    (stage == Some(Stage::Enrol)).then(|| SecondFactor::new_secret(&*app.random).to_vec())
}

/// Begins a session; the one the browser had ends.
pub(super) async fn open(
    tx: &Tx,
    now: Now,
    app: &App,
    browser: &Browser,
    account: &Account,
    holding: Option<&Holding>,
    stage: Option<Stage>,
) -> Result<Opened> {
    if let Some(before) = &browser.secret {
        Sql::new("DELETE FROM identity_sessions WHERE token = $1").bind(before.digest()).run(tx).await?;
    }
    let policy = &Identity::of(app)?.policy;
    let (session, secret) = (Id::new(now), SessionSecret::new(&*app.random));
    let (ends_at, must_end_at) = ends(policy, account.kind, stage, now);
    Sql::new(
        "INSERT INTO identity_sessions (id, account_id, token, awaits, holding_id, position_id, agency_id, position_kind, \
         device, address, created_at, seen_at, ends_at, must_end_at, totp_new) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14)",
    )
    .bind(session.uuid())
    .bind(account.id.uuid())
    .bind(secret.digest())
    .bind(stage.map(Stage::as_str))
    .bind(holding.map(|holding| holding.id.uuid()))
    .bind(holding.map(|holding| holding.position.id.uuid()))
    .bind(holding.map(|holding| holding.position.agency.uuid()))
    .bind(holding.map(|holding| holding.position.kind.as_str()))
    .bind(browser.device.as_str())
    .bind(browser.shortened_address())
    .bind(now.utc())
    .bind(ends_at)
    .bind(must_end_at)
    .bind(to_enrol(app, stage))
    .run(tx)
    .await?;
    Ok(Opened { session, secret, stage, kept: kept(policy, account.kind) })
}

/// Takes a session one step on in signing in, under a new secret.
pub(super) async fn advance(
    tx: &Tx,
    now: Now,
    app: &App,
    session: Id,
    account: &Account,
    stage: Option<Stage>,
    second_factor_at: Option<DateTime<Utc>>,
) -> Result<Opened> {
    let policy = &Identity::of(app)?.policy;
    let secret = SessionSecret::new(&*app.random);
    let (ends_at, must_end_at) = ends(policy, account.kind, stage, now);
    Sql::new(
        "UPDATE identity_sessions SET token = $2, awaits = $3, seen_at = $4, ends_at = $5, must_end_at = $6, \
         second_factor_at = $7, totp_new = $8 WHERE id = $1",
    )
    .bind(session.uuid())
    .bind(secret.digest())
    .bind(stage.map(Stage::as_str))
    .bind(now.utc())
    .bind(ends_at)
    .bind(must_end_at)
    .bind(second_factor_at)
    .bind(to_enrol(app, stage))
    .run(tx)
    .await?;
    Ok(Opened { session, secret, stage, kept: kept(policy, account.kind) })
}

/// Until when a session that is used now lasts.
pub(crate) fn lasts_until(now: Now, policy: &Policy, who: &Who, found: &Found) -> DateTime<Utc> {
    (now.utc() + policy.session.term(who.kind).idle()).min(found.must_end_at)
}

/// Puts the officer into another of the positions they hold today, under a new secret.
///
/// # Errors
/// [`Error::NotFound`] when they do not hold it (any more); [`Error::Conflict`] when it asks for a second factor that they
/// have not enrolled.
pub async fn switch_position(app: &App, officer: &Officer, session: Id, holding: Id) -> Result<Opened> {
    let now = app.now();
    let held = directory::queries::holding(app.store.read(), holding, now.today()).await?;
    let held = held.filter(|held| held.person == officer.person).ok_or(Error::NotFound)?;
    let required =
        !app.settings.demo && Identity::of(app)?.policy.second_factor.required_for.contains(&held.position.kind);
    let account = queries::account(app.store.read(), officer.account).await?.ok_or(Error::NotFound)?;
    if required && account.totp_secret.is_none() {
        return Err(Error::Conflict("identity-error-second-factor-required"));
    }
    let secret = SessionSecret::new(&*app.random);
    app.store
        .write(async |tx| {
            let touched = Sql::new(
                "UPDATE identity_sessions SET token = $3, holding_id = $4, position_id = $5, agency_id = $6, \
                 position_kind = $7 WHERE id = $1 AND account_id = $2 AND awaits IS NULL",
            )
            .bind(session.uuid())
            .bind(officer.account.uuid())
            .bind(secret.digest())
            .bind(held.id.uuid())
            .bind(held.position.id.uuid())
            .bind(held.position.agency.uuid())
            .bind(held.position.kind.as_str())
            .run(tx)
            .await?;
            if touched == 0 {
                return Err(Error::NotFound);
            }
            let actor = Actor {
                account: Some(officer.account),
                person: Some(officer.person),
                position: Some(held.position.id),
                agency: Some(held.position.agency),
                acting_for: held.acting_for,
            };
            let data = json!({ "session": session, "position": held.position.id });
            journal::record(tx, now, &actor, Entry::new("identity.position-switched", thing(officer.account), &data)?)
                .await?;
            Ok(())
        })
        .await?;
    Ok(Opened { session, secret, stage: None, kept: None })
}

/// Ends one session of the account: its own browser signs out, or the owner ends it from another.
///
/// # Errors
/// [`Error::NotFound`] when the account has no such session.
pub async fn revoke(store: &Store, now: Now, actor: &Actor, account: Id, session: Id) -> Result<()> {
    end(store, now, actor, account, session, "identity.session-revoked").await
}

/// The browser itself signs out.
///
/// # Errors
/// [`Error::NotFound`] when the session has ended already.
pub async fn sign_out(store: &Store, now: Now, actor: &Actor, account: Id, session: Id) -> Result<()> {
    end(store, now, actor, account, session, "identity.signed-out").await
}

async fn end(store: &Store, now: Now, actor: &Actor, account: Id, session: Id, verb: &'static str) -> Result<()> {
    store
        .write(async |tx| {
            let gone = Sql::new("DELETE FROM identity_sessions WHERE id = $1 AND account_id = $2")
                .bind(session.uuid())
                .bind(account.uuid())
                .run(tx)
                .await?;
            if gone == 0 {
                return Err(Error::NotFound);
            }
            journal::record(tx, now, actor, Entry::new(verb, thing(account), &json!({ "session": session }))?).await?;
            Ok(())
        })
        .await
}

/// Ends all sessions of the account but `kept`; says how many.
pub async fn revoke_others(store: &Store, now: Now, actor: &Actor, account: Id, kept: Id) -> Result<u64> {
    store
        .write(async |tx| {
            let gone = end_all(tx, account, Some(kept)).await?;
            let data = json!({ "sessions": gone });
            journal::record(tx, now, actor, Entry::new("identity.other-sessions-revoked", thing(account), &data)?)
                .await?;
            Ok(gone)
        })
        .await
}

pub(super) async fn end_all(tx: &Tx, account: Id, kept: Option<Id>) -> Result<u64> {
    let but = if kept.is_some() { "AND id <> $2" } else { "" };
    let sql = Sql::composed(format!("DELETE FROM identity_sessions WHERE account_id = $1 {but}")).bind(account.uuid());
    let sql = match kept {
        Some(kept) => sql.bind(kept.uuid()),
        None => sql,
    };
    sql.run(tx).await
}

/// Removes sessions that have ended; says how many.
pub(crate) async fn sweep_sessions(tx: &Tx, now: Now) -> Result<u64> {
    Sql::new("DELETE FROM identity_sessions WHERE ends_at < $1").bind(now.utc()).run(tx).await
}
