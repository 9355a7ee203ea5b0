//! What the system is for, in one sentence. Its table of contents is [`system()`].

pub mod access;
pub mod actions;
mod migrations;
mod pages;
pub mod queries;
mod sample;
mod system;

pub use migrations::MIGRATIONS;
pub use sample::{NewSample, Sample};
pub use system::system;
