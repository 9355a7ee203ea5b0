//! The desk has answered what was filed online.

use base::Result;
use store::Sql;
use worktime::ledger::Calendars;

use super::Change;
use crate::dossier::{Channel, Dossier, State};
use crate::online_check;

/// Keeps how long the answer took, in working time, where `next` answers what came in online.
pub(super) async fn keep(change: &Change<'_>, dossier: &Dossier, next: State) -> Result<()> {
    let answers = matches!(next, State::Received | State::SupplementAsked | State::NotReceived);
    if dossier.state != State::Submitted || dossier.channel != Channel::Online || !answers {
        return Ok(());
    }
    let calendar = change.app.parts.get::<Calendars>()?.of(dossier.receiving);
    let held = online_check::clock(dossier.receiving, dossier.submitted_at, &calendar)?;
    let used = held.clock.used(&calendar, change.now.utc())?;
    Sql::new("UPDATE dossiers SET answered_at = $2, answer_minutes = $3 WHERE id = $1 AND answered_at IS NULL")
        .bind(dossier.id.uuid())
        .bind(change.now.utc())
        .bind(used.num_minutes())
        .run(change.tx)
        .await?;
    Ok(())
}
