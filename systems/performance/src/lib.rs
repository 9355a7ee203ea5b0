//! Chỉ số phục vụ: every figure about dossiers, from the rows that did the work.

pub mod access;
pub mod actions;
mod announced;
pub mod fact;
#[cfg(test)]
mod fixture;
pub mod grain;
mod indicator;
mod listens;
pub mod measure;
mod migrations;
mod pages;
pub mod period;
pub mod queries;
pub mod report;
mod rules;
mod system;
mod tables;
mod term;
#[cfg(test)]
mod tests;

pub use rules::rules;
pub use system::system;
