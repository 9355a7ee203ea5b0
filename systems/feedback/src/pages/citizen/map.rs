//! What the map loads: the outline of the province, and what lies in a tile.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use base::Error;
use geo::Tile;
use serde::Serialize;
use system::App;
use web::{Answer, Path};

use crate::queries::{self, Cell, Dot, Shown};
use crate::rules;

pub(super) async fn outline(State(app): State<App>) -> Answer {
    let outline = rules::land(&app)?.outline.as_deref().ok_or(Error::NotFound)?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/geo+json")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
    ];
    Ok((headers, outline).into_response())
}

#[derive(Serialize)]
struct Found {
    cells: Vec<Counted>,
    reports: Vec<OfReport>,
}

#[derive(Serialize)]
struct Counted {
    lat: f64,
    lon: f64,
    count: i64,
}

#[derive(Serialize)]
struct OfReport {
    lat: f64,
    lon: f64,
    code: String,
    title: String,
    tone: &'static str,
    count: i64,
}

pub(super) async fn tile(State(app): State<App>, Path((z, x, y)): Path<(u8, u32, u32)>) -> Answer {
    let tile = Tile::new(z, x, y).map_err(|_| Error::NotFound)?;
    let counted =
        |cell: Cell| Counted { lat: cell.centre.lat_degrees(), lon: cell.centre.lon_degrees(), count: cell.count };
    let dot = |dot: Dot| OfReport {
        lat: dot.place.lat_degrees(),
        lon: dot.place.lon_degrees(),
        code: dot.code,
        title: rules::kind_title(&dot.kind),
        tone: dot.state.tone(),
        count: dot.count,
    };
    let found = match queries::shown(app.store.read(), tile).await? {
        Shown::Cells(cells) => Found { cells: cells.into_iter().map(counted).collect(), reports: Vec::new() },
        Shown::Dots(dots) => Found { cells: Vec::new(), reports: dots.into_iter().map(dot).collect() },
    };
    Ok(Json(found).into_response())
}
