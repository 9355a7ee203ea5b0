use std::collections::BTreeMap;

use base::{Id, Result};
use directory::queries::Boundaries;

use super::Line;

/// The lines of agencies, each added to the one that stood for it.
pub fn by_boundary(lines: Vec<Line>, boundaries: &Boundaries) -> Result<Vec<Line>> {
    let mut together: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in lines {
        let agency = boundaries.of(line.key.parse::<Id>()?);
        together.entry(agency.to_string()).or_default().push(line);
    }
    Ok(together.into_iter().map(|(key, lines)| Line { key, ..Line::sum(&lines) }).collect())
}
