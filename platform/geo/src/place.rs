use std::f64::consts::{PI, TAU};

use crate::tile::{DEEPEST, Tile};
use crate::{Bounds, OutOfRange};

/// Units of [`Place`] in a degree.
const UNITS: f64 = 1e7;

/// The parallel at which the map of Web Mercator becomes a square, in degrees.
pub(crate) const NORTHMOST: f64 = 85.051_128_7;

/// Mean radius of the Earth, in metres (IUGG).
const EARTH: f64 = 6_371_008.8;

/// A point on the ground in units of 10⁻⁷ degrees (about one centimetre), WGS 84 (EPSG:4326).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub lat: i32,
    pub lon: i32,
}

impl Place {
    /// `lat` and `lon` in degrees, rounded to the unit; an error for what is not on the map.
    pub fn new(lat: f64, lon: f64) -> Result<Self, OutOfRange> {
        if (-NORTHMOST..=NORTHMOST).contains(&lat) && (-180.0..=180.0).contains(&lon) {
            Ok(Self { lat: units((lat * UNITS).round()), lon: units((lon * UNITS).round()) })
        } else {
            Err(OutOfRange)
        }
    }

    pub fn lat_degrees(self) -> f64 {
        f64::from(self.lat) / UNITS
    }

    pub fn lon_degrees(self) -> f64 {
        f64::from(self.lon) / UNITS
    }

    /// Quadkey: the number of the cell of zoom 24 in which the place lies (48 bits, about 2 m wide), counted along the Z curve.
    /// The leading bits are the cell of every smaller zoom, see [`cell`](crate::cell).
    pub fn key(self) -> i64 {
        *Tile::of(self, DEEPEST).key_range().start()
    }

    /// Distance along the surface, in metres, on a sphere: at most 0.6 % off the ellipsoid.
    pub fn metres_to(self, other: Self) -> f64 {
        let [lat, other_lat] = [self, other].map(|place| place.lat_degrees().to_radians());
        let half_lon = (other.lon_degrees() - self.lon_degrees()).to_radians() / 2.0;
        let haversine = ((other_lat - lat) / 2.0).sin().powi(2) + lat.cos() * other_lat.cos() * half_lon.sin().powi(2);
        2.0 * EARTH * haversine.min(1.0).sqrt().asin()
    }

    /// The smallest bounds that hold every place within that distance. They end at the edge of the map and at the 180th
    /// meridian and do not go on behind it.
    pub fn around(self, metres: f64) -> Bounds {
        let angle = metres / EARTH;
        let sideways = angle.min(PI / 2.0).sin() / self.lat_degrees().to_radians().cos();
        // From there on a pole lies within, and with it every meridian.
        let aside = if sideways < 1.0 { sideways.asin() } else { TAU };
        let [up, aside] = [angle, aside].map(|angle| angle.to_degrees() * UNITS);
        Bounds {
            south: units((f64::from(self.lat) - up).floor().max((-NORTHMOST * UNITS).floor())),
            west: units((f64::from(self.lon) - aside).floor().max(-180.0 * UNITS)),
            north: units((f64::from(self.lat) + up).ceil().min((NORTHMOST * UNITS).ceil())),
            east: units((f64::from(self.lon) + aside).ceil().min(180.0 * UNITS)),
        }
    }

    /// Where it lies on the square map, each share in 0..=1 from the north-west corner.
    pub(crate) fn on_map(self) -> (f64, f64) {
        let lat = self.lat_degrees().to_radians();
        (self.lon_degrees() / 360.0 + 0.5, 0.5 - lat.tan().asinh() / TAU)
    }
}

/// Degrees of the point of the square map at these shares.
pub(crate) fn from_map(x: f64, y: f64) -> (f64, f64) {
    (((0.5 - y) * TAU).sinh().atan().to_degrees(), (x - 0.5) * 360.0)
}

/// The whole number as the fields hold it; callers have rounded and know its range.
#[expect(clippy::cast_possible_truncation, reason = "180° are 1.8·10⁹ units; a cast saturates beyond")]
pub(crate) fn units(whole: f64) -> i32 {
    whole as i32
}

pub(crate) fn degrees_to_units(degrees: f64) -> f64 {
    degrees * UNITS
}
