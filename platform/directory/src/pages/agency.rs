use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use base::{Error, Result};
use chrono::NaiveDate;
use serde::Deserialize;
use system::App;
use web::{Path, Query, Visitor, filters};

use crate::access::STAFF;
use crate::agency::{Agency, Position, Succession, Unit};
use crate::queries;

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "ngay")]
    day: String,
}

/// A unit and how many people are meant to work there.
struct UnitLine {
    name: String,
    seats: i64,
}

/// Agencies that began on one day.
struct Heirs {
    since: NaiveDate,
    agencies: Vec<Succession>,
}

/// Who holds a position, for officers only.
struct StaffLine {
    title: String,
    name: String,
    acting_for: Option<String>,
}

#[derive(Template)]
#[template(path = "directory/agency.html")]
struct AgencyPage {
    agency: Agency,
    kind: String,
    tier: String,
    parent: Option<Agency>,
    /// The day that is shown.
    day: NaiveDate,
    /// Its last day, once that has passed.
    ended: Option<NaiveDate>,
    units: Vec<UnitLine>,
    seats: i64,
    before: Vec<Succession>,
    after: Vec<Heirs>,
    /// Who answers now for an agency that has ended.
    heir: Option<Agency>,
    staff: Vec<StaffLine>,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> web::Answer {
    let store = app.store.read();
    let agency = queries::any_agency_by_code(store, &code).await?.ok_or(Error::NotFound)?;
    let today = visitor.now.today();
    let day = super::picked_day(&wanted.day)?.unwrap_or_else(|| nearest_day(&agency, today));
    let ended = agency.to.filter(|last| *last < today);
    let positions = queries::positions(store, agency.id, day).await?;
    let page = AgencyPage {
        kind: visitor.text(&format!("directory-kind-{}", agency.kind)),
        tier: visitor.text(&format!("directory-tier-{}", agency.tier.as_str())),
        parent: queries::parent(store, agency.id).await?,
        day,
        ended,
        units: unit_lines(queries::units(store, agency.id, day).await?, &positions),
        seats: positions.iter().map(|position| position.seats).sum(),
        before: queries::predecessors(store, agency.id).await?,
        after: by_first_day(queries::successors(store, agency.id, today).await?),
        heir: if ended.is_some() { queries::today_of(store, agency.id, today).await? } else { None },
        staff: staff(&app, &visitor, &agency, day).await?,
        agency,
    };
    visitor.page(&page.agency.name, &page)
}

/// Today, or for an agency of the past its last day, for one to come its first.
fn nearest_day(agency: &Agency, today: NaiveDate) -> NaiveDate {
    agency.to.map_or(today, |last| today.min(last)).max(agency.from)
}

fn unit_lines(units: Vec<Unit>, positions: &[Position]) -> Vec<UnitLine> {
    let seats = |code: &str| {
        let here = positions.iter().filter(|position| position.unit.as_deref() == Some(code));
        here.map(|position| position.seats).sum()
    };
    units.into_iter().map(|unit| UnitLine { seats: seats(&unit.code), name: unit.name }).collect()
}

fn by_first_day(successions: Vec<Succession>) -> Vec<Heirs> {
    let mut days: BTreeMap<NaiveDate, Vec<Succession>> = BTreeMap::new();
    for succession in successions {
        days.entry(succession.agency.from).or_default().push(succession);
    }
    days.into_iter().map(|(since, agencies)| Heirs { since, agencies }).collect()
}

async fn staff(app: &App, visitor: &Visitor, agency: &Agency, day: NaiveDate) -> Result<Vec<StaffLine>> {
    if visitor.caller.officer_who_may(STAFF).is_err() {
        return Ok(Vec::new());
    }
    let store = app.store.read();
    let names = queries::names_in(store, agency.id, day).await?;
    let holdings = queries::holdings_in(store, agency.id, day).await?;
    let lines = holdings.into_iter().map(|holding| StaffLine {
        title: holding.position.title,
        name: names.get(&holding.person).cloned().unwrap_or_default(),
        acting_for: holding.acting_for.and_then(|giver| names.get(&giver).cloned()),
    });
    Ok(lines.collect())
}
