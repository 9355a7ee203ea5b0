//! Forms with files, read into memory: of a denunciation nothing may reach the disk before it is sealed.

use axum::extract::DefaultBodyLimit;
use base::{Error, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use web::{Errors, Sent, Upload, UploadPart, Visitor};

use crate::actions::Attached;
use crate::given::{Given, GivenFile};
use crate::rules::rules;

/// Name of the field.
pub(super) const FIELD: &str = "files";
const MEGABYTE: usize = 1024 * 1024;
/// What one form may be, in bytes: the files that the rules allow, and some room for the words.
const LARGEST: usize = 24 * MEGABYTE;

/// The limit of forms with files; the house's own is for forms without.
pub(super) fn room() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGEST)
}

/// Takes everything in. What is wrong with a file is said at the field; the browser has to choose it again.
pub(super) async fn receive(visitor: &Visitor, mut upload: Upload) -> Result<(Sent, Vec<Attached>)> {
    let limits = rules()?.limits;
    let (mut pairs, mut files, mut errors) = (Vec::new(), Vec::new(), Errors::default());
    let mut size = 0;
    while let Some(part) = upload.next().await? {
        let (name, mut pieces) = match part {
            UploadPart::Value(name, value) => {
                pairs.push((name, value));
                continue;
            }
            UploadPart::File(field, name, pieces) if field == FIELD => (name, pieces),
            UploadPart::File(..) => continue,
        };
        let mut bytes = Vec::new();
        while let Some(piece) = pieces.chunk().await.map_err(|_| Error::invalid("form", "web-error-form"))? {
            size += piece.len();
            if size > limits.megabytes * MEGABYTE {
                return Err(Error::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        match files::sniff(&bytes) {
            Some(kind) if files.len() < limits.files => files.push(Attached { name, kind, bytes: Bytes::from(bytes) }),
            Some(_) => {
                errors
                    .add(FIELD, visitor.text_with("complaints-files-too-many", &[("most", limits.files.to_string())]));
            }
            None => errors.add(FIELD, visitor.text_with("complaints-file-format", &[("name", name)])),
        }
    }
    let mut sent = Sent::new(pairs);
    sent.errors = errors;
    Ok((sent, files))
}

/// What a form gave of a denunciation.
pub(super) fn given(sent: &Sent, files: Vec<Attached>) -> Given {
    let value = |name: &str| sent.value(name).trim().to_owned();
    let file = |file: Attached| GivenFile {
        name: file.name,
        mime: file.kind.mime().to_owned(),
        content: BASE64_STANDARD.encode(&file.bytes),
    };
    Given {
        name: value("name"),
        number: value("number"),
        address: value("address"),
        phone: value("phone"),
        mail: value("mail"),
        against: value("against"),
        words: value("words"),
        files: files.into_iter().map(file).collect(),
    }
}
