use std::sync::LazyLock;

use base::{Error, Result};
use province::Post;

static RULES: LazyLock<Result<Post, String>> = LazyLock::new(|| Post::load().map_err(|problem| problem.to_string()));

/// The nation's rules of papers that go by post.
///
/// # Errors
/// [`Error::Inside`] when they do not read.
pub fn rules() -> Result<&'static Post> {
    RULES.as_ref().map_err(Error::inside)
}
