//! The room a signature is written into after the bytes around it are fixed (ISO 32000-1, 12.8.1).

use lopdf::{Object, StringFormat};

use crate::{
    algorithm::Hash,
    paper::Error,
    revision::{PdfError, Update},
};

/// Bytes reserved for the container. A chain of three RSA-4096 certificates needs under 7 KB.
const ROOM: usize = 8192;
/// Ten digits: wide enough for any offset below 10 GB, so the array keeps its width when patched.
const UNKNOWN_OFFSET: i64 = 9_999_999_999;

/// `/ByteRange` before the offsets are known.
pub(crate) fn byte_range() -> Object {
    vec![0.into(), UNKNOWN_OFFSET.into(), UNKNOWN_OFFSET.into(), UNKNOWN_OFFSET.into()].into()
}

/// `/Contents` before the signature is known.
pub(crate) fn contents() -> Object {
    Object::String(vec![0; ROOM], StringFormat::Hexadecimal)
}

/// Writes the update and the signature into it; `sign` turns the SHA-256 of everything but the room into a container.
pub(crate) fn write_signed(
    update: Update,
    length_before: usize,
    sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, Error>,
) -> Result<Vec<u8>, Error> {
    let mut bytes = update.write()?;
    let range_text = format!("[0 {UNKNOWN_OFFSET} {UNKNOWN_OFFSET} {UNKNOWN_OFFSET}]");
    let room_text = format!("<{}>", "0".repeat(2 * ROOM));
    let range = only_place(&bytes, length_before, range_text.as_bytes())?;
    let room = only_place(&bytes, length_before, room_text.as_bytes())?;
    let room_end = room + room_text.len();

    let patched = format!("[0 {room} {room_end} {}]", bytes.len() - room_end);
    let padded = format!("{patched:<width$}", width = range_text.len());
    bytes[range..range + range_text.len()].copy_from_slice(padded.as_bytes());

    let container = sign(&Hash::Sha256.digest(&[&bytes[..room], &bytes[room_end..]]))?;
    if container.len() > ROOM {
        return Err(Error::TooManyCertificates);
    }
    for (slot, byte) in bytes[room + 1..].chunks_exact_mut(2).zip(container) {
        slot.copy_from_slice(format!("{byte:02x}").as_bytes());
    }
    Ok(bytes)
}

/// A picture could hold the same bytes as the placeholder; then nothing is signed rather than the wrong place patched.
fn only_place(bytes: &[u8], from: usize, wanted: &[u8]) -> Result<usize, PdfError> {
    let appended = bytes.get(from..).ok_or(PdfError::Damaged)?;
    let mut places = appended.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted);
    match (places.next(), places.next()) {
        (Some((place, _)), None) => Ok(from + place),
        _ => Err(PdfError::Damaged),
    }
}
