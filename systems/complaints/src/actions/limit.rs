//! How much people may send who are not signed in.

use std::sync::OnceLock;

use base::{Error, Now, Result};
use identity::actions::count_stranger;
use sha2::{Digest, Sha256};
use store::Tx;
use system::App;

use crate::rules::rules;

/// Counts one letter.
///
/// What is kept is the digest of a digest that was taken with a key of this process alone: there are too few addresses to
/// hide one behind a plain digest, even for an hour.
///
/// # Errors
/// [`Error::Invalid`] at the field `send` for one too many.
pub(super) async fn sending(app: &App, tx: &Tx, now: Now, sender: Option<&str>) -> Result<()> {
    static KEY: OnceLock<[u8; 32]> = OnceLock::new();
    let key = KEY.get_or_init(|| app.random.bytes());
    let hidden = hex::encode(Sha256::new().chain_update(key).chain_update(sender.unwrap_or_default()).finalize());
    let most = rules()?.limits.per_address_and_hour;
    let within = count_stranger(tx, now, "letter", Some(&hidden), most).await?;
    if within { Ok(()) } else { Err(Error::invalid("send", "complaints-sent-too-many")) }
}
