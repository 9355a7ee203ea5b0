use base::{Id, Now, Result};
use chrono::{DateTime, Utc};
use directory::queries::within_sql;
use store::{Conditions, Connection, Row, Slice, Sql};

use super::{id, maybe_id};
use crate::account::Account;
use crate::login::{Contact, Login};

const ACCOUNT: &str = "a.id, a.kind, a.person_id, a.agency_id, a.name, a.handle, a.password, a.must_change, a.assurance, \
                       a.totp_secret, a.blocked_at";

fn read(row: Row) -> Result<Account> {
    Ok(Account {
        id: id(&row, 0)?,
        kind: row.get::<String>(1)?.parse()?,
        person: maybe_id(&row, 2)?,
        agency: maybe_id(&row, 3)?,
        name: row.get(4)?,
        handle: row.get(5)?,
        password: row.get(6)?,
        must_change: row.get(7)?,
        assurance: u8::try_from(row.get::<i64>(8)?)?,
        totp_secret: row.get(9)?,
        blocked_at: row.get(10)?,
    })
}

pub async fn account(connection: &impl Connection, id: Id) -> Result<Option<Account>> {
    Sql::composed(format!("SELECT {ACCOUNT} FROM identity_accounts a WHERE a.id = $1"))
        .bind(id.uuid())
        .one(connection, read)
        .await
}

pub async fn account_by_login(connection: &impl Connection, login: &Login) -> Result<Option<Account>> {
    Sql::composed(format!(
        "SELECT {ACCOUNT} FROM identity_logins l JOIN identity_accounts a ON a.id = l.account_id WHERE l.login = $1"
    ))
    .bind(login.key())
    .one(connection, read)
    .await
}

/// An officer's account in the list of its administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: Id,
    pub name: String,
    pub handle: String,
    pub blocked_at: Option<DateTime<Utc>>,
    pub must_change: bool,
    pub second_factor: bool,
}

/// Accounts of the agencies in the scope of `agency`, oldest first; only that of `login` when it is given.
pub async fn listed(
    connection: &impl Connection,
    agency: Id,
    login: Option<&Login>,
    after: Option<Id>,
    size: usize,
) -> Result<Slice<Listed>> {
    let limit = i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1);
    let mut conditions = Conditions::after([agency.uuid().into(), limit.into()]);
    if let Some(login) = login {
        let of_login = |n| format!("id = (SELECT account_id FROM identity_logins WHERE login = ${n})");
        conditions.and(of_login, login.key());
    }
    if let Some(after) = after {
        conditions.and(|n| format!("id > ${n}"), after.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT id, name, handle, blocked_at, must_change, totp_secret IS NOT NULL FROM identity_accounts \
         WHERE {}{} ORDER BY id LIMIT $2",
        within_sql("identity_accounts.agency_id", 1),
        conditions.text()
    ));
    let rows = conditions
        .bind_to(sql)
        .all(connection, |row| {
            Ok(Listed {
                id: id(&row, 0)?,
                name: row.get(1)?,
                handle: row.get(2)?,
                blocked_at: row.get(3)?,
                must_change: row.get(4)?,
                second_factor: row.get(5)?,
            })
        })
        .await?;
    Ok(Slice::of(rows, size, |listed| listed.id))
}

/// Where the code of a registration was sent; `None` when it has ended.
pub async fn registration_contact(connection: &impl Connection, id: Id, now: Now) -> Result<Option<Contact>> {
    let found = Sql::new("SELECT phone, email FROM identity_codes WHERE id = $1 AND ends_at > $2")
        .bind(id.uuid())
        .bind(now.utc())
        .one(connection, |row| Ok((row.get::<Option<String>>(0)?, row.get::<Option<String>>(1)?)))
        .await?;
    Ok(found.and_then(|(phone, email)| phone.or(email)?.parse().ok()))
}
