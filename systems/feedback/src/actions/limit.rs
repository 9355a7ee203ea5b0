//! How much people may send who are not signed in.

use base::{Error, Now, Result};
use identity::actions::count_stranger;
use store::Tx;

use crate::rules::rules;

/// Counts one report or support.
///
/// # Errors
/// [`Error::Invalid`] at the field `send` for one too many.
pub(super) async fn sending(tx: &Tx, now: Now, sender: Option<&str>) -> Result<()> {
    let most = rules()?.limits.per_address_and_hour;
    let within = count_stranger(tx, now, "report", sender, most).await?;
    if within { Ok(()) } else { Err(Error::invalid("send", "feedback-sent-too-many")) }
}

/// Counts one picture: as many as so many reports can have.
///
/// # Errors
/// [`Error::TooMany`] for one too many.
pub(super) async fn photo(tx: &Tx, now: Now, sender: Option<&str>) -> Result<()> {
    let limits = rules()?.limits;
    let most = limits.per_address_and_hour.saturating_mul(i64::try_from(limits.photos)?);
    if count_stranger(tx, now, "photo", sender, most).await? { Ok(()) } else { Err(Error::TooMany) }
}
