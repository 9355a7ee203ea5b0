//! One matter that many report is worked on and answered once. However many there are, a few statements join them.

use base::{Error, Id, Now, Result};
use chrono::TimeDelta;
use contracts::Answer;
use flow::NewCase;
use journal::{Actor, Entry, record};
use serde_json::json;
use store::{Conditions, Sql};
use system::{App, Caller, Officer};

use super::{Change, current, message, publish, thing};
use crate::access::{self, TRIAGE};
use crate::queries::{self, Alike, Chosen};
use crate::report::{Report, State};
use crate::rules::{self, rules};

/// Reporters told in one round.
const BATCH: usize = 200;

/// Joins reports into one of the same desk: those that are `chosen` among the ones that are likely the same. From then on
/// they share its clock, its agency, its answer and its result. Gives how many there were.
///
/// # Errors
/// [`Error::Conflict`] once an answer to the other is written; [`Error::Invalid`] at `report` when none was chosen.
pub async fn join(app: &App, now: Now, caller: &Caller, lead: Id, alike: Alike, chosen: &Chosen) -> Result<u64> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (_, mut lead) = at_own_desk(&change, caller, lead).await?;
            let joined = set_joined(&change, &lead, alike, chosen).await?;
            if joined.is_empty() {
                return Err(Error::invalid("report", "feedback-none-chosen"));
            }
            let (reports, cases): (Vec<Id>, Vec<Id>) = joined.into_iter().unzip();
            change.flow().withdraw_all(&cases).await?;
            publish::hide_joined(&change, lead.id).await?;
            move_on(&change, lead.id).await?;
            recount(&change, &mut lead).await?;
            tell_of(&change, &lead, "feedback.took-in", &reports).await?;
            Ok(reports.len() as u64)
        })
        .await
}

/// Takes reports out again, at most one page of them: each is read anew, with the promise of the day it was sent.
///
/// # Errors
/// [`Error::Conflict`] once an answer is written; [`Error::Invalid`] at `report` when none was chosen.
pub async fn take_out(app: &App, now: Now, caller: &Caller, lead: Id, chosen: &[Id]) -> Result<usize> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (_, mut lead) = at_own_desk(&change, caller, lead).await?;
            let mut out = Vec::new();
            for id in chosen {
                let mut report = current(tx, *id).await?;
                if report.joined == Some(lead.id) {
                    read_anew(&change, &mut report, "feedback.taken-out").await?;
                    out.push(report.id);
                }
            }
            if out.is_empty() {
                return Err(Error::invalid("report", "feedback-none-chosen"));
            }
            recount(&change, &mut lead).await?;
            tell_of(&change, &lead, "feedback.gave-out", &out).await?;
            Ok(out.len())
        })
        .await
}

/// A joined report stands alone again, at the desk that received it; the caller counts the other anew.
pub(super) async fn read_anew(change: &Change<'_>, report: &mut Report, verb: &'static str) -> Result<()> {
    let kind = rules::kind(&report.kind)?;
    let new = NewCase {
        system: "feedback".to_owned(),
        subject: report.id,
        process: flow::actions::publish(change.tx, change.now, rules::process()?).await?,
        agency: report.receiving,
        receiving: report.receiving,
        title: kind.title.clone(),
        reference: report.code.clone(),
        label: String::new(),
        path: format!("/phan-anh-xu-ly/{}", report.code),
    };
    report.case = change.flow().open(new).await?.id;
    // One that is reopened was answered in its time once: its clock begins anew.
    if report.reopened > 0 {
        let terms = flow::actions::terms(&rules::deadline(kind)?)?;
        let at = change.now.utc();
        report.promised_at = change.flow().start_clock(report.case, report.receiving, terms, at).await?;
    }
    report.agency = report.receiving;
    report.joined = None;
    report.joined_at = None;
    Sql::new("UPDATE feedback_reports SET joined_id = NULL, joined_at = NULL, to_tell = NULL WHERE id = $1")
        .bind(report.id.uuid())
        .run(change.tx)
        .await?;
    change.set_state(report, State::New, verb).await
}

/// How many are joined, and who sees the same: everybody once, whatever of the joined ones they sent or support.
pub(super) async fn recount(change: &Change<'_>, lead: &mut Report) -> Result<()> {
    let (tx, id) = (change.tx, lead.id.uuid());
    let counted = Sql::new("SELECT count(*) FROM feedback_reports WHERE joined_id = $1").bind(id);
    let joins = counted.one(tx, |row| row.get(0)).await?.unwrap_or_default();
    publish::set_joins(change, lead, joins).await?;
    Sql::new("DELETE FROM feedback_supports WHERE report_id = $1 AND joined = TRUE").bind(id).run(tx).await?;
    let own = lead.reporter.unwrap_or(lead.form_id);
    Sql::new(
        "INSERT INTO feedback_supports (report_id, supporter, at, joined) \
         SELECT $1, k.supporter, min(k.at), TRUE FROM ( \
         SELECT coalesce(r.reporter_id, r.form_id) AS supporter, r.filed_at AS at FROM feedback_reports r \
         WHERE r.joined_id = $1 UNION ALL \
         SELECT s.supporter, s.at FROM feedback_supports s JOIN feedback_reports r ON r.id = s.report_id \
         WHERE r.joined_id = $1) k WHERE k.supporter <> $2 GROUP BY k.supporter ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(own.uuid())
    .run(tx)
    .await?;
    Sql::new(
        "UPDATE feedback_reports SET joins = $2, \
         supports = (SELECT count(*) FROM feedback_supports WHERE report_id = $1) WHERE id = $1",
    )
    .bind(id)
    .bind(joins)
    .run(tx)
    .await?;
    Ok(())
}

/// Those joined into a report go to its agency with it.
pub(super) async fn follow_agency(change: &Change<'_>, lead: &Report) -> Result<()> {
    if lead.joins == 0 {
        return Ok(());
    }
    Sql::new("UPDATE feedback_reports SET agency_id = $2 WHERE joined_id = $1")
        .bind(lead.id.uuid())
        .bind(lead.agency.uuid())
        .run(change.tx)
        .await?;
    Ok(())
}

/// Those who sent what is joined into a report will be told of its answer too.
pub(super) async fn answered(change: &Change<'_>, lead: &Report) -> Result<()> {
    Sql::new(
        "UPDATE feedback_reports SET to_tell = 'feedback.answered' WHERE joined_id = $1 AND reporter_id IS NOT NULL",
    )
    .bind(lead.id.uuid())
    .run(change.tx)
    .await?;
    Ok(())
}

/// Tells those whose reports were joined, or answered by the answer to another, a few at a time: there may be thousands.
pub fn tell_joined(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let now = app.now();
        let waiting = queries::to_tell(app.store.read(), BATCH).await?;
        for id in &waiting {
            app.store
                .write(async |tx| {
                    let change = Change::new(app, tx, now, Actor::PROGRAM);
                    let Some(verb) = queries::to_tell_of(tx, *id).await? else { return Ok(()) };
                    Sql::new("UPDATE feedback_reports SET to_tell = NULL WHERE id = $1")
                        .bind(id.uuid())
                        .run(tx)
                        .await?;
                    message::tell_reporter(&change, &current(tx, *id).await?, &verb).await
                })
                .await?;
        }
        Ok(waiting.len())
    })
}

/// The report, if it was received at the officer's own desk and is not answered yet.
async fn at_own_desk<'c>(change: &Change<'_>, caller: &'c Caller, lead: Id) -> Result<(&'c Officer, Report)> {
    let officer = access::may(caller, TRIAGE)?;
    let lead = current(change.tx, lead).await?;
    if lead.receiving != officer.agency {
        return Err(Error::NotFound);
    }
    if lead.state.takes_in() { Ok((officer, lead)) } else { Err(Error::Conflict("feedback-takes-in-no-more")) }
}

/// Gives the reports that are joined now, and their cases.
async fn set_joined(change: &Change<'_>, lead: &Report, alike: Alike, chosen: &Chosen) -> Result<Vec<(Id, Id)>> {
    let mut conditions = Conditions::after([lead.id.uuid().into(), change.now.utc().into(), lead.agency.uuid().into()]);
    let days = TimeDelta::days(rules()?.near.days);
    queries::narrow_to_alike(&mut conditions, lead, alike, days);
    queries::narrow_to_chosen(&mut conditions, chosen);
    let sql = Sql::composed(format!(
        "UPDATE feedback_reports SET state = 'joined', joined_id = $1, joined_at = $2, agency_id = $3, promised_at = NULL, \
         received_at = coalesce(received_at, $2), \
         to_tell = CASE WHEN reporter_id IS NULL THEN NULL ELSE 'feedback.joined' END \
         WHERE id IN (SELECT r.id FROM feedback_reports r WHERE TRUE{} ORDER BY r.id LIMIT {}) RETURNING id, case_id",
        conditions.text(),
        rules()?.joining.most
    ));
    let joined = conditions.bind_to(sql);
    let joined = joined.all(change.tx, |row| Ok((Id::from_uuid(row.get(0)?), Id::from_uuid(row.get(1)?)))).await?;
    // The desk's lists go along it.
    Sql::new(
        "UPDATE feedback_agencies SET state = 'joined' \
         WHERE report_id IN (SELECT id FROM feedback_reports WHERE joined_id = $1)",
    )
    .bind(lead.id.uuid())
    .run(change.tx)
    .await?;
    Ok(joined)
}

/// What was joined into those that are joined now is answered by the last of them.
async fn move_on(change: &Change<'_>, lead: Id) -> Result<()> {
    Sql::new(
        "UPDATE feedback_reports SET joined_id = $1 WHERE joined_id IN \
         (SELECT id FROM feedback_reports WHERE joined_id = $1 AND joins > 0)",
    )
    .bind(lead.uuid())
    .run(change.tx)
    .await?;
    Sql::new("UPDATE feedback_reports SET joins = 0 WHERE joined_id = $1 AND joins > 0")
        .bind(lead.uuid())
        .run(change.tx)
        .await?;
    Ok(())
}

/// One entry in the journal names all of them.
async fn tell_of(change: &Change<'_>, lead: &Report, verb: &'static str, reports: &[Id]) -> Result<()> {
    let data = json!({
        "code": lead.code,
        "agency": lead.agency,
        "state": lead.state.as_str(),
        "public": lead.public_at.is_some(),
        "joins": lead.joins,
        "reports": reports,
    });
    record(change.tx, change.now, &change.actor, Entry::new(verb, thing(lead.id), &data)?).await?;
    Ok(())
}
