//! Petition letters (đơn thư): complaints, denunciations, petitions and remarks, from intake to decision; who denounces is
//! sealed so that only officers appointed for it can read it.

pub mod access;
pub mod actions;
pub mod demo;

pub mod given;
pub mod letter;
mod listens;
mod migrations;
mod pages;
mod papers;
pub mod queries;
pub mod rules;
mod seal;
mod system;
mod tables;

pub use system::system;
