use std::path::Path;

use base::AgencyCode;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::{Problem, tree};

/// A plan by which agencies end on one day and others go on with their work.
///
/// Agencies that already end on the day before `on` need no line where one agency alone took them over; a line decides for
/// those that nobody or several took over. A line for an agency that has no end yet ends it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reorganisation {
    pub title: String,
    /// The first day of the new order.
    pub on: NaiveDate,
    /// Legal basis, as printed.
    pub basis: String,
    #[serde(default, rename = "end")]
    pub ends: Vec<End>,
}

/// An agency that ends, and the one that goes on with its work, its registers and its people.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    pub agency: AgencyCode,
    /// Absent while nobody has said it.
    #[serde(default)]
    pub heir: Option<AgencyCode>,
    /// Whether somebody checked it against the published decision.
    #[serde(default)]
    pub verified: bool,
    /// Why this one.
    #[serde(default)]
    pub note: String,
}

impl Reorganisation {
    /// # Errors
    /// [`Problem::Malformed`] with the place of what is wrong.
    pub fn parse(file: &Path, text: &str) -> Result<Self, Problem> {
        tree::parse(file, text)
    }
}
