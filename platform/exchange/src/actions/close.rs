use base::{Error, Id, Now, Result};
use contracts::crossing::Scope;
use journal::{Entry, Thing, record};
use serde_json::json;
use store::Sql;
use system::{App, Caller};

use crate::access::RECONCILE;
use crate::crossings;

/// The longest note, in characters.
const WORDS: usize = 500;

/// A difference that was looked into; `note` says what was found out. Closed again, it says something else.
///
/// # Errors
/// [`Error::NotFound`] for what the scope does not hold or what is no difference, [`Error::Invalid`] without a note.
pub async fn close(app: &App, now: Now, caller: &Caller, found: crossings::Found<'_>, note: &str) -> Result<()> {
    let officer = caller.officer_who_may(RECONCILE)?;
    let note = note.trim();
    if note.is_empty() || note.chars().count() > WORDS {
        return Err(Error::invalid("note", "exchange-note-missing"));
    }
    let scope: Scope = crate::access::sight(app, officer).await?.agency();
    let row = crossings::one(app, scope, &found).await?.ok_or(Error::NotFound)?;
    app.store
        .write(async |tx| {
            Sql::new(
                "INSERT INTO exchange_closings (partner, key, note, closed_by, closed_at) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (partner, key) DO UPDATE SET note = $3, closed_by = $4, closed_at = $5",
            )
            .bind(found.partner)
            .bind(row.key.as_str())
            .bind(note)
            .bind(officer.person.uuid())
            .bind(now.utc())
            .run(tx)
            .await?;
            let told = json!({ "partner": found.partner, "comparison": row.comparison, "agency": row.agency });
            let closing = Thing { kind: "difference", id: Id::new(now) };
            record(tx, now, &caller.actor(), Entry::new("exchange.difference-closed", closing, &told)?).await?;
            Ok(())
        })
        .await
}
