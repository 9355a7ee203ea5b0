use base::Result;
use geo::{Place, Tile};
use store::{Connection, Sql};

use crate::report::State;

/// A cell of a tile with reports in it: its centre, and how many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub centre: Place,
    pub count: i64,
}

/// One public report as a map shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    pub place: Place,
    pub code: String,
    pub kind: String,
    pub state: State,
    /// How many reports it stands for: itself and those joined into it.
    pub count: i64,
}

/// Reports of one tile at most.
const DOTS: usize = 200;
/// A tile is divided into eight times eight cells.
const FINER: u8 = 3;

/// The zooms for which counts are kept: those of the cells of every tile shown by counts.
pub(crate) const ZOOMS: std::ops::RangeInclusive<u8> = FINER..=LAST_COUNTED + FINER;
/// Deeper tiles show the reports themselves, if they are not too many.
const LAST_COUNTED: u8 = 15;

/// What a tile shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    Cells(Vec<Cell>),
    Dots(Vec<Dot>),
}

/// Counts for a tile of a low zoom, and for one so full that its reports would lie upon each other; else the reports.
pub async fn shown(c: &impl Connection, tile: Tile) -> Result<Shown> {
    if tile.z <= *ZOOMS.end() {
        let cells = cells(c, tile).await?;
        let count: i64 = cells.iter().map(|cell| cell.count).sum();
        if tile.z <= LAST_COUNTED || usize::try_from(count)? > DOTS {
            return Ok(Shown::Cells(cells));
        }
    }
    dots(c, tile).await.map(Shown::Dots)
}

/// What lies in the cells of a tile, from the counts that are kept; those of a deep tile are fewer than eight times eight.
pub async fn cells(c: &impl Connection, tile: Tile) -> Result<Vec<Cell>> {
    let zoom = (tile.z + FINER).min(*ZOOMS.end());
    let keys = tile.key_range();
    let (first, last) = (geo::cell(*keys.start(), zoom), geo::cell(*keys.end(), zoom));
    let counted = Sql::new("SELECT cell, count FROM feedback_cells WHERE zoom = $1 AND cell BETWEEN $2 AND $3")
        .bind(i64::from(zoom))
        .bind(first)
        .bind(last)
        .all(c, |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))
        .await?;
    let cell = |(cell, count)| Ok(Cell { centre: Tile::of_cell(cell, zoom)?.centre(), count });
    counted.into_iter().filter(|(_, count)| *count > 0).map(cell).collect()
}

/// The newest public reports in a tile.
async fn dots(c: &impl Connection, tile: Tile) -> Result<Vec<Dot>> {
    let keys = tile.key_range();
    let rows = Sql::composed(format!(
        "SELECT lat, lon, code, kind, state, 1 + joins FROM feedback_reports WHERE place_key IS NOT NULL \
         AND place_key BETWEEN $1 AND $2 AND public_at IS NOT NULL ORDER BY id DESC LIMIT {DOTS}"
    ))
    .bind(*keys.start())
    .bind(*keys.end())
    .all(c, |row| {
        Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get(2)?, row.get(3)?, row.get::<String>(4)?, row.get(5)?))
    })
    .await?;
    let dot = |(lat, lon, code, kind, state, count): (i64, i64, String, String, String, i64)| {
        let place = Place { lat: i32::try_from(lat)?, lon: i32::try_from(lon)? };
        let state = State::parse(&state).ok_or_else(|| base::Error::inside("a row with an unknown state"))?;
        Ok(Dot { place, code, kind, state, count })
    };
    rows.into_iter().map(dot).collect()
}
