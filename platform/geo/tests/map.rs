//! What a place, its key and its tiles promise.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use geo::{Bounds, DEEPEST, OutOfRange, Place, Tile, cell};
use proptest::prelude::*;

fn place(lat: f64, lon: f64) -> Place {
    Place::new(lat, lon).unwrap()
}

const NHA_TRANG: (f64, f64) = (12.2388, 109.1967);

fn any_place() -> impl Strategy<Value = Place> {
    (-85.05..=85.05, -180.0..=180.0).prop_map(|(lat, lon): (f64, f64)| place(lat, lon))
}

/// Bounds from some metres to the whole map.
fn any_bounds() -> impl Strategy<Value = Bounds> {
    (any_place(), 0.0..7.3_f64).prop_map(|(place, size)| place.around(10_f64.powf(size)))
}

/// A place within the bounds: shares of their height and width.
fn within(bounds: Bounds, up: f64, aside: f64) -> Place {
    let between = |low: i32, high: i32, share: f64| {
        let [low, high] = [low, high].map(f64::from);
        (low + (high - low) * share) / 1e7
    };
    place(between(bounds.south, bounds.north, up).clamp(-85.05, 85.05), between(bounds.west, bounds.east, aside))
}

#[test]
fn only_what_the_map_can_show_is_a_place() {
    for (lat, lon) in [(90.0, 0.0), (-85.06, 0.0), (0.0, 180.1), (109.2, 12.2), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
        assert_eq!(Place::new(lat, lon), Err(OutOfRange), "{lat} {lon}");
    }
    assert_eq!(place(12.238_791_16, -180.0), Place { lat: 122_387_912, lon: -1_800_000_000 });
}

#[test]
fn distances_are_those_of_the_ground() {
    let nha_trang = place(NHA_TRANG.0, NHA_TRANG.1);
    for (to, metres) in [
        // A degree of a meridian on the mean sphere; Hà Nội and Thành phố Hồ Chí Minh as the geodesic on WGS 84.
        (place(NHA_TRANG.0 + 1.0, NHA_TRANG.1), 111_195.0),
        (place(21.0285, 105.8542), 1_035_886.0),
        (place(10.7769, 106.7009), 316_676.0),
    ] {
        let measured = nha_trang.metres_to(to);
        assert!((measured / metres - 1.0).abs() < 0.006, "{measured} m and not {metres} m");
    }
    assert!(nha_trang.metres_to(nha_trang).abs() < f64::EPSILON);
}

#[test]
fn tiles_are_numbered_as_everybody_does() {
    let ha_noi = place(21.0285, 105.8542);
    assert_eq!(Tile::of(ha_noi, 0), Tile { z: 0, x: 0, y: 0 });
    assert_eq!(Tile::of(ha_noi, 10), Tile { z: 10, x: 813, y: 450 });
    assert_eq!(Tile::new(3, 8, 0), Err(OutOfRange));
    assert_eq!(Tile::new(DEEPEST + 1, 0, 0), Err(OutOfRange));
    assert_eq!(Tile::of_cell(4, 1), Err(OutOfRange));
    assert_eq!(Tile::of_cell(-1, 24), Err(OutOfRange));
    // North-west, north-east, south-west, south-east: the order along the Z.
    let quarters = [0, 1, 2, 3].map(|cell| Tile::of_cell(cell, 1).map(|tile| (tile.x, tile.y)));
    assert_eq!(quarters, [Ok((0, 0)), Ok((1, 0)), Ok((0, 1)), Ok((1, 1))]);
}

#[test]
fn fifty_metres_are_few_ranges_and_little_else() {
    let bounds = place(NHA_TRANG.0, NHA_TRANG.1).around(50.0);
    let ranges = bounds.key_ranges(8);
    assert!(ranges.len() <= 8);
    let cells: i64 = ranges.iter().map(|range| range.end() - range.start() + 1).sum();
    let side = 100.0 / (40_075_016.0 * NHA_TRANG.0.to_radians().cos() / f64::from(1 << DEEPEST));
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let exceeds = cells as f64 / (side * side);
    assert!((1.0..3.0).contains(&exceeds), "{exceeds} times the area asked for");
}

#[test]
fn the_whole_map_is_one_range() {
    let everything = place(0.0, 0.0).around(3e7);
    assert_eq!(everything.key_ranges(8), [Tile::new(0, 0, 0).unwrap().key_range()]);
}

proptest! {
    #[test]
    fn a_cover_never_misses_a_place(bounds in any_bounds(), up in 0.0..=1.0, aside in 0.0..=1.0, most in 0_usize..20) {
        let place = within(bounds, up, aside);
        let ranges = bounds.key_ranges(most);
        prop_assert!(!bounds.contains(place) || ranges.iter().any(|range| range.contains(&place.key())), "{ranges:?}");
    }

    #[test]
    fn a_cover_is_short_ascending_and_apart(bounds in any_bounds(), most in 0_usize..20) {
        let ranges = bounds.key_ranges(most);
        prop_assert!((1..=most.max(1)).contains(&ranges.len()));
        prop_assert!(ranges.iter().all(|range| range.start() <= range.end()));
        prop_assert!(ranges.windows(2).all(|pair| pair[0].end() + 1 < *pair[1].start()));
    }

    #[test]
    fn a_tile_holds_the_places_it_is_of(place in any_place(), z in 0..=DEEPEST) {
        let tile = Tile::of(place, z);
        prop_assert!(tile.bounds().contains(place), "{tile:?} {:?}", tile.bounds());
        prop_assert!(tile.key_range().contains(&place.key()));
        prop_assert_eq!(Tile::new(tile.z, tile.x, tile.y), Ok(tile));
        prop_assert_eq!(Tile::of(tile.centre(), z), tile);
    }

    #[test]
    fn cells_nest_in_the_order_of_keys(place in any_place(), other in any_place(), z in 0..DEEPEST) {
        let tile = Tile::of(place, z);
        prop_assert_eq!(Tile::of_cell(cell(place.key(), z), z), Ok(tile));
        let (outer, inner) = (tile.key_range(), Tile::of(place, z + 1).key_range());
        prop_assert!(outer.start() <= inner.start() && inner.end() <= outer.end());
        prop_assert_eq!(inner.end() - inner.start() + 1, (outer.end() - outer.start() + 1) / 4);
        // Whoever lies in another cell lies on the same side of all of this one.
        let together = Tile::of(other, z) == tile;
        prop_assert_eq!(together, outer.contains(&other.key()));
        prop_assert_eq!(cell(place.key(), z).cmp(&cell(other.key(), z)).is_lt(), !together && place.key() < other.key());
    }

    #[test]
    fn what_is_near_lies_around(place in any_place(), size in 0.0..7.4_f64, up in -1.0..=1.0_f64, aside in -1.0..=1.0_f64) {
        let metres = 10_f64.powf(size);
        // About twice as far as asked for, so that both sides of the edge are tried.
        let degrees = 2.0 * metres / 111_195.0;
        // The shorter way must not lead across the 180th meridian, where bounds end.
        let aside = (aside * degrees).clamp(-180.0, 180.0);
        let Ok(other) = Place::new(place.lat_degrees() + up * degrees, place.lon_degrees() + aside) else { return Ok(()) };
        prop_assert!(place.metres_to(other) > metres || place.around(metres).contains(other));
    }

    #[test]
    fn distance_is_the_same_both_ways_and_a_detour_is_longer(a in any_place(), b in any_place(), c in any_place()) {
        prop_assert!((a.metres_to(b) - b.metres_to(a)).abs() < 1e-6);
        prop_assert!(a.metres_to(c) <= a.metres_to(b) + b.metres_to(c) + 1e-3);
    }
}
