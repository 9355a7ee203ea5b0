//! What the post does for a dossier, beside the dossier.

use base::{Id, Result};
use contracts::crossing::{Posting, Posts};
use system::App;

/// Nothing where no post is, or where there is nothing to choose and nothing to follow.
pub(super) async fn posting(app: &App, dossier: Id) -> Result<Option<Posting>> {
    let Some(posts) = app.ask::<dyn Posts>() else { return Ok(None) };
    Ok(posts.of(dossier).await?.filter(|posting| posting.offered || !posting.orders.is_empty()))
}
