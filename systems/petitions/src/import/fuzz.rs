//! Files as strangers may damage them.

use base::testing::{Edit, damaged};
use bytes::Bytes;
use files::{FileKind, sniff};
use proptest::collection::vec;
use proptest::prelude::*;

use super::samples::{ROWS, docx, far_cell, ods, xlsx};
use super::{Table, Unreadable, cells, table};
use crate::rules::rules;

fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    let limits = rules().unwrap().limits;
    let kind = sniff(bytes).ok_or(Unreadable::UnknownType)?;
    table(cells(bytes, kind, &limits)?, &limits)
}

fn samples() -> [(FileKind, Vec<u8>); 3] {
    [(FileKind::Docx, docx(ROWS)), (FileKind::Xlsx, xlsx(ROWS)), (FileKind::Ods, ods(ROWS))]
}

#[test]
fn every_kind_of_file_reads_the_same() {
    for (kind, bytes) in samples() {
        assert_eq!(sniff(&bytes), Some(kind));
        let table = read(&bytes).unwrap_or_else(|error| panic!("{kind:?}: {error}"));
        assert_eq!((table.columns.len(), table.entries.len()), (6, 4), "{kind:?}");
        assert_eq!(table.entries[1].place, "Phường Nha Trang", "{kind:?}");
        assert_eq!(table.entries[3].words, "Đề nghị sửa chữa đường Ví Dụ hư hỏng nặng, mưa là ngập", "{kind:?}");
    }
}

#[test]
fn a_cell_far_away_asks_for_no_room() {
    assert_eq!(read(&far_cell()), Err(Unreadable::TooManyRows));
}

#[test]
fn a_file_too_large_packed_or_unpacked_is_told() {
    let mut limits = rules().unwrap().limits;
    limits.unpacked_bytes = 1000;
    assert_eq!(cells(&xlsx(ROWS), FileKind::Xlsx, &limits), Err(Unreadable::TooLarge));
    limits.file_bytes = 100;
    assert_eq!(cells(&xlsx(ROWS), FileKind::Xlsx, &limits), Err(Unreadable::TooLarge));
}

#[test]
fn what_is_no_table_is_told() {
    assert_eq!(read(b"%PDF-1.7"), Err(Unreadable::Damaged));
    assert_eq!(read(b"STT;Noi dung"), Err(Unreadable::UnknownType));
}

proptest! {
    /// As the program reads it: on a thread of its own, so that a reader that gives up is an answer too.
    #[test]
    fn a_damaged_file_is_read_or_refused(which in 0..3usize, edits in vec(any::<Edit>(), 1..4)) {
        let bytes = damaged(&samples()[which].1, &edits);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let read = runtime.block_on(super::read(Bytes::from(bytes))).unwrap();
        if let Ok(table) = read {
            prop_assert!(table.entries.len() <= rules().unwrap().limits.rows);
            prop_assert!(table.entries.iter().all(|entry| !entry.words.is_empty()));
        }
    }
}
