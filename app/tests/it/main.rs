//! The whole program, as people and machines meet it: in this process where that is enough, as the real binary where
//! it is about processes, folders and exit codes.

#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on has failed the test")]

mod access;
mod browser;
mod province;
mod things;
