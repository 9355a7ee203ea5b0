use chrono::{DateTime, Utc};
use serde::Serialize;

use super::finding::{Finding, Verdict};
use crate::certificate::CertificateSummary;

/// What is known about a signed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// One entry per signature, oldest revision first.
    pub signatures: Vec<SignatureReport>,
    /// What concerns the file as a whole.
    pub findings: Vec<Finding>,
}

impl Report {
    pub(super) fn unread(finding: Finding) -> Self {
        Self { signatures: Vec::new(), findings: vec![finding] }
    }

    /// As good as the worst signature.
    pub fn verdict(&self) -> Verdict {
        let file = self.findings.iter().map(|finding| finding.verdict());
        let signatures = self.signatures.iter().map(SignatureReport::verdict);
        file.chain(signatures).max().unwrap_or(Verdict::Undetermined)
    }

    /// Whether the newest signature covers every byte of the file.
    pub fn covers_whole_file(&self) -> bool {
        self.signatures.iter().any(|signature| signature.coverage == Some(Coverage::WholeFile))
    }
}

/// What is known about one signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignatureReport {
    /// Full name of its field.
    pub field: String,
    /// The signer and the issuer.
    pub certificate: Option<CertificateSummary>,
    /// The time the signer claims (`/M`); a baseline-B signature does not prove it.
    pub signed_at: Option<DateTime<Utc>>,
    /// How much of the file it covers; `None` when that could not be found out.
    pub coverage: Option<Coverage>,
    /// The covered bytes are the signed ones.
    pub integrity: Check,
    /// The signature value was made by the certificate's key.
    pub signature: Check,
    /// The certificate was in its dates at the claimed time and meant for signing.
    pub certificate_fit: Check,
    /// A path leads to a trusted authority.
    pub trust: Check,
    /// What later revisions did.
    pub changes: Changes,
    /// Names of the form fields filled or signed later.
    pub changed_fields: Vec<String>,
    /// Reasons, in the order they were found.
    pub findings: Vec<Finding>,
}

impl SignatureReport {
    pub(super) fn new(field: &str) -> Self {
        Self {
            field: field.to_owned(),
            certificate: None,
            signed_at: None,
            coverage: None,
            integrity: Check::NotDone,
            signature: Check::NotDone,
            certificate_fit: Check::NotDone,
            trust: Check::NotDone,
            changes: Changes::Unknown,
            changed_fields: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The worst its findings allow.
    pub fn verdict(&self) -> Verdict {
        self.findings.iter().map(|finding| finding.verdict()).max().unwrap_or(Verdict::Undetermined)
    }

    /// Whether the verifier found this.
    pub fn found(&self, finding: Finding) -> bool {
        self.findings.contains(&finding)
    }

    /// Oldest revision first, then unknown ones.
    pub(super) fn order(&self) -> (usize, String) {
        let revision = match self.coverage {
            Some(Coverage::Revision { number, .. }) => number,
            Some(Coverage::WholeFile) => usize::MAX - 1,
            None => usize::MAX,
        };
        (revision, self.field.clone())
    }
}

/// The result of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Looked at and right.
    Passed,
    /// Looked at and wrong.
    Failed,
    /// Could not be looked at, or without result.
    NotDone,
}

impl Check {
    /// The text that says it.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Passed => "sign-check-passed",
            Self::Failed => "sign-check-failed",
            Self::NotDone => "sign-check-not-done",
        }
    }
}

/// How much of the file a signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// Every byte but its own value.
    WholeFile,
    /// All of an earlier revision.
    Revision {
        /// The revision, from 1.
        number: usize,
        /// How many revisions the file has.
        of: usize,
    },
}

/// What happened to the file after a signature, from harmless to unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Changes {
    /// Nothing.
    None,
    /// Only fields were filled or signed that stood there, or signature fields added.
    FormOrSignature,
    /// What the pages show was changed.
    PageContent,
    /// Something that could not be classified.
    Unknown,
}

impl Changes {
    /// The text that says it.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::None => "sign-changes-none",
            Self::FormOrSignature => "sign-changes-form-or-signature",
            Self::PageContent => "sign-changes-page-content",
            Self::Unknown => "sign-changes-unknown",
        }
    }
}
