use base::{Id, Now, Result};
use store::Sql;
use system::App;

use crate::paper::Upload;

/// Remembers whose file it is; the same file again takes its new name.
pub async fn keep_upload(app: &App, now: Now, account: Id, upload: &Upload) -> Result<()> {
    app.store
        .write(async |tx| {
            Sql::new(
                "INSERT INTO dossiers_uploads (account_id, file_hash, name, size, mime, uploaded_at) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account_id, file_hash) \
                 DO UPDATE SET name = excluded.name, uploaded_at = excluded.uploaded_at",
            )
            .bind(account.uuid())
            .bind(upload.hash.as_str())
            .bind(upload.name.as_str())
            .bind(upload.size)
            .bind(upload.mime.as_str())
            .bind(now.utc())
            .run(tx)
            .await?;
            Ok(())
        })
        .await
}
