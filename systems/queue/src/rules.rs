use std::sync::LazyLock;

use base::{Error, Result};
use province::Queue;

static RULES: LazyLock<Result<Queue, String>> = LazyLock::new(|| Queue::load().map_err(|problem| problem.to_string()));

/// The nation's rules of queues at desks.
///
/// # Errors
/// [`Error::Inside`] when they do not read.
pub(crate) fn rules() -> Result<&'static Queue> {
    RULES.as_ref().map_err(Error::inside)
}
