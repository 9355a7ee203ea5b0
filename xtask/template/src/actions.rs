use base::{Id, Now, Result};
use journal::{Entry, Thing};
use serde_json::json;
use store::{Sql, Tx};
use system::Officer;

use crate::access::FILE;
use crate::sample::NewSample;

/// Files a sample. `id` was made with the form: the same form sent twice files one sample.
///
/// # Errors
/// [`base::Error::Forbidden`] without the permission to file.
pub async fn file(tx: &Tx, now: Now, officer: &Officer, id: Id, new: &NewSample) -> Result<Id> {
    if !officer.may(FILE) {
        return Err(base::Error::Forbidden(FILE));
    }
    let added = Sql::new(
        "INSERT INTO samples_samples (id, title, agency_id, filed_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
    )
    .bind(id.uuid())
    .bind(new.title.as_str())
    .bind(officer.agency.uuid())
    .bind(now.utc())
    .run(tx)
    .await?;
    if added == 1 {
        let entry = Entry::new("samples.filed", Thing { kind: "sample", id }, &json!({ "agency": officer.agency }))?;
        journal::record(tx, now, &system::Caller::Officer(officer.clone()).actor(), entry).await?;
    }
    Ok(id)
}
