//! Uploads as anybody may send them.

use base::testing::{Edit, damaged};
use bytes::Bytes;
use futures_util::stream;
use proptest::collection::vec;
use proptest::prelude::*;
use tokio::runtime::Runtime;

use super::files;
use crate::{FileKind, Rejected};

/// Beginnings of every type that is taken and of one that is not; an Office file is known by the first names in its ZIP.
fn heads() -> Vec<Vec<u8>> {
    let entry = |name: &str| {
        let mut entry = b"PK\x03\x04\x14\x00\x06\x00\x08\x00".to_vec();
        entry.extend([0; 16]);
        entry.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        entry.extend([0, 0]);
        entry.extend(name.bytes().chain(*b"what is in this file, deflated"));
        entry
    };
    let office = |part: &str| [entry("[Content_Types].xml"), entry("_rels/.rels"), entry(part), entry(part)].concat();
    vec![
        b"%PDF-1.7\n%\xe2\xe3\n1 0 obj".to_vec(),
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00".to_vec(),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".to_vec(),
        office("word/document.xml"),
        office("xl/workbook.xml"),
        [entry("mimetype")[..38].to_vec(), b"application/vnd.oasis.opendocument.spreadsheetPK".to_vec()].concat(),
        b"\x7fELF\x02\x01\x01".to_vec(),
    ]
}

#[test]
fn the_beginnings_are_of_every_type() {
    let kinds: Vec<Option<FileKind>> = heads().iter().map(|head| crate::sniff(head)).collect();
    let all = [FileKind::Pdf, FileKind::Jpeg, FileKind::Png, FileKind::Docx, FileKind::Xlsx, FileKind::Ods];
    assert_eq!(kinds, all.into_iter().map(Some).chain([None]).collect::<Vec<_>>());
}

proptest! {
    /// What is taken is taken as what it is, however it comes in pieces.
    #[test]
    fn an_upload_is_taken_by_its_first_bytes_alone(
        head in proptest::sample::select(heads()),
        edits in vec(any::<Edit>(), 0..6),
        noise in vec(any::<u8>(), 0..300),
        length in 1..400_usize,
    ) {
        let content = [damaged(&head, &edits), noise].concat();
        let (files, _folder) = files(1 << 20);
        let pieces: Vec<_> = content.chunks(length).map(|piece| Ok::<_, ()>(Bytes::copy_from_slice(piece))).collect();
        let taken = Runtime::new().unwrap().block_on(files.receive(stream::iter(pieces)));
        match (taken, crate::sniff(&content)) {
            (Ok(stored), Some(kind)) => {
                prop_assert_eq!((stored.mime.as_str(), stored.size), (kind.mime(), content.len() as u64));
            }
            (Err(Rejected::UnknownType), None) => {}
            (Err(Rejected::Empty), None) => prop_assert!(content.is_empty()),
            (taken, kind) => prop_assert!(false, "{:?} though it is {:?}", taken, kind),
        }
    }
}
