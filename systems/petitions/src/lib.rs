//! Voter petitions (kiến nghị cử tri): collected around meetings of elected bodies, classified, joined, assigned, answered in
//! public against the clock, and followed up until they are done.

pub mod access;
pub mod actions;
pub mod collected;
pub mod demo;
pub mod import;
mod listens;
pub mod meeting;
mod migrations;
mod pages;
pub mod petition;
pub mod queries;
pub mod report;
pub mod rules;
mod system;
mod tables;
pub mod twins;

pub use system::system;
