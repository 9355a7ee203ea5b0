mod fuzz;

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;

use crate::{FileKind, Files, Limits, Place, Rejected};

fn files(size: u64) -> (Files, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(&Place::Disk(folder.path().join("files")), Limits { size }).unwrap();
    (files, folder)
}

fn pieces(content: &[u8], length: usize) -> stream::Iter<std::vec::IntoIter<Result<Bytes, Infallible>>> {
    let pieces: Vec<_> = content.chunks(length.max(1)).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    stream::iter(pieces)
}

fn pdf(length: usize) -> Vec<u8> {
    let mut content = b"%PDF-1.7\n".to_vec();
    content.resize(length, b' ');
    content
}

#[tokio::test]
async fn a_file_lies_under_its_hash_as_it_is() {
    let (files, folder) = files(1 << 20);
    let content = pdf(100_000);
    let stored = files.receive(pieces(&content, 700)).await.unwrap();
    assert_eq!((stored.size, stored.mime.as_str()), (100_000, "application/pdf"));
    assert_eq!(std::fs::read(folder.path().join("files").join(&stored.hash)).unwrap(), content);
    assert_eq!(files.read(&stored.hash).await.unwrap(), content);
    // The same paper again is the same file.
    assert_eq!(files.keep(Bytes::from(content), FileKind::Pdf).await.unwrap(), stored);
}

#[tokio::test]
async fn what_is_too_large_empty_broken_or_a_program_leaves_nothing() {
    let (files, folder) = files(10_000);
    assert!(matches!(files.receive(pieces(&pdf(10_001), 512)).await, Err(Rejected::TooLarge(10_000))));
    assert!(matches!(files.receive(pieces(b"", 1)).await, Err(Rejected::Empty)));
    let mut program = b"\x7fELF\x02\x01\x01".to_vec();
    program.resize(9000, 0);
    assert!(matches!(files.receive(pieces(&program, 512)).await, Err(Rejected::UnknownType)));
    assert!(matches!(files.receive(pieces(b"MZ this is no paper", 5)).await, Err(Rejected::UnknownType)));
    let broken = stream::iter(vec![Ok(Bytes::from(pdf(5000))), Err("gone")]);
    assert!(matches!(files.receive(broken).await, Err(Rejected::BrokenOff)));
    let left: Vec<_> = std::fs::read_dir(folder.path().join("files"))
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_file())
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
