use std::net::IpAddr;

use base::{Id, Now, Result, subscriber};
use chrono::{DateTime, TimeDelta, Utc};
use store::{Sql, Tx};

use crate::login::{Contact, Login};
use crate::policy::{Lockout, Lockouts};

/// Whose tries are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject(String);

impl Subject {
    pub(super) fn account(id: Id) -> Self {
        Self(format!("account:{id}"))
    }

    /// A login nobody has is counted like any other, so that counting does not tell.
    pub(super) fn login(login: &Login) -> Self {
        Self(format!("login:{}", login.key()))
    }

    pub(super) fn code_of(account: Id) -> Self {
        Self(format!("code:{account}"))
    }

    pub(super) fn contact(contact: &Contact) -> Self {
        Self(format!("contact:{}", contact.login().key()))
    }

    pub(super) fn address(address: IpAddr) -> Self {
        Self(format!("address:{}", subscriber(address)))
    }
}

/// Counts a try before it is made, so that many made at once cannot outrun the count. Gives the end of the wait
/// when the subject has to wait; such a try is not counted.
pub(super) async fn count(tx: &Tx, now: Now, rule: &Lockout, subject: &Subject) -> Result<Option<DateTime<Utc>>> {
    let counted = Sql::new(
        "INSERT INTO identity_attempts (subject, failures, last_at) VALUES ($1, 1, $2) ON CONFLICT (subject) DO UPDATE SET \
         failures = CASE WHEN identity_attempts.locked_until > $2 THEN identity_attempts.failures \
         WHEN identity_attempts.last_at < $3 THEN 1 ELSE identity_attempts.failures + 1 END, \
         last_at = CASE WHEN identity_attempts.locked_until > $2 THEN identity_attempts.last_at ELSE $2 END \
         RETURNING failures, locked_until",
    )
    .bind(subject.0.as_str())
    .bind(now.utc())
    .bind(rule.forgotten_before(now.utc()))
    .one(tx, |row| Ok((row.get::<i64>(0)?, row.get::<Option<DateTime<Utc>>>(1)?)))
    .await?;
    let Some((failures, locked_until)) = counted else { return Ok(None) };
    if let Some(until) = locked_until.filter(|until| *until > now.utc()) {
        return Ok(Some(until));
    }
    if let Some(wait) = rule.wait(failures) {
        Sql::new("UPDATE identity_attempts SET locked_until = $2 WHERE subject = $1")
            .bind(subject.0.as_str())
            .bind(now.utc() + wait)
            .run(tx)
            .await?;
    }
    Ok(None)
}

/// The try was right: the subject starts anew.
pub(super) async fn clear(tx: &Tx, subject: &Subject) -> Result<()> {
    Sql::new("DELETE FROM identity_attempts WHERE subject = $1").bind(subject.0.as_str()).run(tx).await?;
    Ok(())
}

/// The try was right: it does not count, but the failures of others behind the same address still do.
pub(super) async fn take_back(tx: &Tx, subject: &Subject) -> Result<()> {
    Sql::new("UPDATE identity_attempts SET failures = failures - 1, locked_until = NULL WHERE subject = $1")
        .bind(subject.0.as_str())
        .run(tx)
        .await?;
    Ok(())
}

/// Removes what is long forgotten; says how many rows.
pub(crate) async fn sweep_attempts(tx: &Tx, now: Now, rules: &Lockouts) -> Result<u64> {
    let longest = [&rules.account, &rules.address, &rules.contact]
        .map(|rule| rule.forget_minutes.max(rule.longest_wait_seconds / 60 + 1))
        .into_iter()
        .max()
        .unwrap_or(0);
    Sql::new("DELETE FROM identity_attempts WHERE last_at < $1")
        .bind(now.utc() - TimeDelta::minutes(longest))
        .run(tx)
        .await
}
