//! Whose signature it is, and whether that person could sign then.

use sign::{Anchors, Check, Finding, Verdict, verify};

use crate::support::{self, People, morning};

#[test]
fn a_stranger_s_authority_leaves_it_undetermined() {
    let people = People::new();
    let stranger = People::new();
    let signed = support::signed(&people);
    for anchors in [stranger.anchors(), Anchors::default()] {
        let report = verify(signed.bytes(), &anchors, morning());
        assert_eq!(report.verdict(), Verdict::Undetermined);
        assert_eq!(report.signatures[0].integrity, Check::Passed);
        assert_eq!(report.signatures[0].trust, Check::NotDone);
        assert!(report.signatures[0].found(Finding::UnknownIssuer));
    }
}

#[test]
fn a_certificate_that_expired_later_still_counts_for_its_time() {
    let people = People::new();
    let signed = support::signed(&people);
    let report = verify(signed.bytes(), &people.anchors(), morning() + chrono::Days::new(4000));
    assert_eq!(report.verdict(), Verdict::Valid, "{report:#?}");
    assert!(report.signatures[0].found(Finding::CertificateExpiredSince));
}

#[test]
fn a_signature_from_the_future_is_not_believed() {
    let people = People::new();
    let signed = support::signed(&people);
    let report = verify(signed.bytes(), &people.anchors(), morning() - support::minutes(60));
    assert_eq!(report.verdict(), Verdict::Undetermined);
    assert!(report.signatures[0].found(Finding::ClaimsFutureTime));
}
