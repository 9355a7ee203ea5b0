use base::{Id, Result};
use chrono::TimeDelta;
use geo::Place;
use store::{Conditions, Connection, Slice, Sql};

use crate::report::Report;
use crate::tables::{REPORT, report};

/// Which reports are likely the same matter as another: of its kind, its desk and its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// So many metres around it; of a report without a place, those of its commune.
    Within(u32),
    /// In its commune, wherever.
    Commune,
}

/// Which of those that are alike are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    All,
    These(Vec<Id>),
}

/// How many ranges of keys a circle is looked up by.
const RANGES: usize = 8;
/// A degree along a meridian has 111 319.49 metres.
const METRES_OF_A_UNIT: f64 = 0.011_131_949;

/// Those likely the same that nobody works on yet, oldest first, a page of them.
pub async fn alike(
    c: &impl Connection,
    lead: &Report,
    alike: Alike,
    days: TimeDelta,
    after: Option<Id>,
    size: usize,
) -> Result<Slice<Report>> {
    let mut conditions = Conditions::default();
    narrow_to_alike(&mut conditions, lead, alike, days);
    if let Some(after) = after {
        conditions.and(|n| format!("r.id > ${n}"), after.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {REPORT} FROM feedback_reports r WHERE TRUE{} ORDER BY r.id LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| report(&row)).await?;
    Ok(Slice::of(rows, size, |report| report.id))
}

/// How many there are of them.
pub async fn count_alike(c: &impl Connection, lead: &Report, alike: Alike, days: TimeDelta) -> Result<i64> {
    let mut conditions = Conditions::default();
    narrow_to_alike(&mut conditions, lead, alike, days);
    let sql = Sql::composed(format!("SELECT count(*) FROM feedback_reports r WHERE TRUE{}", conditions.text()));
    Ok(conditions.bind_to(sql).one(c, |row| row.get(0)).await?.unwrap_or_default())
}

pub(crate) fn narrow_to_alike(conditions: &mut Conditions, lead: &Report, alike: Alike, days: TimeDelta) {
    conditions.and_known("r.state IN ('new', 'returned', 'assigned')");
    conditions.and(|n| format!("r.id <> ${n}"), lead.id.uuid());
    conditions.and(|n| format!("r.receiving_id = ${n}"), lead.receiving.uuid());
    conditions.and(|n| format!("r.kind = ${n}"), lead.kind.as_str());
    conditions.and(|n| format!("r.filed_at >= ${n}"), lead.filed_at - days);
    conditions.and(|n| format!("r.filed_at <= ${n}"), lead.filed_at + days);
    match (alike, lead.place) {
        (Alike::Within(metres), Some(place)) => narrow_to_circle(conditions, place, metres),
        _ => conditions.and(|n| format!("r.commune_id = ${n}"), lead.commune.uuid()),
    }
}

/// The index finds the square, the distance on a plane, exact enough within a commune, cuts the circle out of it.
fn narrow_to_circle(conditions: &mut Conditions, place: Place, metres: u32) {
    let ranges = place.around(metres.into()).key_ranges(RANGES);
    let between = |range: &std::ops::RangeInclusive<i64>| {
        let (first, last) = (conditions.bind(*range.start()), conditions.bind(*range.end()));
        format!("r.place_key BETWEEN ${first} AND ${last}")
    };
    let marks: Vec<String> = ranges.iter().map(between).collect();
    conditions.and_known(&format!("r.place_key IS NOT NULL AND ({})", marks.join(" OR ")));
    let (lat, lon) = (conditions.bind(i64::from(place.lat)), conditions.bind(i64::from(place.lon)));
    let narrower = conditions.bind(place.lat_degrees().to_radians().cos().powi(2));
    let within = conditions.bind((f64::from(metres) / METRES_OF_A_UNIT).powi(2));
    conditions.and_known(&format!(
        "(r.lat - ${lat}) * (r.lat - ${lat}) + (r.lon - ${lon}) * (r.lon - ${lon}) * ${narrower} <= ${within}"
    ));
}

pub(crate) fn narrow_to_chosen(conditions: &mut Conditions, chosen: &Chosen) {
    let Chosen::These(ids) = chosen else { return };
    let marks: Vec<String> = ids.iter().map(|id| format!("${}", conditions.bind(id.uuid()))).collect();
    conditions.and_known(&if marks.is_empty() {
        "FALSE".to_owned()
    } else {
        format!("r.id IN ({})", marks.join(", "))
    });
}

/// The reports joined into one, oldest first, a page of them.
pub async fn joined_into(c: &impl Connection, lead: Id, after: Option<Id>, size: usize) -> Result<Slice<Report>> {
    let mut conditions = Conditions::after([lead.uuid().into()]);
    if let Some(after) = after {
        conditions.and(|n| format!("r.id > ${n}"), after.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {REPORT} FROM feedback_reports r WHERE r.joined_id = $1{} ORDER BY r.id LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| report(&row)).await?;
    Ok(Slice::of(rows, size, |report| report.id))
}

/// The report that is worked on and answered for this one: itself, or the one it is joined into.
pub async fn matter(c: &impl Connection, report: &Report) -> Result<Report> {
    let lead = match report.joined {
        Some(lead) => super::by_id(c, lead).await?,
        None => None,
    };
    Ok(lead.unwrap_or_else(|| report.clone()))
}

/// Reports whose senders are still to be told something, oldest first.
pub(crate) async fn to_tell(c: &impl Connection, size: usize) -> Result<Vec<Id>> {
    Sql::composed(format!("SELECT id FROM feedback_reports WHERE to_tell IS NOT NULL ORDER BY id LIMIT {size}"))
        .all(c, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await
}

/// What the sender of a report is still to be told.
pub(crate) async fn to_tell_of(c: &impl Connection, report: Id) -> Result<Option<String>> {
    Sql::new("SELECT to_tell FROM feedback_reports WHERE id = $1 AND to_tell IS NOT NULL")
        .bind(report.uuid())
        .one(c, |row| row.get(0))
        .await
}
