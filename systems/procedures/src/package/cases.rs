//! `cases/*.toml`: what a package promises about itself, checked whenever the package is.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, Utc};
use flow::process::{Process, SUPPLEMENT, is_end};
use serde::{Deserialize, Serialize};
use worktime::{Calendar, Clock, Pause};

use super::fees::Channel;
use super::procedure::Deadline;
use super::source::Source;

/// A dossier received then, its promised time, and the steps it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub title: String,
    /// Local time: `2026-02-13T15:30:00`.
    pub received: NaiveDateTime,
    /// Absent where another procedure hands the work over.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// What the receipt says, by the national calendar.
    pub promised: NaiveDateTime,
    /// When it is due after all supplements; absent: as promised.
    #[serde(default)]
    pub due: Option<NaiveDateTime>,
    /// `end` or `refuse`.
    pub ends: String,
    #[serde(rename = "step")]
    pub steps: Vec<CaseStep>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseStep {
    pub name: String,
    pub outcome: String,
    /// For an outcome that asks the applicant for a supplement: when it was asked …
    #[serde(default)]
    pub at: Option<NaiveDateTime>,
    /// … and when it came.
    #[serde(default)]
    pub resumed: Option<NaiveDateTime>,
}

fn instant(local: NaiveDateTime) -> DateTime<Utc> {
    (local - base::ZONE).and_utc()
}

/// Goes through the process as the case says; the first step that cannot be taken is a finding.
pub(super) fn walk(case: &Case, process: &Process, source: &mut Source) {
    let Some(first) = process.steps.first() else { return };
    let mut open = BTreeSet::from([first.name.as_str()]);
    let mut closed: BTreeSet<&str> = BTreeSet::new();
    let mut end = None;
    for (index, taken) in case.steps.iter().enumerate() {
        let place = format!("step.{index}");
        let Some(step) = process.step(&taken.name).filter(|step| open.contains(step.name.as_str())) else {
            let names = open.into_iter().collect::<Vec<_>>().join(", ");
            return source.report(&place, "case-step", format!("`{}` is not open here; open are: {names}", taken.name));
        };
        let Some(next) = step.outcomes.get(&taken.outcome) else {
            let message = format!("`{}` has no outcome `{}`", taken.name, taken.outcome);
            return source.report(&format!("{place}.outcome"), "case-outcome", message);
        };
        let asks = next.targets().iter().any(|target| target == SUPPLEMENT);
        if asks != (taken.at.is_some() && taken.resumed.is_some()) || taken.at > taken.resumed {
            source.report(
                &place,
                "case-supplement",
                "`at` and a later `resumed` belong to a supplement, and only to one",
            );
        }
        if asks {
            continue;
        }
        open.remove(step.name.as_str());
        closed.insert(&step.name);
        for target in next.targets() {
            if is_end(target) {
                end = Some(target.as_str());
                open.clear();
            } else if let Some(next) = process.step(target)
                && next.after.iter().all(|name| closed.contains(name.as_str()))
            {
                closed.remove(next.name.as_str());
                open.insert(&next.name);
            }
        }
    }
    if end != Some(case.ends.as_str()) {
        let message = format!("the steps lead to `{}`, not to `{}`", end.unwrap_or("no end"), case.ends);
        source.report("ends", "case-end", message);
    }
}

/// What a dossier received then is promised, local time, or when it is due after these supplements.
pub(crate) fn promise(
    deadline: &Deadline,
    received: NaiveDateTime,
    steps: &[CaseStep],
    calendar: &Calendar,
) -> Option<NaiveDateTime> {
    let clock = Clock { terms: deadline.terms(), received: instant(received), pauses: pauses(steps), ended: None };
    Some(base::local(clock.due(calendar).ok()??).naive_local())
}

fn pauses(steps: &[CaseStep]) -> Vec<Pause> {
    let pause = |step: &CaseStep| {
        let (from, to) = (step.at?, step.resumed?);
        Some(Pause { from: instant(from), to: Some(instant(to)), reason: step.outcome.clone() })
    };
    steps.iter().filter_map(pause).collect()
}

/// Compares the promised and the due time with what the clock gives on the national calendar.
pub(super) fn times(case: &Case, deadline: &Deadline, calendar: &Calendar, source: &mut Source) {
    let pauses = pauses(&case.steps);
    let mut compare = |key: &str, expected: NaiveDateTime, pauses: Vec<Pause>| {
        let clock = Clock { terms: deadline.terms(), received: instant(case.received), pauses, ended: None };
        match clock.due(calendar) {
            Ok(Some(due)) if due == instant(expected) => {}
            Ok(Some(due)) => {
                let given = base::local(due).naive_local();
                source.report(key, "case-time", format!("the clock gives {given}, the case says {expected}"));
            }
            Ok(None) => source.report(key, "case-time", "the clock never ends"),
            Err(error) => source.report(key, "case-time", error.to_string()),
        }
    };
    compare("promised", case.promised, Vec::new());
    if let Some(due) = case.due {
        compare("due", due, pauses);
    } else if !pauses.is_empty() {
        compare("promised", case.promised, pauses);
    }
}
