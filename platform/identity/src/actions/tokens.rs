use std::collections::BTreeSet;

use base::{Error, Id, Now, Random, Result};
use chrono::{DateTime, TimeDelta, Utc};
use journal::{Actor, Entry};
use serde_json::json;
use store::{Sql, Tx, is_duplicate};
use system::App;

use super::thing;
use crate::account::AccountKind;
use crate::login::Login;
use crate::part::Identity;
use crate::policy::Policy;
use crate::queries;
use crate::secret::TokenSecret;

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Made by the form: the same form sent twice makes one token.
    pub id: Id,
    pub account: Id,
    /// In which of their positions an officer's token acts.
    pub holding: Option<Id>,
    /// What a client's token may do; officers' and citizens' tokens have none.
    pub scopes: BTreeSet<String>,
    /// What its owner calls it.
    pub name: String,
    pub ends_at: DateTime<Utc>,
}

/// Makes a token; the secret is shown once and nowhere kept.
///
/// # Errors
/// [`Error::Invalid`] by the fields `name`, `days` and `holding`; [`Error::Conflict`] when the form was sent before.
pub async fn create_token(
    tx: &Tx,
    now: Now,
    random: &(dyn Random + 'static),
    policy: &Policy,
    actor: &Actor,
    new: NewToken,
) -> Result<TokenSecret> {
    let account = queries::account(tx, new.account).await?.ok_or(Error::NotFound)?;
    if new.name.trim().is_empty() || new.name.chars().count() > 100 {
        return Err(Error::invalid("name", "identity-error-token-name"));
    }
    if new.ends_at <= now.utc() || new.ends_at > now.utc() + TimeDelta::days(policy.token.longest_days) {
        return Err(Error::invalid("days", "identity-error-token-days"));
    }
    let held = match new.holding {
        Some(holding) => directory::queries::holding(tx, holding, now.today()).await?,
        None => None,
    };
    let held = held.filter(|held| Some(held.person) == account.person);
    if account.kind == AccountKind::Officer && held.is_none() {
        return Err(Error::invalid("holding", "identity-error-token-holding"));
    }
    let secret = TokenSecret::new(random);
    let scopes: Vec<&str> = new.scopes.iter().map(String::as_str).collect();
    let added = Sql::new(
        "INSERT INTO identity_tokens (id, account_id, token, name, holding_id, position_id, agency_id, position_kind, scopes, \
         created_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(new.id.uuid())
    .bind(new.account.uuid())
    .bind(secret.digest())
    .bind(new.name.trim())
    .bind(held.as_ref().map(|held| held.id.uuid()))
    .bind(held.as_ref().map(|held| held.position.id.uuid()))
    .bind(held.as_ref().map(|held| held.position.agency.uuid()))
    .bind(held.as_ref().map(|held| held.position.kind.as_str()))
    .bind(scopes.join(" "))
    .bind(now.utc())
    .bind(new.ends_at)
    .run(tx)
    .await;
    match added {
        Err(error) if is_duplicate(&error) => return Err(Error::Conflict("identity-error-token-made")),
        added => added?,
    };
    let data = json!({ "token": new.id, "position": held.map(|held| held.position.id), "scopes": scopes, "ends": new.ends_at });
    journal::record(tx, now, actor, Entry::new("identity.token-created", thing(new.account), &data)?).await?;
    Ok(secret)
}

/// # Errors
/// [`Error::NotFound`] when the account has no such token.
pub async fn revoke_token(tx: &Tx, now: Now, actor: &Actor, account: Id, token: Id) -> Result<()> {
    let gone = Sql::new("DELETE FROM identity_tokens WHERE id = $1 AND account_id = $2")
        .bind(token.uuid())
        .bind(account.uuid())
        .run(tx)
        .await?;
    if gone == 0 {
        return Err(Error::NotFound);
    }
    journal::record(tx, now, actor, Entry::new("identity.token-revoked", thing(account), &json!({ "token": token }))?)
        .await?;
    Ok(())
}

/// Removes tokens that have ended; says how many.
pub(crate) async fn sweep_tokens(tx: &Tx, now: Now) -> Result<u64> {
    Sql::new("DELETE FROM identity_tokens WHERE ends_at < $1").bind(now.utc()).run(tx).await
}

/// Makes a token for the account of this sign-in name, in the first position an officer holds; for the terminal.
///
/// # Errors
/// [`Error::NotFound`] when nobody signs in by that name.
pub async fn create_token_for(app: &App, login: &str, days: u32) -> Result<String> {
    let login = Login::parse(login).ok_or(Error::NotFound)?;
    let account = queries::account_by_login(app.store.read(), &login).await?.ok_or(Error::NotFound)?;
    let now = app.now();
    let holding = match account.person {
        Some(person) => {
            directory::queries::holdings_of(app.store.read(), person, now.today()).await?.first().map(|held| held.id)
        }
        None => None,
    };
    let new = NewToken {
        id: Id::new(now),
        account: account.id,
        holding: holding.filter(|_| account.kind == AccountKind::Officer),
        scopes: BTreeSet::new(),
        name: "tinhso token create".to_owned(),
        ends_at: now.utc() + TimeDelta::days(days.into()),
    };
    let policy = &Identity::of(app)?.policy;
    let secret =
        app.store.write(async |tx| create_token(tx, now, &*app.random, policy, &Actor::PROGRAM, new).await).await?;
    Ok(secret.reveal().to_owned())
}
