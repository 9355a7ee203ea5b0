//! Parts of other agencies whose own time is used up: since when, by how much, who knows, and what the promise becomes.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use directory::queries::Names;
use flow::{Case, OpenStep, Work};
use journal::Line;
use system::App;
use web::Visitor;
use worktime::ledger::{self, Calendars, Held};
use worktime::{Remaining, State};

use crate::dossier::Dossier;

/// What is late of a dossier.
pub(super) struct Late {
    pub(super) parts: Vec<LatePart>,
    /// What that does to the promised date.
    pub(super) promise: String,
}

/// One late part.
pub(super) struct LatePart {
    pub(super) title: String,
    pub(super) agency: String,
    /// When its own time was used up.
    pub(super) since: DateTime<Utc>,
    /// Working time since then, in words.
    pub(super) by: String,
    /// Where it lies within its agency.
    pub(super) step: String,
    /// Absent for the minute before anybody was.
    pub(super) told: Option<Told>,
}

/// The applicant and the leaders of these agencies were told.
pub(super) struct Told {
    pub(super) at: DateTime<Utc>,
    pub(super) agencies: String,
}

/// What is late of a dossier with these steps and this history; `None` when nothing is.
pub(super) async fn late(
    app: &App,
    visitor: &Visitor,
    dossier: &Dossier,
    steps: &[OpenStep],
    history: &[Line],
) -> Result<Option<Late>> {
    let waiting = |step: &&OpenStep| step.does == Work::SubCase && step.closed_at.is_none();
    let waiting: Vec<Id> = steps.iter().filter(waiting).map(|step| step.id).collect();
    if waiting.is_empty() {
        return Ok(None);
    }
    let mut cases = flow::queries::cases_of(app.store.read(), dossier.id).await?;
    cases.retain(|case| case.parent_step.is_some_and(|step| waiting.contains(&step)) && !case.state.is_closed());
    let owners: Vec<Id> = cases.iter().map(|case| case.id).chain([dossier.case]).collect();
    let clocks = ledger::find_many(app.store.read(), "case", &owners).await?;
    let reading = Reading { app, visitor, calendars: app.parts.get()?, steps, history };
    let mut parts = Vec::new();
    for case in &cases {
        if let Some(held) = clocks.get(&case.id) {
            parts.extend(reading.part(case, held).await?);
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    Ok(Some(Late { parts, promise: reading.promise(dossier, clocks.get(&dossier.case))? }))
}

struct Reading<'a> {
    app: &'a App,
    visitor: &'a Visitor,
    calendars: &'a Calendars,
    steps: &'a [OpenStep],
    history: &'a [Line],
}

impl Reading<'_> {
    async fn part(&self, case: &Case, held: &Held) -> Result<Option<LatePart>> {
        let remaining = self.remaining(held)?;
        let Some(since) = held.due_at.filter(|_| remaining.state == State::Late) else { return Ok(None) };
        let mut names = Names::default();
        let open = self.steps.iter().find(|step| step.case == case.id && step.closed_at.is_none());
        Ok(Some(LatePart {
            title: case.title.clone(),
            agency: names.of(self.app.store.read(), case.agency).await?,
            since,
            by: self.span(remaining),
            step: open.map(|step| step.title.clone()).unwrap_or_default(),
            told: self.told(case, &mut names).await?,
        }))
    }

    /// The last time that this part's lateness was told.
    async fn told(&self, case: &Case, names: &mut Names) -> Result<Option<Told>> {
        let of_part = |line: &&Line| line.verb == "dossiers.part-late" && line.data["part"] == case.id.to_string();
        let Some(line) = self.history.iter().rev().find(of_part) else { return Ok(None) };
        let told: Vec<Id> = serde_json::from_value(line.data["told"].clone())?;
        let mut agencies = Vec::with_capacity(told.len());
        for agency in told {
            agencies.push(names.of(self.app.store.read(), agency).await?);
        }
        Ok(Some(Told { at: line.at, agencies: agencies.join(", ") }))
    }

    /// The clock of the dossier runs on while it waits for another agency, and its promise stays where it is.
    fn promise(&self, dossier: &Dossier, held: Option<&Held>) -> Result<String> {
        let at = dossier.promised_at.map(|at| web::moment(self.visitor.lang, at)).unwrap_or_default();
        let remaining = held.map(|held| self.remaining(held)).transpose()?;
        Ok(match remaining {
            Some(remaining) if remaining.state == State::Late => {
                self.visitor.text_with("dossiers-late-promise-passed", &[("at", at), ("span", self.span(remaining))])
            }
            Some(remaining) => {
                self.visitor.text_with("dossiers-late-promise-kept", &[("at", at), ("span", self.span(remaining))])
            }
            None => String::new(),
        })
    }

    fn remaining(&self, held: &Held) -> Result<Remaining> {
        held.clock.remaining(&self.calendars.of(held.agency), self.visitor.now.utc()).map_err(Error::from)
    }

    /// Working time in whole days, or in hours when it is less than one.
    fn span(&self, remaining: Remaining) -> String {
        let (days, hours) = (remaining.minutes / remaining.day_minutes.max(1), remaining.minutes / 60);
        match (days, hours) {
            (0, 0) => self.visitor.text("dossiers-late-under-an-hour"),
            (0, hours) => self.visitor.text_with("dossiers-late-hours", &[("hours", hours.to_string())]),
            (days, _) => self.visitor.text_with("dossiers-late-days", &[("days", days.to_string())]),
        }
    }
}
