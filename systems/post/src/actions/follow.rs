//! Orders follow their dossiers.

use base::{Now, Result};
use journal::Event;
use store::Tx;
use system::App;

use super::{Change, cancel, send};
use crate::order::{Leg, State};
use crate::queries;

/// The result is there: who wished for it by post gets it so.
pub(crate) async fn dossier_finished(app: &App, tx: &Tx, event: &Event, now: Now) -> Result<()> {
    let change = Change { app, tx, now, actor: event.actor };
    for mut order in queries::of_dossier(tx, event.thing_id).await? {
        if order.leg == Leg::Return && order.state == State::Wanted {
            send::send(&change, &mut order).await?;
        }
    }
    Ok(())
}

/// There will be no result, or it was fetched at the desk: what is not with the carrier yet is called off.
pub(crate) async fn dossier_ended(app: &App, tx: &Tx, event: &Event, now: Now) -> Result<()> {
    let change = Change { app, tx, now, actor: event.actor };
    for mut order in queries::of_dossier(tx, event.thing_id).await? {
        if order.may_cancel() {
            cancel::call_off(&change, &mut order).await?;
        }
    }
    Ok(())
}
