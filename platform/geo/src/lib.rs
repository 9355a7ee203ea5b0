//! Places on the map and how a database finds them by one indexed integer. Pure; no I/O.
//!
//! A [`Place`] has a [`key`](Place::key) along a curve that fills the map, so that everything in a [`Tile`] is one range of
//! keys and everything within [`Bounds`] is a few. Both databases answer such ranges from a plain index.

mod bounds;
mod cover;
mod place;
mod tile;

pub use bounds::Bounds;
pub use place::Place;
pub use tile::{DEEPEST, Tile, cell, levels_below};

/// A number that is no place on the map: it is no number, or lies outside what Web Mercator (EPSG:3857) can show,
/// 85.0511° south to north and 180° west to east, or names a tile its zoom does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this lies outside the map")]
pub struct OutOfRange;
