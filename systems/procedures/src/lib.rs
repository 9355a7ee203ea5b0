//! Administrative procedures (thủ tục hành chính): the packages they are written as, the catalogue of published versions,
//! and the portal's public pages over it.

pub mod access;
pub mod actions;
mod answer;
mod api;
mod catalogue;
pub mod draft;
mod edit;
pub mod exchange;
mod migrations;
pub mod package;
mod pages;
mod picture;
mod procedure;
mod published;
mod queries;
mod rendered;
mod system;
mod tables;

#[cfg(test)]
mod tests;

pub use api::openapi;
pub use catalogue::Catalogue;
pub use migrations::MIGRATIONS;
pub use package::{Finding, Package, check};
pub use procedure::{Line, Standing, Version};
pub use system::system;
