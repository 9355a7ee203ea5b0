//! Queues at one-stop desks (xếp hàng lấy số): tickets drawn at a kiosk or on a telephone, called to counters, shown on a screen.

pub mod access;
pub mod actions;
pub mod booking;
pub mod demo;
pub mod desk;
mod migrations;
mod pages;
pub mod queries;
mod rules;
mod system;
mod tables;
pub mod ticket;

pub use system::system;
