//! A judged file, ready to be shown: on the page, by the command line, as JSON.

use std::fmt::Write as _;

use base::Now;
use chrono::{DateTime, Utc};
use serde::Serialize;
use web::{Lang, Texts};

use crate::anchors::Anchors;
use crate::verify::{Coverage, Finding, SignatureReport, Verdict, verify};

/// What is known about a signed file, verdicts included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileCheck {
    /// As good as the worst signature.
    pub verdict: Verdict,
    /// Whether a signature covers every byte of the file.
    pub covers_whole_file: bool,
    /// What concerns the file as a whole.
    pub findings: Vec<Finding>,
    /// Oldest revision first.
    pub signatures: Vec<SignatureCheck>,
}

/// What is known about one signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignatureCheck {
    /// The worst its findings allow.
    pub verdict: Verdict,
    #[serde(flatten)]
    pub report: SignatureReport,
}

/// Judges a file without a database: whether a certificate was revoked here stays unknown. [`crate::Keyring::check`] knows it.
pub fn check_file(pdf: &[u8], anchors: &Anchors, now: Now) -> FileCheck {
    let report = verify(pdf, anchors, now.utc());
    FileCheck {
        verdict: report.verdict(),
        covers_whole_file: report.covers_whole_file(),
        signatures: report
            .signatures
            .into_iter()
            .map(|report| SignatureCheck { verdict: report.verdict(), report })
            .collect(),
        findings: report.findings,
    }
}

impl FileCheck {
    /// Serial numbers of the signers' certificates.
    pub(crate) fn serials(&self) -> Vec<&str> {
        let told = self.signatures.iter().filter_map(|signature| signature.report.certificate.as_ref());
        told.map(|certificate| certificate.serial.as_str()).collect()
    }

    /// Takes in that this certificate was revoked at `at`.
    pub(crate) fn revoked(&mut self, issuer: &str, serial: &str, at: DateTime<Utc>) {
        for signature in &mut self.signatures {
            let report = &mut signature.report;
            let meant = report.certificate.as_ref().is_some_and(|told| told.issuer == issuer && told.serial == serial);
            if meant {
                // The claimed time proves nothing: whoever has the key can write an earlier one.
                let before = report.signed_at.is_some_and(|signed| signed < at);
                report.findings.retain(|finding| *finding != Finding::RevocationNotChecked);
                report.findings.push(if before {
                    Finding::CertificateRevokedSince
                } else {
                    Finding::CertificateRevoked
                });
                signature.verdict = report.verdict();
                self.verdict = self.verdict.max(signature.verdict);
            }
        }
    }

    /// The report as lines of text, for a terminal.
    pub fn told(&self, texts: &Texts, lang: Lang) -> String {
        let text = |key: &str| texts.get(lang, key);
        let mut lines = text(self.verdict.text_key());
        for finding in &self.findings {
            push(&mut lines, 1, &text(finding.text_key()));
        }
        for (place, signature) in self.signatures.iter().enumerate() {
            let report = &signature.report;
            let row = |key: &str, value: &str| format!("{}: {value}", text(key));
            let title = texts.with(lang, "sign-signature", &[("number", (place + 1).to_string())]);
            push(&mut lines, 0, &format!("{title}: {}", text(signature.verdict.text_key())));
            if let Some(certificate) = &report.certificate {
                push(&mut lines, 1, &row("sign-signer", &certificate.subject));
                push(&mut lines, 1, &row("sign-issuer", &certificate.issuer));
            }
            if let Some(at) = report.signed_at {
                push(&mut lines, 1, &row("sign-signed-at", &web::moment(lang, at)));
            }
            if let Some(coverage) = report.coverage {
                let (key, parameters) = coverage.text();
                push(&mut lines, 1, &row("sign-coverage", &texts.with(lang, key, &parameters)));
            }
            push(&mut lines, 1, &row("sign-changes", &text(report.changes.text_key())));
            if !report.changed_fields.is_empty() {
                push(&mut lines, 1, &row("sign-changed-fields", &report.changed_fields.join(", ")));
            }
            for finding in &report.findings {
                push(&mut lines, 1, &format!("- {}", text(finding.text_key())));
            }
        }
        lines
    }
}

fn push(lines: &mut String, depth: usize, line: &str) {
    // Writing to a String cannot fail. Control characters of a forged name must not steer the reader's terminal.
    let _ = write!(lines, "\n{}{}", "  ".repeat(depth), line.replace(char::is_control, " "));
}

impl Coverage {
    /// The text that says it, and its parameters.
    fn text(self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::WholeFile => ("sign-coverage-whole-file", Vec::new()),
            Self::Revision { number, of } => {
                ("sign-coverage-revision", vec![("number", number.to_string()), ("of", of.to_string())])
            }
        }
    }
}
