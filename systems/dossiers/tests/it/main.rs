//! Dossiers as a whole: their actions on both databases, in any order.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of a test that cannot go on has failed the test")]

mod acts;
mod apologies;
mod colleagues;
mod late_parts;
mod picture;
mod procedures;
mod province;
mod reorganised;
mod sequences;
