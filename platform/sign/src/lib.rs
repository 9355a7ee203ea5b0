//! Digital signatures on papers: PAdES signing in the order Vietnamese records law asks for, and a verifier that says
//! why it believes or does not believe a signed PDF.
//!
//! A paper walks one road, each step an appended revision of the same file (nothing written is ever rewritten):
//! [`Paper::prepare`] adds the form, [`Paper::sign_personal`] the competent person's signature,
//! [`Paper::fill_number_and_date`] the number of record, [`Paper::sign_agency`] the agency's signature, always last
//! (Decree 30/2020/NĐ-CP, article 13 and appendix I). [`verify`] judges any signed PDF, ours or a citizen's.

mod algorithm;
mod anchors;
mod appearance;
mod cades;
mod certificate;
pub mod demo;
mod form;
mod moment;
mod paper;
mod placeholder;
mod revision;
mod signer;
mod verify;

pub use anchors::{Anchors, ChainFault};
pub use appearance::{Drawing, DrawingError, Layer, Rect};
pub use certificate::{Certificate, CertificateFault, CertificateSummary, may_sign};
pub use paper::{Entry, Error, Layout, Paper, Place, Stage};
pub use revision::PdfError;
pub use signer::{Signer, SignerError, SoftKey, Token, TokenModule};
pub use verify::{Changes, Check, Coverage, Finding, Report, SignatureReport, Verdict, verify};
