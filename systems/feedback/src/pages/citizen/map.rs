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

use crate::queries::{self, LAST_COUNTED};
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
    reports: Vec<Shown>,
}

#[derive(Serialize)]
struct Counted {
    lat: f64,
    lon: f64,
    count: i64,
}

#[derive(Serialize)]
struct Shown {
    lat: f64,
    lon: f64,
    code: String,
    title: String,
    tone: &'static str,
    count: i64,
}

pub(super) async fn tile(State(app): State<App>, Path((z, x, y)): Path<(u8, u32, u32)>) -> Answer {
    let tile = Tile::new(z, x, y).map_err(|_| Error::NotFound)?;
    let mut found = Found { cells: Vec::new(), reports: Vec::new() };
    if tile.z <= LAST_COUNTED {
        let counted = |cell: queries::Cell| Counted {
            lat: cell.centre.lat_degrees(),
            lon: cell.centre.lon_degrees(),
            count: cell.count,
        };
        found.cells = queries::cells(app.store.read(), tile).await?.into_iter().map(counted).collect();
    } else {
        let shown = |dot: queries::Dot| Shown {
            lat: dot.place.lat_degrees(),
            lon: dot.place.lon_degrees(),
            code: dot.code,
            title: rules::kind_title(&dot.kind),
            tone: dot.state.tone(),
            count: dot.count,
        };
        found.reports = queries::dots(app.store.read(), tile).await?.into_iter().map(shown).collect();
    }
    Ok(Json(found).into_response())
}
