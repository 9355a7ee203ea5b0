use base::{Id, Result};
use store::{Conditions, Connection, Kind, Slice, Sql};
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
            in_state(officer.agency, state, before, size)
        }
        _ => SHARED.newest(REPORT, officer.agency, before, size, |conditions| filter.narrow(kind, conditions)),
    };
    Ok(Slice::of(sql.all(c, |row| report(&row)).await?, size, |report| report.id.to_string()))
}

/// The newest of one state alone. From each agency of the scope no more are read than fill a page, and none older than the
/// page of the agency that fills its own soonest.
fn in_state(agency: Id, state: State, before: Option<Id>, size: usize) -> Sql {
    let mut conditions = Conditions::after([agency.uuid().into(), uuid::Uuid::nil().into(), state.as_str().into()]);
    if let Some(before) = before {
        conditions.and(|n| format!("v.report_id < ${n}"), before.uuid());
    }
    let older = conditions.text();
    let sql = Sql::composed(format!(
        "SELECT {REPORT} FROM (SELECT DISTINCT v.report_id FROM directory_scopes z \
         JOIN feedback_agencies v ON v.agency_id = z.descendant \
         WHERE z.ancestor = $1 AND v.state = $3{older} AND v.report_id >= COALESCE((SELECT e.edge FROM (\
         SELECT (SELECT v.report_id FROM feedback_agencies v WHERE v.agency_id = y.descendant AND v.state = $3{older} \
         ORDER BY v.report_id DESC LIMIT 1 OFFSET {size}) AS edge FROM directory_scopes y WHERE y.ancestor = $1) e \
         WHERE e.edge IS NOT NULL ORDER BY e.edge DESC LIMIT 1), $2) ORDER BY v.report_id DESC LIMIT {}) page \
         JOIN feedback_reports r ON r.id = page.report_id ORDER BY r.id DESC",
        size + 1
    ));
    conditions.bind_to(sql)
}
