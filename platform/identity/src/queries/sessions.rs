use std::collections::BTreeSet;

use base::{Id, Now, Result};
use chrono::{DateTime, NaiveDate, Utc};
use store::{Connection, Row, Sql};

use super::{id, maybe_id};
use crate::access::Grant;
use crate::account::{AccountKind, Stage};
use crate::secret::{SessionSecret, TokenSecret};

/// Whose a session or a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    pub account: Id,
    pub kind: AccountKind,
    pub person: Option<Id>,
    pub name: String,
    pub assurance: u8,
    pub blocked: bool,
    /// The position in use.
    pub holding: Option<Id>,
    /// What was granted or taken away beside the kind of position.
    pub grants: Vec<Grant>,
}

/// What one look at a cookie tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub id: Id,
    pub awaits: Option<Stage>,
    pub seen_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub must_end_at: DateTime<Utc>,
}

/// What one look at a bearer token tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundToken {
    pub id: Id,
    pub scopes: BTreeSet<String>,
    pub used_at: Option<DateTime<Utc>>,
    pub ends_at: DateTime<Utc>,
}

/// One look: columns of its own, whose it is, and the grants of the position in use. An account has few grants, most
/// have none.
macro_rules! look {
    ($table:literal, $own:literal) => {
        concat!(
            "SELECT t.account_id, a.kind, a.person_id, a.name, a.assurance, a.blocked_at IS NOT NULL, t.holding_id, \
             g.permission, g.granted, g.position_id, ",
            $own,
            " FROM ",
            $table,
            " t JOIN identity_accounts a ON a.id = t.account_id \
             LEFT JOIN identity_grants g ON (g.position_id = t.position_id \
             OR (g.agency_id = t.agency_id AND g.position_kind = t.position_kind)) \
             AND g.from_on <= $2 AND (g.to_on IS NULL OR g.to_on >= $2) WHERE t.token = $1 ORDER BY g.id"
        )
    };
}

/// The first of a look's own columns.
const OWN: usize = 10;

/// Runs a look; every row is the same but for the grant it tells.
async fn look<T: Send>(
    connection: &impl Connection,
    sql: Sql,
    own: impl Fn(&Row) -> Result<T> + Send,
) -> Result<Option<(Who, T)>> {
    let rows = sql.all(connection, |row| Ok((who(&row)?, own(&row)?, grant(&row)?))).await?;
    let mut rows = rows.into_iter();
    let Some((who, own, first)) = rows.next() else { return Ok(None) };
    let grants = first.into_iter().chain(rows.filter_map(|(.., grant)| grant)).collect();
    Ok(Some((Who { grants, ..who }, own)))
}

fn who(row: &Row) -> Result<Who> {
    Ok(Who {
        account: id(row, 0)?,
        kind: row.get::<String>(1)?.parse()?,
        person: maybe_id(row, 2)?,
        name: row.get(3)?,
        assurance: u8::try_from(row.get::<i64>(4)?)?,
        blocked: row.get(5)?,
        holding: maybe_id(row, 6)?,
        grants: Vec::new(),
    })
}

/// A grant told in three columns, the first of which is null when there is none.
fn grant(row: &Row) -> Result<Option<Grant>> {
    let Some(permission) = row.get::<Option<String>>(7)? else { return Ok(None) };
    Ok(Some(Grant { permission, granted: row.get(8)?, of_position: row.get::<Option<uuid::Uuid>>(9)?.is_some() }))
}

/// The session of a cookie, ended ones and those still being opened included.
pub async fn session(
    connection: &impl Connection,
    secret: &SessionSecret,
    on: NaiveDate,
) -> Result<Option<(Who, Found)>> {
    let sql = Sql::new(look!("identity_sessions", "t.id, t.awaits, t.seen_at, t.ends_at, t.must_end_at"));
    look(connection, sql.bind(secret.digest()).bind(on), |row| {
        Ok(Found {
            id: id(row, OWN)?,
            awaits: row.get::<Option<String>>(OWN + 1)?.map(|stage| stage.parse()).transpose()?,
            seen_at: row.get(OWN + 2)?,
            ends_at: row.get(OWN + 3)?,
            must_end_at: row.get(OWN + 4)?,
        })
    })
    .await
}

/// The token a program sent, ended ones included.
pub async fn token(
    connection: &impl Connection,
    secret: &TokenSecret,
    on: NaiveDate,
) -> Result<Option<(Who, FoundToken)>> {
    let sql = Sql::new(look!("identity_tokens", "t.id, t.scopes, t.used_at, t.ends_at"));
    look(connection, sql.bind(secret.digest()).bind(on), |row| {
        Ok(FoundToken {
            id: id(row, OWN)?,
            scopes: row.get::<String>(OWN + 1)?.split_whitespace().map(str::to_owned).collect(),
            used_at: row.get(OWN + 2)?,
            ends_at: row.get(OWN + 3)?,
        })
    })
    .await
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
