//! What payments do when others tell of something.

use std::pin::Pin;

use base::{Now, Result};
use journal::Event;
use store::Tx;
use system::App;

use crate::actions;

type Reacted<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Somebody has to pay for a dossier.
pub(crate) fn payment_due<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, now: Now) -> Reacted<'a> {
    Box::pin(actions::open(app, tx, event, now))
}

/// A dossier ended without a result: nothing is due any more, and what was paid goes back.
pub(crate) fn dossier_stopped<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, now: Now) -> Reacted<'a> {
    Box::pin(actions::give_back(app, tx, event, now))
}
