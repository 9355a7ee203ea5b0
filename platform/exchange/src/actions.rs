//! Writes of the ledger.

mod claim;
mod close;
mod enqueue;
mod reconcile;
mod settle;

use base::{Id, Now, Result};
use journal::{Actor, Entry, Thing};
use serde_json::json;
use store::Tx;

pub(crate) use claim::{Claim, claim};
pub use close::close;
pub use enqueue::enqueue;
pub use reconcile::{cancel, retry};
pub(crate) use settle::settle;

/// One entry per change of state. What it went through on the way stands in the attempts; where it went and what the
/// other side said may name a person and stay out of the journal.
async fn record(
    tx: &Tx,
    now: Now,
    actor: &Actor,
    verb: &'static str,
    id: Id,
    connector: &str,
    subject: (&str, Id),
) -> Result<()> {
    let data = json!({ "connector": connector, "subject": { "kind": subject.0, "id": subject.1 } });
    journal::record(tx, now, actor, Entry::new(verb, Thing { kind: "delivery", id }, &data)?).await?;
    Ok(())
}
