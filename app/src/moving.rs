//! Moving house: copies of a whole province, and moving one between databases.
//!
//! A copy is a ZIP archive of the rows of all tables as text, and of the data folder with files and keys; `about.json` says what
//! has to be in it. It is made from one snapshot while the program runs, and goes into either database. Whoever has a copy
//! has the province: it is written for its owner alone.

mod archive;
mod backup;
mod databases;
mod drill;
mod restore;

pub(crate) use backup::backup;
pub(crate) use databases::move_data;
pub(crate) use drill::drill;
pub(crate) use restore::restore;

/// Rows that are written with one call.
const BATCH: usize = 500;

/// What a table held when it was read, by which it is compared.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Held {
    name: String,
    rows: u64,
    /// See [`store::portable::Digest`].
    sha256: String,
}
