//! Several procedures at once: chosen together, each paper handed in once, sent by one press.

mod choose;
mod papers;
mod show;

use base::Id;

pub(super) use choose::{begin, page as choose};
pub(super) use show::{page as show, send};

/// Address of what is filled in together.
pub(super) fn at(bundle: Id) -> String {
    format!("/nop-cung/{bundle}")
}
