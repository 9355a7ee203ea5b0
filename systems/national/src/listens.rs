//! What is done when dossiers change.

use std::pin::Pin;

use base::{Now, Result};
use journal::Event;
use store::Tx;
use system::App;

use crate::actions;

type Reacted<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Whatever changes a dossier, the portal is to know.
pub(crate) fn changed<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, now: Now) -> Reacted<'a> {
    Box::pin(actions::dossier_changed(app, tx, event, now))
}
