use base::{Id, Result};
use chrono::{DateTime, Utc};
use store::{Connection, Sql};

use crate::paper::Upload;

/// A file, if this account sent it in: nobody hands in what only another has.
pub async fn upload(c: &impl Connection, account: Id, hash: &str) -> Result<Option<Upload>> {
    Sql::new("SELECT file_hash, name, size, mime FROM dossiers_uploads WHERE account_id = $1 AND file_hash = $2")
        .bind(account.uuid())
        .bind(hash)
        .one(c, |row| Ok(Upload { hash: row.get(0)?, name: row.get(1)?, size: row.get(2)?, mime: row.get(3)? }))
        .await
}

/// How many files an account has sent in since.
pub async fn uploads_since(c: &impl Connection, account: Id, since: DateTime<Utc>) -> Result<i64> {
    let count = Sql::new("SELECT count(*) FROM dossiers_uploads WHERE account_id = $1 AND uploaded_at >= $2")
        .bind(account.uuid())
        .bind(since)
        .one(c, |row| row.get(0))
        .await?;
    Ok(count.unwrap_or_default())
}
