use base::{Id, Now, Result};
use store::Sql;
use system::{App, Caller};

use super::{Change, limit};
use crate::queries;
use crate::report::Report;

/// Somebody sees the same: counted once for a person, and once for each page of people who are not signed in (`form`).
///
/// # Errors
/// [`base::Error::NotFound`] for a report that is not public; [`base::Error::Invalid`] for a stranger who sent too many.
pub async fn support(
    app: &App,
    now: Now,
    caller: &Caller,
    code: &str,
    form: Id,
    sender: Option<&str>,
) -> Result<Report> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let mut report = queries::public(tx, code).await?;
            if *caller == Caller::Anonymous {
                limit::sending(tx, now, sender).await?;
            }
            let added = Sql::new(
                "INSERT INTO feedback_supports (report_id, supporter, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            )
            .bind(report.id.uuid())
            .bind(caller.person().unwrap_or(form).uuid())
            .bind(now.utc())
            .run(tx)
            .await?;
            if added == 1 {
                Sql::new("UPDATE feedback_reports SET supports = supports + 1 WHERE id = $1")
                    .bind(report.id.uuid())
                    .run(tx)
                    .await?;
                report.supports += 1;
                change.tell(&report, "feedback.supported").await?;
            }
            Ok(report)
        })
        .await
}
