//! What dossiers do when others tell of something.

use std::pin::Pin;

use base::{Now, Result};
use journal::Event;
use store::Tx;
use system::App;

use crate::actions;

type Reacted<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// An agency has ended: its dossiers go on at the one that took over.
pub(crate) fn agency_succeeded<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, now: Now) -> Reacted<'a> {
    Box::pin(actions::follow_agency(app, tx, event, now))
}

/// The post handed something over.
pub(crate) fn post_delivered<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, now: Now) -> Reacted<'a> {
    Box::pin(actions::delivered(app, tx, event, now))
}

/// Another agency's part of a dossier is late.
pub(crate) fn part_late<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, now: Now) -> Reacted<'a> {
    Box::pin(actions::tell_part_late(app, tx, event, now))
}

/// A charge was paid: the dossier that waits for it goes on.
pub(crate) fn charge_paid<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, now: Now) -> Reacted<'a> {
    Box::pin(actions::charge_paid(app, tx, event, now))
}
