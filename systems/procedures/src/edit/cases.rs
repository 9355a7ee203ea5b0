//! The cases of a package while it is being changed: what each promises now, and cases for a procedure that has none.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;

use base::Result;
use chrono::{NaiveDate, NaiveDateTime};
use flow::process::{END, Process, REFUSE, SUPPLEMENT, is_end};
use province::Tree;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};
use worktime::Calendar;

use super::document;
use crate::package::{CASES, Case, CaseStep, Procedure, calendar, draft_procedure, draft_process, promise};

/// A case, what it says, and what the clock gives now.
pub(crate) struct Attempt {
    pub(crate) title: String,
    pub(crate) received: NaiveDateTime,
    pub(crate) written: NaiveDateTime,
    /// Absent where the deadline cannot be read yet.
    pub(crate) given: Option<NaiveDateTime>,
}

/// Every case that can be read.
///
/// # Errors
/// When the national calendar cannot be read.
pub(crate) fn attempts(files: &Tree) -> Result<Vec<Attempt>> {
    let calendar = calendar()?;
    let deadline = draft_procedure(files).map(|procedure| procedure.deadline);
    let case = |text: &str| {
        let case: Case = toml::from_str(text).ok()?;
        let given = deadline.as_ref().and_then(|deadline| promise(deadline, case.received, &[], &calendar));
        Some(Attempt { title: case.title, received: case.received, written: case.promised, given })
    };
    Ok(files.files().filter(|(path, _)| path.starts_with(CASES)).filter_map(|(_, text)| case(text)).collect())
}

/// The files with every case promising what the clock gives now; cases are made where there are none.
///
/// # Errors
/// When a case is not even TOML.
pub(crate) fn renewed(files: &Tree, today: NaiveDate) -> Result<Tree> {
    let calendar = calendar()?;
    let mut after = files.clone();
    let Some(procedure) = draft_procedure(files) else { return Ok(after) };
    let held: Vec<PathBuf> =
        files.files().map(|(path, _)| path.to_owned()).filter(|path| path.starts_with(CASES)).collect();
    for path in &held {
        let Some(case) = files.text(path).and_then(|text| toml::from_str::<Case>(text).ok()) else { continue };
        let mut text = document(files, &path.to_string_lossy())?;
        let mut say = |key: &str, steps: &[CaseStep]| {
            if let Some(at) = promise(&procedure.deadline, case.received, steps, &calendar) {
                text[key] = toml_edit::value(written(at));
            }
        };
        say("promised", &[]);
        if case.due.is_some() || case.steps.iter().any(|step| step.at.is_some()) {
            say("due", &case.steps);
        }
        let channels = procedure.channels();
        if let Some(first) =
            channels.first().filter(|_| case.channel.is_none_or(|channel| !channels.contains(&channel)))
        {
            text["channel"] = toml_edit::value(first.as_str());
        }
        after = after.with(path.clone(), text.to_string());
    }
    if !held.is_empty() {
        return Ok(after);
    }
    let Some(process) = draft_process(files)? else { return Ok(after) };
    for (end, title, file) in
        [(END, "Giải quyết bình thường", "binh-thuong"), (REFUSE, "Không đủ điều kiện giải quyết", "tu-choi")]
    {
        if let Some(text) = made((&procedure, &process, &calendar), end, title, today) {
            after = after.with(PathBuf::from(CASES).join(format!("{file}.toml")), text.to_string());
        }
    }
    Ok(after)
}

fn written(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}

fn made(
    (procedure, process, calendar): (&Procedure, &Process, &Calendar),
    end: &str,
    title: &str,
    today: NaiveDate,
) -> Option<DocumentMut> {
    let received = today.and_hms_opt(9, 0, 0)?;
    let promised = promise(&procedure.deadline, received, &[], calendar)?;
    let mut text = DocumentMut::new();
    let mut say = |key: &str, value: Value| text.insert(key, Item::Value(value));
    say("title", title.into());
    say("received", written(received).into());
    if let Some(channel) = procedure.channels().first() {
        say("channel", channel.as_str().into());
    }
    say("promised", written(promised).into());
    say("ends", end.into());
    let mut steps = ArrayOfTables::new();
    for (name, outcome) in way(process, end)? {
        steps.push(Table::from_iter([("name", Item::Value(name.into())), ("outcome", Item::Value(outcome.into()))]));
    }
    text.insert("step", Item::ArrayOfTables(steps));
    Some(text)
}

/// The shortest way through a process to an end: steps and their outcomes, asking for nothing on the way.
fn way<'p>(process: &'p Process, end: &str) -> Option<Vec<(&'p str, &'p str)>> {
    type Way<'p> = (BTreeSet<&'p str>, BTreeSet<&'p str>, Vec<(&'p str, &'p str)>);
    let first = process.steps.first()?;
    let mut waiting: VecDeque<Way<'p>> =
        VecDeque::from([(BTreeSet::from([first.name.as_str()]), BTreeSet::new(), Vec::new())]);
    let mut seen = BTreeSet::new();
    while let Some((open, closed, taken)) = waiting.pop_front() {
        if !seen.insert((open.clone(), closed.clone())) {
            continue;
        }
        for step in open.iter().filter_map(|name| process.step(name)) {
            for (outcome, next) in
                step.outcomes.iter().filter(|(_, next)| !next.targets().iter().any(|to| to == SUPPLEMENT))
            {
                let (mut open, mut closed, mut taken) = (open.clone(), closed.clone(), taken.clone());
                open.remove(step.name.as_str());
                closed.insert(step.name.as_str());
                taken.push((step.name.as_str(), outcome.as_str()));
                if next.targets().iter().any(|target| target == end) {
                    return Some(taken);
                }
                for to in next.targets().iter().filter(|to| !is_end(to)).filter_map(|name| process.step(name)) {
                    if to.after.iter().all(|name| closed.contains(name.as_str())) {
                        closed.remove(to.name.as_str());
                        open.insert(to.name.as_str());
                    }
                }
                if !open.is_empty() {
                    waiting.push_back((open, closed, taken));
                }
            }
        }
    }
    None
}
