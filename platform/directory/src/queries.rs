//! Reads. A day decides what is in force; nothing here reads the clock.

mod agencies;
mod boundaries;
mod holdings;
mod names;
mod organisations;
mod people;
mod plans;
mod scope;
mod sharing;
mod stand_ins;

pub use agencies::{
    AgencyFilter, agencies, agencies_of_kind, agency, agency_by_code, any_agency_by_code, communes, covering, kinds,
    parent, position, positions, predecessors, successors, today_of, units,
};
pub(crate) use agencies::{SEARCH, database};
pub use boundaries::{Boundaries, boundaries};
pub use holdings::{holding, holdings_in, holdings_of, names_in};
pub use names::Names;
pub use organisations::{
    organisation, organisation_by_code, party, people_of, representation, representations_of, representatives,
    represents,
};
pub use people::{person, person_by_number};
pub use plans::{Which, plan, plan_count, plan_lines, plans, running_plans, unplaced};
pub(crate) use plans::{next_line, plan_of};
pub use scope::{scope, scope_size, within, within_sql};
pub use sharing::{Sharing, Within};
pub use stand_ins::stood_in_for;
pub(crate) use stand_ins::{is_stood_in_for, stand_in, stand_ins};

use base::{Id, Result};
use store::Row;

/// Whether the dated row is in force on the day bound as `$day`.
fn in_force(row: &str, day: usize) -> String {
    format!("({row}.valid_from <= ${day} AND ({row}.valid_to IS NULL OR {row}.valid_to >= ${day}))")
}

fn id(row: &Row, column: usize) -> Result<Id> {
    Ok(Id::from_uuid(row.get(column)?))
}

fn maybe_id(row: &Row, column: usize) -> Result<Option<Id>> {
    Ok(row.get::<Option<uuid::Uuid>>(column)?.map(Id::from_uuid))
}
