//! What complaints do when others tell of something.

use std::pin::Pin;

use base::{Now, Result};
use journal::Event;
use store::Tx;
use system::App;

use crate::access::SHARED;

type Reacted<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// An agency has ended: its open letters go on at the one that took over.
pub(crate) fn agency_succeeded<'a>(_: &'a App, tx: &'a Tx, event: &'a Event, now: Now) -> Reacted<'a> {
    SHARED.follow("complaints.work-moved", tx, event, now)
}
