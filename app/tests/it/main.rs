//! The whole program, as people and machines meet it: in this process where that is enough, as the real binary where
//! it is about processes, folders and exit codes.

mod access;
mod browser;
mod province;
mod things;
