//! The whole program, as people and machines meet it: in this process where that is enough, as the real binary where
//! it is about processes, folders and exit codes.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper of a test that cannot go on has failed the test"
)]

mod access;
mod binary;
mod browser;
mod crash;
mod decreed;
mod disk;
mod figures;
mod folder;
mod moving;
mod province;
mod reorganised;
mod reorganised_in_pieces;
mod sealed;
mod simulated;
mod things;
mod verify;
