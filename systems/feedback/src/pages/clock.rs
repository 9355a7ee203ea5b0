use base::Result;
use flow::pages::Clock;
use system::App;
use web::Visitor;

use crate::report::{Report, State};
use crate::rules;

/// The clock; `None` until the desk has read the report, and for one that was refused.
pub(super) async fn clock(app: &App, visitor: &Visitor, report: &Report) -> Result<Option<Clock>> {
    if report.state == State::Refused {
        return Ok(None);
    }
    let written = rules::written(&report.kind);
    Clock::of(app, visitor, report.case, written, report.promised_at, report.answered_at).await
}
