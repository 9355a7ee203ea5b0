//! What has happened to a dossier: its steps with who and how long, its sub-cases, and its journal in plain words.

use base::Result;
use chrono::{DateTime, Utc};
use flow::case::CaseState;
use flow::pages::time_left;
use flow::{Case, OpenStep};
use system::App;
use web::Visitor;
use worktime::ledger::Calendars;
use worktime::{Budget, Clock, Counting, Terms};

use super::opened::Opened;

/// One step, open or closed.
pub(super) struct StepLine {
    pub(super) title: String,
    pub(super) agency: String,
    pub(super) person: String,
    pub(super) opened_at: DateTime<Utc>,
    pub(super) closed_at: Option<DateTime<Utc>>,
    pub(super) waiting_since: Option<DateTime<Utc>>,
    /// Working time used, in words.
    pub(super) took: String,
    pub(super) late: bool,
    pub(super) note: String,
    /// `done` or `now`.
    pub(super) station: &'static str,
}

/// The part of another agency.
pub(super) struct SubCase {
    pub(super) title: String,
    pub(super) agency: String,
    pub(super) state: &'static str,
    pub(super) tone: &'static str,
    /// What is left of its own time, while it is open.
    pub(super) left: Option<(String, &'static str, i64)>,
}

/// One entry of the journal.
pub(super) struct Happened {
    pub(super) at: DateTime<Utc>,
    pub(super) what: String,
    pub(super) who: String,
    pub(super) agency: String,
}

pub(super) fn steps(app: &App, visitor: &Visitor, opened: &Opened) -> Result<Vec<StepLine>> {
    let calendars = app.parts.get::<Calendars>()?;
    let people_work = opened.steps.iter().filter(|step| step.role.is_some());
    people_work.map(|step| step_line(visitor, opened, calendars, step)).collect()
}

fn step_line(visitor: &Visitor, opened: &Opened, calendars: &Calendars, step: &OpenStep) -> Result<StepLine> {
    let until = step.closed_at.unwrap_or(visitor.now.utc());
    Ok(StepLine {
        title: step.title.clone(),
        agency: opened.names.agency(step.agency),
        person: step.claimed_person.map(|person| opened.names.person(person)).unwrap_or_default(),
        opened_at: step.opened_at,
        closed_at: step.closed_at,
        waiting_since: step.waiting_since,
        took: took(visitor, used(opened, calendars, step, until)?),
        late: step.waiting_since.is_none() && step.due_at.is_some_and(|due| due < until),
        note: step.note.clone().unwrap_or_default(),
        station: if step.closed_at.is_some() { "done" } else { "now" },
    })
}

/// Working minutes a step has used. One without a deadline is measured on the same calendar.
fn used(opened: &Opened, calendars: &Calendars, step: &OpenStep, until: DateTime<Utc>) -> Result<i64> {
    let terms = Terms { budget: Budget::Minutes(0), counting: Counting::Hours, cut_off: None };
    let pauses = opened.step_clocks.get(&step.id).map(|held| held.clock.pauses.clone()).unwrap_or_default();
    let clock = Clock { terms, received: step.opened_at, pauses, ended: None };
    Ok(clock.used(&calendars.of(step.agency), until)?.num_minutes())
}

fn took(visitor: &Visitor, minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let hours_and_minutes = [("hours", hours.to_string()), ("minutes", rest.to_string())];
    match (hours, rest) {
        (0, _) => visitor.text_with("dossiers-took-minutes", &hours_and_minutes[1..]),
        (_, 0) => visitor.text_with("dossiers-took-hours", &hours_and_minutes[..1]),
        _ => visitor.text_with("dossiers-took-hours-minutes", &hours_and_minutes),
    }
}

pub(super) async fn sub_cases(app: &App, visitor: &Visitor, opened: &Opened) -> Result<Vec<SubCase>> {
    let others: Vec<&Case> = opened.cases.iter().filter(|case| case.parent_step.is_some()).collect();
    let ids: Vec<_> = others.iter().map(|case| case.id).collect();
    let clocks = worktime::ledger::find_many(app.store.read(), "case", &ids).await?;
    let calendars = app.parts.get::<Calendars>()?;
    let mut lines = Vec::with_capacity(others.len());
    for case in others {
        let held = clocks.get(&case.id).filter(|_| !case.state.is_closed());
        let (state, tone) = state_of(case.state);
        lines.push(SubCase {
            title: case.title.clone(),
            agency: opened.names.agency(case.agency),
            state,
            tone,
            left: held.map(|held| time_left(held, calendars, visitor.now)).transpose()?,
        });
    }
    Ok(lines)
}

const fn state_of(state: CaseState) -> (&'static str, &'static str) {
    match state {
        CaseState::Open => ("dossiers-part-open", "ok"),
        CaseState::Waiting => ("dossiers-part-waiting", "wait"),
        CaseState::Done => ("dossiers-part-done", "ok"),
        CaseState::Refused => ("dossiers-part-refused", "late"),
        CaseState::Withdrawn => ("dossiers-part-withdrawn", "wait"),
    }
}

pub(super) fn journal(visitor: &Visitor, opened: &Opened) -> Vec<Happened> {
    let line = |line: &journal::Line| {
        let step = line.data.get("step").and_then(serde_json::Value::as_str).unwrap_or_default();
        let title = opened.steps.iter().find(|known| known.name == step).map_or(step, |known| known.title.as_str());
        let verb = line.verb.strip_prefix("dossiers.").unwrap_or(&line.verb);
        Happened {
            at: line.at,
            what: visitor.text_with(&format!("dossiers-journal-{verb}"), &[("step", title.to_owned())]),
            who: match line.actor.person {
                Some(person) => opened.names.person(person),
                None => visitor.text("dossiers-journal-program"),
            },
            agency: line.actor.agency.map(|agency| opened.names.agency(agency)).unwrap_or_default(),
        }
    };
    opened.journal.iter().map(line).collect()
}
