use std::ops::RangeInclusive;

use crate::tile::DEEPEST;
use crate::{Bounds, Place, Tile};

/// See [`Bounds::key_ranges`].
///
/// Tiles on the edge are divided, zoom by zoom, until they make far more ranges than wanted; then the smallest gaps are
/// given up. Dividing first shows which gaps are worth keeping.
pub(crate) fn ranges(bounds: Bounds, most: usize) -> Vec<RangeInclusive<i64>> {
    let most = most.max(1);
    let area = Area::of(bounds);
    let mut tiles = vec![Tile::WHOLE];
    let mut ranges = joined(&tiles);
    for _ in 0..DEEPEST {
        tiles = tiles.into_iter().flat_map(|tile| area.divided(tile)).collect();
        ranges = joined(&tiles);
        if ranges.len() > 4 * most {
            break;
        }
    }
    while ranges.len() > most {
        let gap = |pair: usize| ranges[pair + 1].start() - ranges[pair].end();
        let Some(smallest) = (0..ranges.len() - 1).min_by_key(|pair| gap(*pair)) else { break };
        let next = ranges.remove(smallest + 1);
        ranges[smallest] = *ranges[smallest].start()..=*next.end();
    }
    ranges
}

/// Bounds as corners of the deepest zoom; both tiles are part of it.
struct Area {
    first: Tile,
    last: Tile,
}

impl Area {
    fn of(bounds: Bounds) -> Self {
        let corner = |lat, lon| Tile::of(Place { lat, lon }, DEEPEST);
        Self { first: corner(bounds.north, bounds.west), last: corner(bounds.south, bounds.east) }
    }

    /// The tile itself when all of it lies within, else those of its quarters that touch the area.
    fn divided(&self, tile: Tile) -> Vec<Tile> {
        if self.holds(tile) { vec![tile] } else { tile.quarters().filter(|quarter| self.touches(*quarter)).collect() }
    }

    fn holds(&self, tile: Tile) -> bool {
        let [(left, right), (top, bottom)] = extent(tile);
        self.first.x <= left && right <= self.last.x && self.first.y <= top && bottom <= self.last.y
    }

    fn touches(&self, tile: Tile) -> bool {
        let [(left, right), (top, bottom)] = extent(tile);
        left <= self.last.x && self.first.x <= right && top <= self.last.y && self.first.y <= bottom
    }
}

/// First and last column, first and last row of the deepest zoom in the tile.
fn extent(tile: Tile) -> [(u32, u32); 2] {
    let deeper = DEEPEST - tile.z;
    [tile.x, tile.y].map(|first| (first << deeper, ((first + 1) << deeper) - 1))
}

/// Their keys, with neighbours along the curve made one. The tiles come in the order of their keys.
fn joined(tiles: &[Tile]) -> Vec<RangeInclusive<i64>> {
    let mut ranges: Vec<RangeInclusive<i64>> = Vec::new();
    for range in tiles.iter().map(|tile| tile.key_range()) {
        match ranges.last_mut() {
            Some(last) if last.end() + 1 == *range.start() => *last = *last.start()..=*range.end(),
            _ => ranges.push(range),
        }
    }
    ranges
}
