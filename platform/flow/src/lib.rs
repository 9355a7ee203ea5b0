//! Cases: processes as data, steps, assignment, sub-cases and the inbox.

pub mod process;
