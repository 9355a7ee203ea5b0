use base::{Id, Result};
use store::{Connection, Kind, Slice};
use system::Officer;

use super::Filter;
use crate::access::SHARED;
use crate::report::{Report, State};
use crate::tables::{REPORT, report};

/// The reports in which an officer's agency takes part, newest first.
pub async fn for_desk(
    c: &impl Connection,
    kind: Kind,
    officer: &Officer,
    filter: &Filter,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Report>> {
    let sql = match filter.state {
        // Only those in the state of being joined do not stand alone.
        Some(state)
            if *filter
                == (Filter {
                    state: Some(state),
                    alone: filter.alone && state != State::Joined,
                    ..Filter::default()
                }) =>
        {
            SHARED.newest(REPORT, officer.agency, before, size, |conditions| {
                conditions.and(|n| format!("v.state = ${n}"), state.as_str());
            })
        }
        _ => SHARED.newest(REPORT, officer.agency, before, size, |conditions| filter.narrow(kind, conditions)),
    };
    Ok(Slice::of(sql.all(c, |row| report(&row)).await?, size, |report| report.id))
}
