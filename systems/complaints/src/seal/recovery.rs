//! The recovery key, which two of three holders have together: its secret half is sealed to the second holder of a pair, and
//! that again to the first. Each pair stands in both orders, so that any of them may begin.

use base::Result;

use super::{Key, PublicKey, SealError, seal};

/// The recovery key for one ordered pair of holders.
pub(crate) struct Part {
    /// Index of whoever opens the outer seal.
    pub(crate) first: usize,
    /// Index of whoever opens the inner one.
    pub(crate) second: usize,
    pub(crate) sealed: Vec<u8>,
}

/// Parts the recovery key among holders.
pub(crate) fn split(recovery: &Key, holders: &[PublicKey]) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for (second, inner_to) in holders.iter().enumerate() {
        for (first, outer_to) in holders.iter().enumerate().filter(|(first, _)| *first != second) {
            let inner = recovery.hand_to(inner_to)?;
            parts.push(Part { first, second, sealed: seal(&inner, outer_to)? });
        }
    }
    Ok(parts)
}

/// What the first holder leaves for the second: still sealed to the second alone.
pub(crate) fn open_outer(sealed: &[u8], first: &Key) -> Result<Vec<u8>, SealError> {
    first.open(sealed).map(|inner| inner.to_vec())
}

/// The recovery key, from what the first holder left.
pub(crate) fn merge(inner: &[u8], second: &Key) -> Result<Key, SealError> {
    second.take(inner)
}
