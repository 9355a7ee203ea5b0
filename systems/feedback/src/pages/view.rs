use base::Result;
use geo::Place;
use system::App;

use crate::rules;

/// Where a map opens.
pub(super) struct View {
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) zoom: u8,
}

const WHOLE_PROVINCE: u8 = 9;
const STREET: u8 = 17;

impl View {
    pub(super) fn of(app: &App) -> Result<Self> {
        let centre = rules::land(app)?.centre();
        Ok(Self {
            lat: centre.map(Place::lat_degrees).unwrap_or_default(),
            lon: centre.map(Place::lon_degrees).unwrap_or_default(),
            zoom: WHOLE_PROVINCE,
        })
    }

    pub(super) fn at(place: Place) -> Self {
        Self { lat: place.lat_degrees(), lon: place.lon_degrees(), zoom: STREET }
    }
}
