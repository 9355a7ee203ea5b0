use std::collections::BTreeSet;

use base::{Id, Now, Result};
use chrono::{DateTime, NaiveDate, Utc};
use store::{Connection, Row, Sql};

use super::{id, maybe_id};
use crate::access::Grant;
use crate::account::{AccountKind, Stage};
use crate::secret::{SessionSecret, TokenSecret};

/// What one look at a cookie tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub session: Id,
    pub account: Id,
    pub kind: AccountKind,
    pub person: Option<Id>,
    pub name: String,
    pub assurance: u8,
    pub blocked: bool,
    /// The position in use.
    pub holding: Option<Id>,
    pub awaits: Option<Stage>,
    pub seen_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub must_end_at: DateTime<Utc>,
    /// What was granted or taken away beside the kind of position.
    pub grants: Vec<Grant>,
}

/// What one look at a bearer token tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundToken {
    pub id: Id,
    pub account: Id,
    pub kind: AccountKind,
    pub person: Option<Id>,
    pub name: String,
    pub assurance: u8,
    pub blocked: bool,
    pub holding: Option<Id>,
    pub scopes: BTreeSet<String>,
    pub used_at: Option<DateTime<Utc>>,
    pub ends_at: DateTime<Utc>,
    pub grants: Vec<Grant>,
}

/// The grants of the position in use, in the same statement: an account has few, most have none.
macro_rules! grants_of {
    ($alias:literal) => {
        concat!(
            " LEFT JOIN identity_grants g ON (g.position_id = ",
            $alias,
            ".position_id OR (g.agency_id = ",
            $alias,
            ".agency_id AND g.position_kind = ",
            $alias,
            ".position_kind)) AND g.from_on <= $2 \
             AND (g.to_on IS NULL OR g.to_on >= $2) WHERE ",
            $alias,
            ".token = $1 ORDER BY g.id"
        )
    };
}

/// A grant told in three columns, the first of which is null when there is none.
fn grant(row: &Row, column: usize) -> Result<Option<Grant>> {
    let Some(permission) = row.get::<Option<String>>(column)? else { return Ok(None) };
    Ok(Some(Grant {
        permission,
        granted: row.get(column + 1)?,
        of_position: row.get::<Option<uuid::Uuid>>(column + 2)?.is_some(),
    }))
}

/// The session of a cookie, ended ones and those still being opened included.
pub async fn session(connection: &impl Connection, secret: &SessionSecret, on: NaiveDate) -> Result<Option<Found>> {
    let rows = Sql::new(concat!(
        "SELECT s.id, s.account_id, a.kind, a.person_id, a.name, a.assurance, a.blocked_at IS NOT NULL, s.holding_id, \
         s.awaits, s.seen_at, s.ends_at, s.must_end_at, g.permission, g.granted, g.position_id \
         FROM identity_sessions s JOIN identity_accounts a ON a.id = s.account_id",
        grants_of!("s")
    ))
    .bind(secret.digest())
    .bind(on)
    .all(connection, |row| {
        let found = Found {
            session: id(&row, 0)?,
            account: id(&row, 1)?,
            kind: row.get::<String>(2)?.parse()?,
            person: maybe_id(&row, 3)?,
            name: row.get(4)?,
            assurance: u8::try_from(row.get::<i64>(5)?)?,
            blocked: row.get(6)?,
            holding: maybe_id(&row, 7)?,
            awaits: row.get::<Option<String>>(8)?.map(|stage| stage.parse()).transpose()?,
            seen_at: row.get(9)?,
            ends_at: row.get(10)?,
            must_end_at: row.get(11)?,
            grants: Vec::new(),
        };
        Ok((found, grant(&row, 12)?))
    })
    .await?;
    Ok(fold(rows, |found, grants| found.grants = grants))
}

/// The token a program sent, ended ones included.
pub async fn token(connection: &impl Connection, secret: &TokenSecret, on: NaiveDate) -> Result<Option<FoundToken>> {
    let rows = Sql::new(concat!(
        "SELECT t.id, t.account_id, a.kind, a.person_id, a.name, a.assurance, a.blocked_at IS NOT NULL, t.holding_id, \
         t.scopes, t.used_at, t.ends_at, g.permission, g.granted, g.position_id \
         FROM identity_tokens t JOIN identity_accounts a ON a.id = t.account_id",
        grants_of!("t")
    ))
    .bind(secret.digest())
    .bind(on)
    .all(connection, |row| {
        let found = FoundToken {
            id: id(&row, 0)?,
            account: id(&row, 1)?,
            kind: row.get::<String>(2)?.parse()?,
            person: maybe_id(&row, 3)?,
            name: row.get(4)?,
            assurance: u8::try_from(row.get::<i64>(5)?)?,
            blocked: row.get(6)?,
            holding: maybe_id(&row, 7)?,
            scopes: row.get::<String>(8)?.split_whitespace().map(str::to_owned).collect(),
            used_at: row.get(9)?,
            ends_at: row.get(10)?,
            grants: Vec::new(),
        };
        Ok((found, grant(&row, 11)?))
    })
    .await?;
    Ok(fold(rows, |found, grants| found.grants = grants))
}

fn fold<T>(rows: Vec<(T, Option<Grant>)>, set: impl FnOnce(&mut T, Vec<Grant>)) -> Option<T> {
    let (mut found, grants): (Vec<T>, Vec<Option<Grant>>) = rows.into_iter().unzip();
    let mut first = found.drain(..).next()?;
    set(&mut first, grants.into_iter().flatten().collect());
    Some(first)
}

/// A browser between the right password and the end of signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaiting {
    pub session: Id,
    pub account: Id,
    pub stage: Stage,
    /// The second factor that is being enrolled.
    pub totp_new: Option<Vec<u8>>,
    pub second_factor_at: Option<DateTime<Utc>>,
}

pub async fn awaiting(connection: &impl Connection, secret: &SessionSecret, now: Now) -> Result<Option<Awaiting>> {
    Sql::new(
        "SELECT id, account_id, awaits, totp_new, second_factor_at FROM identity_sessions \
         WHERE token = $1 AND ends_at > $2 AND awaits IS NOT NULL",
    )
    .bind(secret.digest())
    .bind(now.utc())
    .one(connection, |row| {
        Ok(Awaiting {
            session: id(&row, 0)?,
            account: id(&row, 1)?,
            stage: row.get::<String>(2)?.parse()?,
            totp_new: row.get(3)?,
            second_factor_at: row.get(4)?,
        })
    })
    .await
}

/// The second factor that an open session is enrolling.
pub async fn pending_enrolment(connection: &impl Connection, session: Id) -> Result<Option<Vec<u8>>> {
    let found = Sql::new("SELECT totp_new FROM identity_sessions WHERE id = $1")
        .bind(session.uuid())
        .one(connection, |row| row.get::<Option<Vec<u8>>>(0))
        .await?;
    Ok(found.flatten())
}

/// A signed-in browser as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    pub id: Id,
    pub device: String,
    pub address: String,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub second_factor_at: Option<DateTime<Utc>>,
}

/// The browsers signed in as this account, newest first.
pub async fn sessions_of(connection: &impl Connection, account: Id, now: Now) -> Result<Vec<OpenSession>> {
    Sql::new(
        "SELECT id, device, address, created_at, seen_at, second_factor_at FROM identity_sessions \
         WHERE account_id = $1 AND awaits IS NULL AND ends_at > $2 ORDER BY id DESC LIMIT 100",
    )
    .bind(account.uuid())
    .bind(now.utc())
    .all(connection, |row| {
        Ok(OpenSession {
            id: id(&row, 0)?,
            device: row.get(1)?,
            address: row.get(2)?,
            created_at: row.get(3)?,
            seen_at: row.get(4)?,
            second_factor_at: row.get(5)?,
        })
    })
    .await
}

/// A token as its owner sees it; the secret itself is nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenToken {
    pub id: Id,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
    pub ends_at: DateTime<Utc>,
}

/// The tokens of an account that have not ended, newest first.
pub async fn tokens_of(connection: &impl Connection, account: Id, now: Now) -> Result<Vec<OpenToken>> {
    Sql::new(
        "SELECT id, name, created_at, used_at, ends_at FROM identity_tokens \
         WHERE account_id = $1 AND ends_at > $2 ORDER BY id DESC LIMIT 100",
    )
    .bind(account.uuid())
    .bind(now.utc())
    .all(connection, |row| {
        Ok(OpenToken {
            id: id(&row, 0)?,
            name: row.get(1)?,
            created_at: row.get(2)?,
            used_at: row.get(3)?,
            ends_at: row.get(4)?,
        })
    })
    .await
}
