//! What the post does when others tell of something.

use std::pin::Pin;

use base::{Now, Result};
use journal::Event;
use store::Tx;
use system::App;

use crate::actions;

type Reacted<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// A result lies at the desk.
pub(crate) fn finished<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, now: Now) -> Reacted<'a> {
    Box::pin(actions::dossier_finished(app, tx, event, now))
}

/// A dossier ended, with or without a result.
pub(crate) fn ended<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, now: Now) -> Reacted<'a> {
    Box::pin(actions::dossier_ended(app, tx, event, now))
}
