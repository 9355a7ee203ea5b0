//! Files as anybody may send them to be checked.

use std::sync::LazyLock;

use base::testing::{Edit, damaged};
use proptest::collection::vec;
use proptest::prelude::*;
use sign::{Anchors, Paper, Verdict, verify};

use crate::support::{self, People, minutes, morning};

/// An issued paper, and who is trusted.
static ISSUED: LazyLock<(Vec<u8>, Anchors)> = LazyLock::new(|| {
    let people = People::new();
    (support::issued(&people).into_bytes(), people.anchors())
});

fn judged(bytes: &[u8]) -> bool {
    let report = verify(bytes, &ISSUED.1, morning() + minutes(60));
    if let Ok(paper) = Paper::open(bytes.to_vec()) {
        // Either has a stage or says why not; nothing of it is written.
        drop(paper.stage());
        assert_eq!(paper.bytes(), bytes);
    }
    report.verdict() == Verdict::Valid && report.covers_whole_file()
}

proptest! {
    #[test]
    fn no_file_is_worse_than_unreadable(head in proptest::sample::select(vec!["", "%PDF-1.7\n", "%PDF-2.0\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"]), bytes in vec(any::<u8>(), 0..600)) {
        let file = [head.as_bytes(), &bytes].concat();
        prop_assert!(!judged(&file));
    }

    #[test]
    fn a_paper_taken_apart_and_put_together_again_is_no_longer_whole(edits in vec(any::<Edit>(), 1..10)) {
        let file = damaged(&ISSUED.0, &edits);
        // Of the signature's own value only the room behind it is free to say anything.
        let same_length = file.len() == ISSUED.0.len();
        prop_assert!(!judged(&file) || same_length);
    }

    #[test]
    fn trusted_authorities_are_read_or_refused(pem in "(-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]{0,200}-----END CERTIFICATE-----\n){0,2}\\PC{0,20}") {
        drop(Anchors::from_pem(&pem));
    }
}

#[test]
fn an_empty_file_of_authorities_is_refused() {
    for empty in ["", "\n", " \r\n"] {
        assert!(Anchors::from_pem(empty).is_err(), "{empty:?}");
    }
}
