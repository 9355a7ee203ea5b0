//! How much strangers may send: people who are not signed in are counted by where they send from, hour by hour.

use base::{Error, Now, Result};
use sha2::{Digest, Sha256};
use store::{Sql, Tx};

use crate::rules::rules;

/// Counts one report or support.
///
/// # Errors
/// [`Error::Invalid`] at the field `send` for one too many.
pub(super) async fn sending(tx: &Tx, now: Now, sender: Option<&str>) -> Result<()> {
    let most = rules()?.limits.per_address_and_hour;
    let within = count(tx, now, "report", sender, most).await?;
    if within { Ok(()) } else { Err(Error::invalid("send", "feedback-sent-too-many")) }
}

/// Counts one picture: as many as so many reports can have.
///
/// # Errors
/// [`Error::TooMany`] for one too many.
pub(super) async fn photo(tx: &Tx, now: Now, sender: Option<&str>) -> Result<()> {
    let limits = rules()?.limits;
    let most = limits.per_address_and_hour.saturating_mul(i64::try_from(limits.photos)?);
    if count(tx, now, "photo", sender, most).await? { Ok(()) } else { Err(Error::TooMany) }
}

/// Of the sender only a digest is kept, and only for the running hour.
async fn count(tx: &Tx, now: Now, what: &str, sender: Option<&str>, most: i64) -> Result<bool> {
    let hour = now.utc().timestamp() / 3600;
    let digest = hex::encode(Sha256::digest(format!("{hour}:{what}:{}", sender.unwrap_or_default())));
    Sql::new("DELETE FROM feedback_sendings WHERE hour < $1").bind(hour).run(tx).await?;
    let count: Option<i64> = Sql::new(
        "INSERT INTO feedback_sendings (sender, hour, count) VALUES ($1, $2, 1) \
         ON CONFLICT (sender, hour) DO UPDATE SET count = feedback_sendings.count + 1 RETURNING count",
    )
    .bind(digest)
    .bind(hour)
    .one(tx, |row| row.get(0))
    .await?;
    Ok(count.unwrap_or_default() <= most)
}
