use std::sync::LazyLock;

use base::{Error, Result};
use province::Payments;

static RULES: LazyLock<Result<Payments, String>> =
    LazyLock::new(|| Payments::load().map_err(|problem| problem.to_string()));

/// The nation's rules of paying online.
///
/// # Errors
/// [`Error::Inside`] when they do not read.
pub fn rules() -> Result<&'static Payments> {
    RULES.as_ref().map_err(Error::inside)
}
