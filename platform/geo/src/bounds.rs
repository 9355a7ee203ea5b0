use std::ops::RangeInclusive;

use crate::{Place, cover};

/// A part of the map between two parallels and two meridians, edges included, in the units of [`Place`].
/// It never crosses the 180th meridian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub south: i32,
    pub west: i32,
    pub north: i32,
    pub east: i32,
}

impl Bounds {
    pub fn contains(self, place: Place) -> bool {
        (self.south..=self.north).contains(&place.lat) && (self.west..=self.east).contains(&place.lon)
    }

    /// At most `most` ranges (at least one) of [`Place::key`] in ascending order that hold the key of every place in it.
    /// They hold others too: ask [`contains`](Self::contains) of what was found. Eight fit most bounds well; with fewer
    /// than four, bounds across an edge of large tiles may take in much of the map.
    pub fn key_ranges(self, most: usize) -> Vec<RangeInclusive<i64>> {
        cover::ranges(self, most)
    }
}
