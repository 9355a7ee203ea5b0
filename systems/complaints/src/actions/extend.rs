use base::{Error, Id, Now, Result};
use system::{App, Caller};

use super::{Change, current, said, terms};
use crate::access::{self, APPROVE};
use crate::letter::{Letter, State};
use crate::queries;

/// A leader extends the time of a letter that turns out to be more complicated, with a reason. The law says how often and by
/// how much; both are data.
///
/// # Errors
/// [`Error::Conflict`] when it is not being verified, is late already, or the law knows no further extension.
pub async fn extend(app: &App, now: Now, caller: &Caller, letter: Id, reason: &str) -> Result<Letter> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let officer = access::may(caller, APPROVE)?;
            let mut letter = current(tx, letter).await?;
            queries::for_officer(tx, officer, &letter.code).await?;
            if letter.state != State::Accepted || letter.agency != officer.agency || letter.is_late(now.utc()) {
                return Err(Error::Conflict("complaints-state-forbids"));
            }
            let reason = said(reason, "reason")?;
            let complexity = letter.complexity.next().ok_or(Error::Conflict("complaints-no-extension"))?;
            let terms = terms(&letter, complexity)?;
            letter.complexity = complexity;
            letter.due_at = change.flow().extend(letter.case, terms).await?;
            change.note(letter.id, officer, "extension", &reason, None).await?;
            change.keep(&letter, letter.state, "complaints.extended").await?;
            Ok(letter)
        })
        .await
}
