use std::ops::RangeInclusive;

use crate::place::{degrees_to_units, from_map, units};
use crate::{Bounds, OutOfRange, Place};

/// The zoom whose cells are the keys of places.
pub const DEEPEST: u8 = 24;

/// One square of the map at zoom `z`, which has 2ᶻ of them in each direction; `x` counts eastward, `y` southward
/// (the scheme of OpenStreetMap).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    pub z: u8,
    pub x: u32,
    pub y: u32,
}

/// The cell of zoom `z` in which a place with that key lies, counted along the Z curve; `z` is at most 24.
pub fn cell(key: i64, z: u8) -> i64 {
    key >> levels_below(z)
}

impl Tile {
    pub(crate) const WHOLE: Self = Self { z: 0, x: 0, y: 0 };

    /// An error for a zoom above 24 and for a column or row that the zoom does not have.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, OutOfRange> {
        if z <= DEEPEST && x.max(y) < (1 << z) { Ok(Self { z, x, y }) } else { Err(OutOfRange) }
    }

    /// The tile in which the place lies; `z` is at most 24.
    pub fn of(place: Place, z: u8) -> Self {
        let z = z.min(DEEPEST);
        let (x, y) = place.on_map();
        Self { z, x: step(x, z), y: step(y, z) }
    }

    /// The tile that [`cell`] numbers so; an error for a number that the zoom does not have.
    pub fn of_cell(cell: i64, z: u8) -> Result<Self, OutOfRange> {
        let number = u64::try_from(cell).map_err(|_| OutOfRange)?;
        if z > DEEPEST || number >> (2 * z) != 0 {
            return Err(OutOfRange);
        }
        Ok(Self { z, x: every_second_bit(number), y: every_second_bit(number >> 1) })
    }

    /// The keys of all places in it.
    pub fn key_range(self) -> RangeInclusive<i64> {
        let below = levels_below(self.z);
        let first = (spread(self.x) | spread(self.y) << 1) << below;
        first..=first + (1 << below) - 1
    }

    /// The smallest bounds, in whole units, that hold every place in it.
    pub fn bounds(self) -> Bounds {
        let (north, west) = self.corner(0.0);
        let (south, east) = self.corner(1.0);
        let [north, west, south, east] = [north, west, south, east].map(degrees_to_units);
        Bounds {
            south: units(south.floor()),
            west: units(west.floor()),
            north: units(north.ceil()),
            east: units(east.ceil()),
        }
    }

    /// Where a figure for the whole tile is drawn.
    pub fn centre(self) -> Place {
        let (lat, lon) = self.corner(0.5);
        Place { lat: units(degrees_to_units(lat).round()), lon: units(degrees_to_units(lon).round()) }
    }

    /// The four tiles of the next zoom, in the order of their keys; none below zoom 24.
    pub(crate) fn quarters(self) -> impl Iterator<Item = Self> {
        let deeper = (self.z < DEEPEST).then_some([(0, 0), (1, 0), (0, 1), (1, 1)]);
        deeper.into_iter().flatten().map(move |(x, y)| Self { z: self.z + 1, x: 2 * self.x + x, y: 2 * self.y + y })
    }

    /// Degrees of the point that lies at this share of its width and height.
    fn corner(self, share: f64) -> (f64, f64) {
        let side = f64::from(1_u32 << self.z);
        from_map((f64::from(self.x) + share) / side, (f64::from(self.y) + share) / side)
    }
}

/// Bits of a key below the cell of this zoom: databases find the cells of many keys by it.
pub fn levels_below(z: u8) -> u8 {
    2 * (DEEPEST - z.min(DEEPEST))
}

/// The column or row of zoom `z` at this share of the map.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of at most 2²⁴; a cast saturates")]
fn step(share: f64, z: u8) -> u32 {
    let count = 1_u32 << z;
    ((share * f64::from(count)) as u32).min(count - 1)
}

/// The bits of `number` with a gap after each: 0b111 becomes 0b10101.
fn spread(number: u32) -> i64 {
    (0..u32::from(DEEPEST)).map(|bit| i64::from(number >> bit & 1) << (2 * bit)).sum()
}

fn every_second_bit(number: u64) -> u32 {
    (0..u32::from(DEEPEST)).map(|bit| u32::from(number >> (2 * bit) & 1 == 1) << bit).sum()
}
