//! How much strangers may send: counted by where they send from, hour by hour.

use std::sync::OnceLock;

use base::{Error, Now, Result};
use sha2::{Digest, Sha256};
use store::{Sql, Tx};
use system::App;

use crate::rules::rules;

/// Counts one letter.
///
/// # Errors
/// [`Error::Invalid`] at the field `send` for one too many.
pub(super) async fn sending(app: &App, tx: &Tx, now: Now, sender: Option<&str>) -> Result<()> {
    let most = rules()?.limits.per_address_and_hour;
    if count(app, tx, now, sender).await? <= most {
        Ok(())
    } else {
        Err(Error::invalid("send", "complaints-sent-too-many"))
    }
}

/// Of the sender only a digest is kept, and only for the running hour. The digest is taken with a key that exists in this
/// process alone: there are too few addresses to hide one behind a plain digest.
async fn count(app: &App, tx: &Tx, now: Now, sender: Option<&str>) -> Result<i64> {
    static KEY: OnceLock<[u8; 32]> = OnceLock::new();
    let key = KEY.get_or_init(|| app.random.bytes());
    let hour = now.utc().timestamp() / 3600;
    let digest = Sha256::new().chain_update(key).chain_update(format!("{hour}:{}", sender.unwrap_or_default()));
    Sql::new("DELETE FROM complaints_sendings WHERE hour < $1").bind(hour).run(tx).await?;
    let count: Option<i64> = Sql::new(
        "INSERT INTO complaints_sendings (sender, hour, count) VALUES ($1, $2, 1) \
         ON CONFLICT (sender, hour) DO UPDATE SET count = complaints_sendings.count + 1 RETURNING count",
    )
    .bind(hex::encode(digest.finalize()))
    .bind(hour)
    .one(tx, |row| row.get(0))
    .await?;
    Ok(count.unwrap_or_default())
}
