//! Judging a signed PDF: what each signature covers, whether it holds, whose it is, and what happened to the file
//! afterwards.

mod compare;
mod container;
mod coverage;
mod finding;
mod lock;
mod report;

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Document};

pub use finding::{Finding, Verdict};
pub use report::{Changes, Check, Coverage, Report, SignatureReport};

use crate::{
    algorithm::{Hash, SignatureFault},
    anchors::{Anchors, ChainFault},
    certificate::{self, CertificateFault, CertificateSummary},
    form::{self, Field},
    moment,
    revision::{self, PdfError, value},
};
use container::Container;
use coverage::Covered;
use lock::Lock;

/// A file with more signatures than this is not judged: each costs a reading of the whole file.
const MOST_SIGNATURES: usize = 50;
/// A signer's clock may run this far ahead of ours.
const CLOCK_TOLERANCE: chrono::Duration = chrono::Duration::minutes(5);

/// Judges every signature of a PDF. Never fails: what cannot be judged is said in the report.
///
/// `now` is the time of judging, used when a signature claims no time and to catch one that claims a time to come.
pub fn verify(pdf: &[u8], anchors: &Anchors, now: DateTime<Utc>) -> Report {
    let read = revision::open(pdf).and_then(|document| {
        let fields = form::fields(&document)?;
        Ok((document, fields))
    });
    let (document, fields) = match read {
        Ok(read) => read,
        Err(PdfError::Encrypted) => return Report::unread(Finding::Encrypted),
        Err(_) => return Report::unread(Finding::Unreadable),
    };
    let signed: Vec<_> = fields.iter().filter(|field| field.is_signed()).collect();
    if signed.is_empty() {
        return Report::unread(Finding::NoSignature);
    }
    if signed.len() > MOST_SIGNATURES {
        return Report::unread(Finding::TooManySignatures);
    }
    let judge = Judge { pdf, document: &document, anchors, now };
    let mut signatures: Vec<_> = signed.into_iter().map(|field| judge.signature(field)).collect();
    signatures.sort_by_key(SignatureReport::order);
    Report { signatures, findings: Vec::new() }
}

struct Judge<'a> {
    pdf: &'a [u8],
    document: &'a Document,
    anchors: &'a Anchors,
    now: DateTime<Utc>,
}

impl Judge<'_> {
    fn signature(&self, field: &Field) -> SignatureReport {
        let mut report = SignatureReport::new(&field.name);
        let Some(dictionary) = signature_of(self.document, field) else {
            report.findings.push(Finding::MalformedSignature);
            return report;
        };
        report.signed_at = claimed_time(self.document, dictionary);
        let covered = match coverage::of(self.pdf, self.document, dictionary) {
            Ok(covered) => covered,
            Err(fault) => {
                report.integrity = Check::Failed;
                report.findings.push(fault);
                return report;
            }
        };
        self.file_after(field, dictionary, &covered, &mut report);
        match value(self.document, dictionary, b"SubFilter").as_name() {
            Ok(format @ (b"ETSI.CAdES.detached" | b"adbe.pkcs7.detached")) => {
                let must_name_certificate = format == b"ETSI.CAdES.detached";
                match Container::read(&covered.contents) {
                    Ok(container) => {
                        self.container(&container, &covered, must_name_certificate, &mut report);
                    }
                    Err(finding) => report.findings.push(finding),
                }
            }
            _ => report.findings.push(Finding::UnsupportedFormat),
        }
        report
    }

    /// The mathematics, then the person behind it.
    fn container(
        &self,
        container: &Container,
        covered: &Covered<'_>,
        must_name_certificate: bool,
        report: &mut SignatureReport,
    ) {
        report.integrity = match Hash::from_oid(container.digest_algorithm) {
            Ok(hash) if hash.digest(&covered.pieces) == container.message_digest => Check::Passed,
            Ok(_) => report.fail(Finding::DigestMismatch),
            Err(fault) => report.fault(fault),
        };
        report.signature = match container.check_signature() {
            Ok(()) => Check::Passed,
            Err(fault) => report.fault(fault),
        };
        match container.names_its_certificate() {
            Some(false) => report.signature = report.fail(Finding::OtherCertificateMeant),
            None if must_name_certificate => report.findings.push(Finding::CertificateNotBound),
            Some(true) | None => {}
        }
        self.certificate(container, report);
    }

    fn certificate(&self, container: &Container, report: &mut SignatureReport) {
        report.certificate = CertificateSummary::of(&container.signer).ok();
        let at = match report.signed_at {
            Some(at) if at > self.now + CLOCK_TOLERANCE => {
                report.findings.push(Finding::ClaimsFutureTime);
                self.now
            }
            Some(at) => at,
            None => {
                report.findings.push(Finding::NoClaimedTime);
                self.now
            }
        };
        report.certificate_fit = match certificate::may_sign(&container.signer, at) {
            Ok(()) => Check::Passed,
            Err(CertificateFault::NotYetValid { .. }) => report.fail(Finding::CertificateNotYetValid),
            Err(CertificateFault::Expired { .. }) => report.fail(Finding::CertificateExpired),
            Err(CertificateFault::WrongUsage) => report.fail(Finding::CertificateWrongUsage),
            Err(CertificateFault::Unreadable) => report.fail(Finding::CertificateUnreadable),
        };
        let expired_since = certificate::holds_at(&container.signer, self.now).is_err();
        if expired_since && report.certificate_fit == Check::Passed {
            report.findings.push(Finding::CertificateExpiredSince);
        }
        let chain = self.anchors.check_chain(&container.signer, &container.certificates, at);
        report.trust = match chain {
            Ok(()) => Check::Passed,
            Err(ChainFault::UnknownIssuer) => report.undone(Finding::UnknownIssuer),
            Err(ChainFault::UnfitAuthority) => report.undone(Finding::UnfitAuthority),
        };
        report.findings.push(Finding::RevocationNotChecked);
    }

    /// Which revision was signed, and what later revisions did.
    fn file_after(&self, field: &Field, dictionary: &Dictionary, covered: &Covered<'_>, report: &mut SignatureReport) {
        let of = self.document.revision_count();
        if covered.end == self.pdf.len() {
            report.coverage = Some(Coverage::WholeFile);
            report.changes = Changes::None;
            return;
        }
        let Ok(then) = revision::open(&self.pdf[..covered.end]) else {
            report.findings.push(Finding::DamagedRevision);
            return;
        };
        report.coverage = Some(Coverage::Revision { number: then.revision_count(), of });
        // A signature copied into a later field covers bytes in which that field was still empty.
        let signed_then = form::fields(&then)
            .is_ok_and(|fields| fields.iter().any(|earlier| earlier.id == field.id && earlier.is_signed()));
        if !signed_then {
            report.findings.push(Finding::NotInItsRevision);
            return;
        }
        if then.xref_start == self.document.xref_start {
            report.findings.push(Finding::BytesAppended);
            return;
        }
        let comparison = compare::compare(&then, self.document);
        report.changes = comparison.changes;
        report.changed_fields = comparison.touched;
        let locks = Lock::all_of(self.document, dictionary);
        if report.changed_fields.iter().any(|name| locks.iter().any(|lock| lock.forbids(name))) {
            report.findings.push(Finding::LockedFieldChanged);
        }
        match report.changes {
            Changes::None => {}
            Changes::FormOrSignature => report.findings.push(Finding::FormFilledOrSignedAfter),
            Changes::PageContent => report.findings.push(Finding::PageChangedAfter),
            Changes::Unknown => report.findings.push(Finding::UnknownChangesAfter),
        }
    }
}

fn signature_of<'a>(document: &'a Document, field: &Field) -> Option<&'a Dictionary> {
    let field = document.get_dictionary(field.id).ok()?;
    value(document, field, b"V").as_dict().ok()
}

fn claimed_time(document: &Document, signature: &Dictionary) -> Option<DateTime<Utc>> {
    let text = lopdf::decode_text_string(value(document, signature, b"M")).ok()?;
    moment::from_pdf(&text)
}

impl SignatureReport {
    fn fail(&mut self, finding: Finding) -> Check {
        self.findings.push(finding);
        Check::Failed
    }

    fn undone(&mut self, finding: Finding) -> Check {
        self.findings.push(finding);
        Check::NotDone
    }

    fn fault(&mut self, fault: SignatureFault) -> Check {
        match fault {
            SignatureFault::Mismatch => self.fail(Finding::SignatureMismatch),
            SignatureFault::Weak => self.undone(Finding::WeakAlgorithm),
            SignatureFault::Unsupported => self.undone(Finding::UnsupportedAlgorithm),
        }
    }
}
