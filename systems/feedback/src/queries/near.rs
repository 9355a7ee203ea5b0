use base::Result;
use chrono::{DateTime, Utc};
use geo::Place;
use store::{Connection, Sql};

use crate::report::Report;
use crate::tables::{REPORT, report};

/// A report close by, and how far it is in metres.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    pub report: Report,
    pub metres: f64,
}

impl Near {
    pub fn whole_metres(&self) -> i64 {
        whole_metres(self.metres)
    }
}

/// Metres as people say them.
#[expect(clippy::cast_possible_truncation, reason = "metres within a town; a cast saturates")]
pub fn whole_metres(metres: f64) -> i64 {
    metres.round() as i64
}

/// How many ranges of keys a circle is looked up by.
const RANGES: usize = 8;
/// How many are looked at: in a flood there are more than anybody reads. In no order, so that the index of places is used.
const MOST: usize = 200;

/// Open reports of a kind around a place and not older than `since`, nearest first; those of everybody only, unless
/// `at_desk`.
pub async fn near(
    c: &impl Connection,
    kind: &str,
    place: Place,
    metres: f64,
    since: DateTime<Utc>,
    at_desk: bool,
) -> Result<Vec<Near>> {
    let ranges = place.around(metres).key_ranges(RANGES);
    let marks: Vec<String> = (0..ranges.len())
        .map(|index| format!("r.place_key BETWEEN ${} AND ${}", index * 2 + 3, index * 2 + 4))
        .collect();
    // Said so that no index of public reports is taken for it: those of a kind are many, those of a place few.
    let public = if at_desk { "" } else { "AND (r.public_at IS NOT NULL) = TRUE" };
    let sql = Sql::composed(format!(
        "SELECT {REPORT} FROM feedback_reports r WHERE r.place_key IS NOT NULL AND ({}) AND r.kind = $1 \
         AND r.filed_at >= $2 AND r.state NOT IN ('closed', 'refused', 'joined') {public} LIMIT {MOST}",
        marks.join(" OR ")
    ))
    .bind(kind)
    .bind(since);
    let sql = ranges.iter().fold(sql, |sql, range| sql.bind(*range.start()).bind(*range.end()));
    let found = sql.all(c, |row| report(&row)).await?;
    let distance = |report: Report| {
        let metres = report.place?.metres_to(place);
        Some(Near { report, metres })
    };
    let mut near: Vec<Near> = found.into_iter().filter_map(distance).filter(|near| near.metres <= metres).collect();
    near.sort_by(|one, other| one.metres.total_cmp(&other.metres));
    Ok(near)
}
