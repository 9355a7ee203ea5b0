//! What systems say to each other: events in the journal and small questions. Nothing else crosses a system's wall.

pub mod crossing;
pub mod events;
pub mod figures;
pub mod questions;

pub use questions::{Answer, Questions};
