//! The desk reads a report: what it is, whose it is, and what of it everybody may see.

use base::{Error, Id, Now, Result};
use flow::Work;
use store::Sql;
use system::{App, Caller};
use worktime::ledger::{self, Owner};

use super::{Change, join, publish, said};
use crate::queries;
use crate::report::{Moderated, Report, Sort, State};
use crate::rules;
use crate::tables::SEARCH;

/// What the desk decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Triage {
    pub kind: String,
    /// Who answers for it.
    pub agency: Id,
    /// The words with names, insults and other people's data taken out.
    pub words: String,
    pub place_words: String,
    /// Whether everybody sees it.
    pub public: bool,
    /// The pictures that everybody may see.
    pub photos: Vec<Id>,
}

/// Takes a report in and hands it to the agency in charge. The clock runs from when it was sent; what was promised at the
/// first reading stays when the report comes back and is handed to another agency.
///
/// # Errors
/// [`Error::Conflict`] when it was read meanwhile; [`Error::Invalid`] for what is missing.
pub async fn triage(app: &App, now: Now, caller: &Caller, report: Id, step: Id, decided: Triage) -> Result<Report> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut report, open) = change.at_work(caller, report, step, Work::Receive).await?;
            let kind = rules::kind(&decided.kind)?;
            let agency = directory::queries::agency(tx, decided.agency).await?;
            let agency = agency.filter(|agency| agency.exists_on(now.today()));
            let agency = agency.ok_or_else(|| Error::invalid("agency", "feedback-agency-missing"))?;
            let moderated = Moderated {
                words: said(&decided.words, "public-words")?,
                place_words: decided.place_words.trim().to_owned(),
            };
            let flow = change.flow();
            flow.hand_over(report.case, agency.id).await?;
            flow.complete(officer, &open, "accept", None).await?;
            if ledger::find(tx, Owner { kind: "case", id: report.case }).await?.is_none() {
                let terms = flow::actions::terms(&rules::deadline(kind)?)?;
                report.promised_at = flow.start_clock(report.case, agency.id, terms, report.filed_at).await?;
            }
            show_photos(&change, report.form_id, &decided.photos).await?;
            report.kind.clone_from(&kind.code);
            report.sort = Sort::parse(&kind.sort).unwrap_or(report.sort);
            report.agency = agency.id;
            report.received_at = report.received_at.or(Some(now.utc()));
            report.moderated = Some(moderated);
            publish::set_public(&change, &mut report, decided.public).await?;
            keep_content(&change, &report).await?;
            change.join(report.id, agency.id).await?;
            join::follow_agency(&change, &report).await?;
            change.set_state(&mut report, State::Assigned, "feedback.assigned").await?;
            Ok(report)
        })
        .await
}

async fn show_photos(change: &Change<'_>, owner: Id, shown: &[Id]) -> Result<()> {
    for photo in queries::photos(change.tx, owner).await? {
        Sql::new("UPDATE feedback_photos SET shown = $2 WHERE id = $1")
            .bind(photo.id.uuid())
            .bind(shown.contains(&photo.id))
            .run(change.tx)
            .await?;
    }
    Ok(())
}

async fn keep_content(change: &Change<'_>, report: &Report) -> Result<()> {
    let Some(moderated) = &report.moderated else { return Ok(()) };
    Sql::new(
        "UPDATE feedback_reports SET sort = $2, kind = $3, public_words = $4, public_place_words = $5, public_at = $6 \
         WHERE id = $1",
    )
    .bind(report.id.uuid())
    .bind(report.sort.as_str())
    .bind(report.kind.as_str())
    .bind(moderated.words.as_str())
    .bind(moderated.place_words.as_str())
    .bind(report.public_at)
    .run(change.tx)
    .await?;
    // Only what everybody may read is searched, or a search would tell what was taken out.
    let title = rules::kind_title(&report.kind);
    let words = format!("{} {title} {} {}", report.code, moderated.words, moderated.place_words);
    SEARCH.put(change.tx, change.app.store.kind(), report.id, &words).await
}

/// Refuses a report, with the reason that whoever sent it reads.
pub async fn refuse(app: &App, now: Now, caller: &Caller, report: Id, step: Id, reason: &str) -> Result<Report> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut report, open) = change.at_work(caller, report, step, Work::Receive).await?;
            let reason = said(reason, "reason")?;
            change.flow().complete(officer, &open, "refuse", Some(&reason)).await?;
            change.remark(report.id, "refused", &reason).await?;
            if publish::set_public(&change, &mut report, false).await? {
                keep_content(&change, &report).await?;
            }
            change.set_state(&mut report, State::Refused, "feedback.refused").await?;
            Ok(report)
        })
        .await
}
