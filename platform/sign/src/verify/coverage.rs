//! Which bytes a signature covers, and the ways of lying about it.

use lopdf::{Dictionary, Document};

use super::finding::Finding;
use crate::revision::{resolve, value};

/// The signed bytes of one signature.
pub(super) struct Covered<'a> {
    /// Before and after the signature value.
    pub(super) pieces: [&'a [u8]; 2],
    /// Where the second piece ends.
    pub(super) end: usize,
    /// The value standing between the pieces, still padded.
    pub(super) contents: Vec<u8>,
}

/// Reads `/ByteRange` and holds it against the file: it starts at the first byte, leaves out exactly this signature's
/// `/Contents`, and ends where a revision ends.
pub(super) fn of<'a>(pdf: &'a [u8], document: &Document, signature: &Dictionary) -> Result<Covered<'a>, Finding> {
    let [start, first, second, rest] = byte_range(document, signature)?;
    if start != 0 {
        return Err(Finding::RangeNotFromStart);
    }
    if second <= first {
        return Err(Finding::RangeOverlaps);
    }
    let end = second.checked_add(rest).filter(|end| *end <= pdf.len());
    let end = end.ok_or(Finding::RangePastEnd)?;
    let contents = hole(&pdf[..second], first).ok_or(Finding::RangeLeavesGap)?;
    // The same bytes must be what a reader finds in the dictionary, or the hole belongs to another signature.
    let told = value(document, signature, b"Contents").as_str();
    if !told.is_ok_and(|told| told == contents) {
        return Err(Finding::RangeLeavesGap);
    }
    if !ends_revision(&pdf[second..end]) {
        return Err(Finding::RangeCutsRevision);
    }
    Ok(Covered { pieces: [&pdf[..first], &pdf[second..end]], end, contents })
}

fn byte_range(document: &Document, signature: &Dictionary) -> Result<[usize; 4], Finding> {
    let items = value(document, signature, b"ByteRange").as_array().map_err(|_| Finding::RangeMalformed)?;
    let numbers: Vec<usize> = items
        .iter()
        .filter_map(|item| resolve(document, item).as_i64().ok())
        .filter_map(|number| usize::try_from(number).ok())
        .collect();
    if numbers.len() != items.len() {
        return Err(Finding::RangeMalformed);
    }
    numbers.try_into().map_err(|_| Finding::RangeMalformed)
}

/// The value of a hexadecimal string that fills `bytes` from `start` on, right after the key `/Contents`. White space
/// is not tolerated: whatever stands in the hole is unsigned.
fn hole(bytes: &[u8], start: usize) -> Option<Vec<u8>> {
    let (before, hole) = bytes.split_at_checked(start)?;
    if !before.trim_ascii_end().ends_with(b"/Contents") {
        return None;
    }
    let digits = hole.strip_prefix(b"<")?.strip_suffix(b">")?;
    let (pairs, []) = digits.as_chunks::<2>() else {
        return None;
    };
    pairs.iter().map(|[high, low]| Some(nibble(*high)? << 4 | nibble(*low)?)).collect()
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// A revision ends with its end-of-file mark; writers differ in the white space they leave after it.
fn ends_revision(bytes: &[u8]) -> bool {
    bytes.trim_ascii_end().ends_with(b"%%EOF")
}
