//! Content-addressed uploads and papers, on disk or in S3.
//!
//! A file is named by the SHA-256 of its bytes, so the same paper is kept once and none can be changed unseen.
//! Bytes arrive before the row that names them: a file nobody names is swept, a row never names a missing file.

mod kind;
mod storage;
#[cfg(test)]
mod tests;

pub use kind::{FileKind, sniff};
pub use storage::{Files, Limits, Place, Rejected, Stored};
