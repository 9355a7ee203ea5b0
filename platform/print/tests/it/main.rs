//! What a printed paper promises.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers that fail make their test fail")]

mod fields;
mod letters;
mod papers;
mod samples;
mod tools;
