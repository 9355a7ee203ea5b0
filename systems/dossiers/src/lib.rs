//! Dossiers (hồ sơ thủ tục hành chính): filed on the portal or at the desk, worked by agencies against the clock,
//! returned as a signed result. The portal and the desk are two faces of this one system.

pub mod access;
pub mod actions;
mod api;
pub mod apology;
pub mod behalf;
pub mod consent;
pub mod declared;
pub mod demo;
pub mod dossier;
mod filing;
mod found;
mod held;
mod listens;
mod migrations;
mod online_check;
pub mod pages;
pub mod paper;
pub mod queries;
mod rules;
pub mod slip;
mod supplement;
mod system;
mod tables;

pub use api::openapi;
pub use system::system;
