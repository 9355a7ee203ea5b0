//! Post (bưu chính công ích): papers are fetched from home and results brought there, as applicants choose.

pub mod access;
pub mod actions;
mod api;
pub mod carrier;
pub mod demo;
mod listens;
mod migrations;
pub mod order;
mod pages;
mod paper;
pub mod queries;
mod rules;
mod system;
mod tables;

pub use carrier::{CarrierAt, Carriers};
pub use rules::rules;
pub use system::system;
