//! Digital signatures on papers: PAdES signing in the order Vietnamese records law asks for, and a verifier that says
//! why it believes or does not believe a signed PDF.
//!
//! A paper walks one road, each step an appended revision of the same file (nothing written is ever rewritten):
//! [`Paper::prepare`] adds the form, [`Paper::sign_personal`] the competent person's signature,
//! [`Paper::fill_number_and_date`] the number of record, [`Paper::sign_agency`] the agency's signature, always last
//! (Decree 30/2020/NĐ-CP, article 13 and appendix I). [`verify`] judges any signed PDF, ours or a citizen's.
//!
//! [`Keyring`] knows whose key signs: it gives the [`Signer`] of a person or an agency, and the page of [`system()`]
//! judges what anybody uploads by the authorities it trusts.

pub mod actions;
mod algorithm;
mod anchors;
mod appearance;
mod cades;
mod certificate;
mod check;
pub mod demo;
mod enrolled;
mod form;
mod holder;
mod keyring;
mod moment;
mod pages;
mod paper;
mod placeholder;
pub mod queries;
mod refusal;
mod revision;
mod signer;
mod system;
mod verify;

pub use actions::RevocationReason;
pub use anchors::{Anchors, ChainFault};
pub use appearance::{Drawing, DrawingError, Layer, Rect};
pub use certificate::{Certificate, CertificateFault, CertificateSummary, may_sign};
pub use check::{FileCheck, SignatureCheck, check_file};
pub use enrolled::{Enrolled, KeyPlace};
pub use holder::Holder;
pub use keyring::{Keyring, NotReady, ReadyKey};
pub use paper::{Entry, Error, Layout, Paper, Place, Stage};
pub use refusal::{KeyFault, Refusal};
pub use revision::PdfError;
pub use signer::{Signer, SignerError, SoftKey, Token, TokenModule};
pub use system::system;
pub use verify::{Changes, Check, Coverage, Finding, Report, SignatureReport, Verdict, verify};

/// The signatures' own tables.
pub const MIGRATIONS: &[store::Migration] =
    &[store::Migration::new("sign_0001_certificates", include_str!("../migrations/0001_certificates.sql"))];

/// What the page and the command line say.
pub const TEXTS: &[::system::Texts] =
    &[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))];
