//! Whoever reported says whether that helped, and has the report reopened when it did not.

use base::{Error, Id, Now, Result};
use chrono::TimeDelta;
use contracts::Answer;
use flow::NewCase;
use identity::LinkSecret;
use journal::Actor;
use store::Sql;
use system::{App, Caller};

use super::{Change, current, join, said};
use crate::report::{Report, State};
use crate::rules::{self, rules};
use crate::{access, queries};

/// The step at which a reopened report is taken up again.
const HANDLE: &str = "handle";
const BATCH: usize = 200;

/// Says whether the answer is enough; one that is closes the report.
///
/// # Errors
/// [`Error::NotFound`] to everybody but whoever reported; [`Error::Conflict`] when there is nothing to rate.
pub async fn rate(
    app: &App,
    now: Now,
    caller: &Caller,
    secret: Option<&LinkSecret>,
    report: Id,
    satisfied: bool,
) -> Result<Report> {
    app.store
        .write(async |tx| {
            let mut report = access::own(caller, secret, current(tx, report).await?)?;
            let change = Change::new(app, tx, now, actor(caller, &report));
            let matter = queries::matter(tx, &report).await?;
            if !report.may_rate(&matter) {
                return Err(Error::Conflict("feedback-nothing-to-rate"));
            }
            report.satisfied = Some(satisfied);
            if satisfied && report.state == State::Answered {
                change.set_state(&mut report, State::Closed, "feedback.accepted").await?;
            } else {
                Sql::new("UPDATE feedback_reports SET satisfied = $2 WHERE id = $1 AND satisfied IS NULL")
                    .bind(report.id.uuid())
                    .bind(satisfied)
                    .run(tx)
                    .await?;
                change.tell(&report, "feedback.rated").await?;
            }
            Ok(report)
        })
        .await
}

/// Sends the report to the agency that answered once more, with a reason and a clock of its own. One that is joined into
/// another leaves it and is read anew at the desk: what is said of it is said of nobody else's.
///
/// # Errors
/// [`Error::NotFound`] to everybody but whoever reported; [`Error::Conflict`] when it is too late or was done too often.
pub async fn reopen(
    app: &App,
    now: Now,
    caller: &Caller,
    secret: Option<&LinkSecret>,
    report: Id,
    reason: &str,
) -> Result<Report> {
    app.store
        .write(async |tx| {
            let mut report = access::own(caller, secret, current(tx, report).await?)?;
            let change = Change::new(app, tx, now, actor(caller, &report));
            let reason = said(reason, "reason")?;
            let mut matter = queries::matter(tx, &report).await?;
            if !report.may_reopen(&matter, rules()?.reopening, now.utc()) {
                return Err(Error::Conflict("feedback-reopening-over"));
            }
            report.satisfied = None;
            report.reopened += 1;
            change.remark(report.id, "reopened", &reason).await?;
            if report.joined.is_some() {
                join::read_anew(&change, &mut report, "feedback.reopened").await?;
                join::recount(&change, &mut matter).await?;
                return Ok(report);
            }
            let kind = rules::kind(&report.kind)?;
            let new = NewCase {
                system: "feedback".to_owned(),
                subject: report.id,
                process: flow::actions::publish(tx, now, rules::process()?).await?,
                agency: report.agency,
                receiving: report.receiving,
                title: kind.title.clone(),
                reference: report.code.clone(),
                label: String::new(),
                path: format!("/phan-anh-xu-ly/{}", report.code),
            };
            let case = change.flow().open_at(new, HANDLE).await?;
            let terms = flow::actions::terms(&rules::deadline(kind)?)?;
            report.promised_at = change.flow().start_clock(case.id, report.agency, terms, now.utc()).await?;
            report.case = case.id;
            report.answered_at = None;
            change.set_state(&mut report, State::Working, "feedback.reopened").await?;
            Ok(report)
        })
        .await
}

/// Whoever sent a report unnamed stays so in the journal.
fn actor(caller: &Caller, report: &Report) -> Actor {
    if report.reporter.is_some() { caller.actor() } else { Caller::Anonymous.actor() }
}

/// Closes answered reports once nobody can have them reopened any more.
pub fn close_answered(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let now = app.now();
        let before = now.utc() - TimeDelta::days(rules()?.reopening.days);
        let mut closed = 0;
        for found in queries::to_close(app.store.read(), before, BATCH).await? {
            app.store
                .write(async |tx| {
                    let change = Change::new(app, tx, now, Actor::PROGRAM);
                    let mut report = current(tx, found.id).await?;
                    if report.state == State::Answered && report.answered_at.is_some_and(|at| at < before) {
                        change.set_state(&mut report, State::Closed, "feedback.closed").await?;
                    }
                    Ok(())
                })
                .await?;
            closed += 1;
        }
        Ok(closed)
    })
}
