//! How much strangers may send: people who are not signed in are counted by where they send from, hour by hour.

use base::{Now, Result};
use sha2::{Digest, Sha256};
use store::{Sql, Tx};

/// Counts one sending of `what` by somebody who is not signed in; false for one more than `most` in this hour.
///
/// Of the sender only a digest is kept, and only for the running hour.
pub async fn count_stranger(tx: &Tx, now: Now, what: &str, sender: Option<&str>, most: i64) -> Result<bool> {
    let hour = now.utc().timestamp() / 3600;
    let digest = hex::encode(Sha256::digest(format!("{hour}:{what}:{}", sender.unwrap_or_default())));
    Sql::new("DELETE FROM identity_sendings WHERE hour < $1").bind(hour).run(tx).await?;
    let count: Option<i64> = Sql::new(
        "INSERT INTO identity_sendings (sender, hour, count) VALUES ($1, $2, 1) \
         ON CONFLICT (sender, hour) DO UPDATE SET count = identity_sendings.count + 1 RETURNING count",
    )
    .bind(digest)
    .bind(hour)
    .one(tx, |row| row.get(0))
    .await?;
    Ok(count.unwrap_or_default() <= most)
}
