//! What forms promise, seen from outside, on the example of a birth registration.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests fail like tests")]

mod accept;
mod birth;
mod declare;
mod drafts;
mod fuzz;
mod html;
mod pages;
mod round_trip;
mod texts;
