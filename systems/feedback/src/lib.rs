//! Feedback (phản ánh, kiến nghị): what people report from the field, of regulations and of the conduct of officials, and
//! how agencies answer it in public against the clock.

pub mod access;
pub mod actions;
mod api;
pub mod demo;
mod listens;
mod migrations;
mod pages;
pub mod queries;
pub mod report;
pub mod rules;
mod system;
mod tables;

pub use system::system;
