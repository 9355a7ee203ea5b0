//! Damage to inputs, for the tests of whatever reads what strangers sent.

/// One change: a place, a second number, and what is done there. Any three numbers will do: each is taken modulo what
/// it counts.
pub type Edit = (u32, u32, u8);

/// A copy that is changed: bytes overwritten or put in, pieces cut out or repeated elsewhere. Pieces of the original that
/// turn up in the wrong place get further into a reader than noise does.
pub fn damaged(original: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for &(place, other, what) in edits {
        if bytes.is_empty() {
            break;
        }
        let within = |number: u32| usize::try_from(number).unwrap_or(usize::MAX) % bytes.len();
        let (place, target) = (within(place), within(other));
        let piece = place..(place + 1 + usize::from(what / 4)).min(bytes.len());
        let [byte, ..] = other.to_le_bytes();
        // Printable, so that texts stay texts.
        let letter = b' ' + byte % 95;
        match what % 5 {
            0 => bytes[place] ^= byte,
            1 => bytes[place] = letter,
            2 => bytes.insert(place, letter),
            3 => drop(bytes.drain(piece)),
            _ => {
                let repeated = bytes[piece].to_vec();
                bytes.splice(target..target, repeated);
            }
        }
    }
    bytes
}

/// The same of a text; bytes that are none any more become U+FFFD.
pub fn damaged_text(original: &str, edits: &[Edit]) -> String {
    String::from_utf8_lossy(&damaged(original.as_bytes(), edits)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::damaged;

    #[test]
    fn each_kind_of_edit_changes_a_copy() {
        let original = b"abcdef";
        assert_eq!(damaged(original, &[]), original);
        let changed: Vec<Vec<u8>> = (0..5).map(|what| damaged(original, &[(1, 3, what)])).collect();
        assert_eq!(changed, [&b"aacdef"[..], b"a#cdef", b"a#bcdef", b"acdef", b"abcbcdef"]);
        assert_eq!(damaged(b"", &[(7, 7, 7)]), b"");
    }
}
