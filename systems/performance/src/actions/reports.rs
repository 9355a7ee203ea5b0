//! Keeping what is counted of reports.

use base::{Id, Result};
use contracts::figures::ReportFacts;
use store::{Sql, Tx};
use system::App;
use worktime::ledger::Calendars;

use super::SLICE;
use crate::report::Report;
use crate::rules;
use crate::tables::insert_report;

/// Counts reports as they stand now in place of what was counted of them. Where nobody knows reports, none are counted.
///
/// # Errors
/// A duplicate key when another transaction counts the same report for the first time: the listener tries again.
pub async fn count_reports(app: &App, tx: &Tx, reports: &[Id]) -> Result<()> {
    let Some(feedback) = app.ask::<dyn ReportFacts>() else { return Ok(()) };
    let (terms, calendars) = (&rules()?.terms, app.parts.get::<Calendars>()?);
    for report in reports {
        // Taken out first: on PostgreSQL this waits for whoever counts it too, so that the newest state is read after.
        Sql::new("DELETE FROM performance_reports WHERE id = $1").bind(report.uuid()).run(tx).await?;
        if let Some(told) = feedback.report(*report).await? {
            insert_report(&Report::of(told, terms, calendars)?).run(tx).await?;
        }
    }
    Ok(())
}

/// Counts all reports again, after they were forgotten.
pub(super) async fn all_reports(app: &App) -> Result<()> {
    let Some(feedback) = app.ask::<dyn ReportFacts>() else { return Ok(()) };
    let mut after = None;
    loop {
        let slice = feedback.reports_after(after, SLICE).await?;
        let Some(last) = slice.last() else { return Ok(()) };
        after = Some(*last);
        app.store.write(async |tx| count_reports(app, tx, &slice).await).await?;
    }
}
