//! The national public service portal (Cổng Dịch vụ công quốc gia): what dossiers become there, and what is filed there.

pub mod access;
pub mod actions;
mod api;
pub mod demo;
mod listens;
pub mod message;
mod migrations;
mod pages;
pub mod portal;
pub mod queries;
mod system;
mod tables;

pub use portal::{PortalAt, Portals};
pub use system::system;
