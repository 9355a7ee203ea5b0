//! The post handed a result over.

use base::{Error, Now, Result};
use contracts::events::PostDelivered;
use flow::case::CaseState;
use journal::{Actor, Event};
use store::Tx;
use system::App;

use super::Change;
use crate::dossier::State;
use crate::queries;
use crate::slip::{SlipKind, papers};

/// A result that lay at the desk and was delivered by post was returned: nobody at the desk has to say so.
pub(crate) async fn delivered(app: &App, tx: &Tx, event: &Event, now: Now) -> Result<()> {
    let delivered: PostDelivered = serde_json::from_value(event.data.clone())?;
    let Some(mut dossier) = queries::by_id(tx, delivered.dossier).await? else { return Ok(()) };
    // What came a second time, or was fetched at the desk meanwhile, moves nothing.
    if delivered.leg != "return" || dossier.state != State::Finished {
        return Ok(());
    }
    let change = Change { app, tx, now, actor: Actor::PROGRAM };
    let mut case = flow::queries::case_by_id(tx, dossier.case).await?.ok_or(Error::NotFound)?;
    change.flow().close(&mut case, CaseState::Done).await?;
    change.set_state(&mut dossier, State::Returned, "dossiers.returned").await?;
    let sheet = papers::follow_up(&change, &dossier).await?;
    change.slip(&dossier, SlipKind::FollowUp, sheet).await?;
    Ok(())
}
