use std::collections::BTreeMap;
use std::path::Path;

use geo::Place;
use serde::Deserialize;

use crate::tree::parse;
use crate::{Mistake, Problem, Tree};

const FILE: &str = "places.toml";

/// Where a commune lies, of those that exist now.
#[derive(Clone, Debug, PartialEq)]
pub struct CommunePlace {
    /// Five digits of the list of administrative divisions, the `area` of its committee: `22366`.
    pub gso: String,
    /// A point to open the map at; it stands for the commune and marks no boundary.
    pub centre: Place,
    pub km2: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    lat: f64,
    lon: f64,
    km2: f64,
}

/// `places.toml`: a line per commune, in the order of their codes. A province that has no such file has no places.
pub(crate) fn read(tree: &Tree) -> Result<Vec<CommunePlace>, Problem> {
    let Some(text) = tree.text(FILE) else { return Ok(Vec::new()) };
    let lines: BTreeMap<String, Line> = parse(Path::new(FILE), text)?;
    let place = |(gso, line): (String, Line)| match Place::new(line.lat, line.lon) {
        Ok(centre) => Ok(CommunePlace { gso, centre, km2: line.km2 }),
        Err(_) => Err(Problem::Wrong { file: FILE.into(), source: Mistake::NotOnTheMap { area: gso } }),
    };
    lines.into_iter().map(place).collect()
}
