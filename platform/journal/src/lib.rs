//! What happened: every change says who did what to which thing, in the transaction of the change itself.
//!
//! The journal is at once the audit trail, the source of events for other systems and the feed of every figure.
//! An entry is written without a position; one sequencer gives committed entries their gap-free place and seals
//! them in a chain of hashes. Readers follow positions only, so an entry that commits late is never skipped.

mod entry;
mod listen;
mod queries;
mod read;
mod seal;
mod verify;

#[cfg(test)]
mod tests;

pub use entry::{Actor, Entry, Thing, record};
pub use listen::{Delivered, Event, Listener, Parked, deliver, parked, retry};
pub use queries::{Line, history, reads_of_person, reads_of_thing};
pub use read::{Read, record_read};
pub use seal::sequence;
pub use verify::{Finding, verify};

/// The journal's own tables.
pub const MIGRATIONS: &[store::Migration] =
    &[store::Migration::new("journal_0001_journal", include_str!("../migrations/0001_journal.sql"))];
