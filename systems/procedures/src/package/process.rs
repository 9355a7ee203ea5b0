//! `process.toml`: a whole process, or a shared one with changes.

use std::collections::BTreeMap;

use base::PositionKind;
use chrono::NaiveDate;
use flow::process::{At, Budget, Mistake, Process, Step, Work};
use form::Definition;
use serde::Deserialize;

use super::library::Library;
use super::printed;
use super::procedure::{Decides, Procedure, Task};
use super::source::Source;

/// The shared process a package uses, and what it changes in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Uses {
    #[serde(rename = "use")]
    process: String,
    /// Step → its budget in this procedure.
    #[serde(default)]
    budgets: BTreeMap<String, Budget>,
    /// Step → the unit that takes it in this procedure.
    #[serde(default)]
    units: BTreeMap<String, String>,
}

/// A process with the changes made, and where its steps are written.
pub(super) struct Resolved {
    pub(super) process: Process,
    shared: bool,
}

impl Resolved {
    pub(super) fn read(source: &mut Source, library: &Library) -> Option<Self> {
        if !source.has("use") {
            return source.typed().map(|process| Self { process, shared: false });
        }
        let uses: Uses = source.typed()?;
        let Some(text) = library.process(&uses.process) else {
            let message = format!("there is no process `{}`; known are: {}", uses.process, library.process_names());
            source.report("use", "unknown-process", message);
            return None;
        };
        match toml::from_str::<Process>(text) {
            Ok(process) => Some(Self { process: changed(process, &uses, source), shared: true }),
            Err(error) => {
                source.report("use", "broken-process", format!("`{}`: {}", uses.process, error.message()));
                None
            }
        }
    }

    /// Where in `process.toml` a key of a step is written: in the step, in the changes, or where the shared process is named.
    fn place(&self, source: &Source, step: &str, key: &str) -> String {
        if self.shared {
            let changes = if key.starts_with("who") { "units" } else { "budgets" };
            return if source.has(changes) && key != "outcomes" {
                format!("{changes}.{step}")
            } else {
                "use".to_owned()
            };
        }
        // Of two steps with one name the later is the mistake.
        let index = self.process.steps.iter().rposition(|known| known.name == step).unwrap_or_default();
        format!("step.{index}.{key}")
    }

    /// Whether the process can be followed: only then is it worth trying cases on it.
    pub(super) fn check(&self, source: &mut Source) -> bool {
        let mistakes = self.process.check();
        for mistake in &mistakes {
            let (rule, key) = rule(mistake);
            let place = match mistake.step() {
                Some(_) if self.shared => "use".to_owned(),
                Some(step) => self.place(source, step, &key),
                None => "step".to_owned(),
            };
            source.report(&place, rule, mistake.to_string());
        }
        mistakes.is_empty()
    }

    /// Whether somebody can take each step, whichever agency of those named it is, as long as the procedure holds.
    pub(super) fn check_people(&self, procedure: &Procedure, library: &Library, source: &mut Source) {
        for step in &self.process.steps {
            let Some(who) = &step.who else { continue };
            let Ok(role) = who.role.parse::<PositionKind>() else {
                let message = format!("`{}` is no kind of position", who.role);
                source.report(&self.place(source, &step.name, "who.role"), "unknown-role", message);
                continue;
            };
            let task = match who.at {
                At::Receiving => Task::Receive,
                At::Deciding | At::Subcase => Task::Decide,
                At::Parent | At::Agency(_) => continue,
            };
            for agency in procedure.agencies.iter().filter(|agency| agency.does.contains(&task)) {
                let templates = library.organisation.templates.iter().filter(|template| {
                    template.kind == agency.kind && overlap(template.from, template.to, agency, procedure)
                });
                for template in templates.filter(|template| !template.has(role, who.unit.as_deref())) {
                    let unit = who.unit.as_deref().map_or(String::new(), |unit| format!(" in unit `{unit}`"));
                    let message = format!(
                        "`{}` from {} has no `{}`{unit} to take `{}`",
                        agency.kind, template.from, who.role, step.name
                    );
                    source.report(&self.place(source, &step.name, "who"), "nobody-there", message);
                }
            }
        }
    }

    /// Sub-cases lead to a known procedure at an agency that does it; returns the working minutes they may take.
    pub(super) fn check_subcases(
        &self,
        procedure: &Procedure,
        form: Option<&Definition>,
        library: &Library,
        source: &mut Source,
    ) -> u32 {
        let mut minutes = 0_u32;
        for step in &self.process.steps {
            let Some(subcase) = &step.subcase else { continue };
            let Some(other) = library.procedure_beside(&subcase.procedure, procedure) else {
                let message = format!("there is no procedure `{}` on {}", subcase.procedure, procedure.from);
                source.report(&self.place(source, &step.name, "subcase"), "unknown-procedure", message);
                continue;
            };
            if !other.agencies.iter().any(|agency| agency.kind == subcase.agency.kind) {
                let message = format!("`{}` is not done by a `{}`", other.code, subcase.agency.kind);
                source.report(&self.place(source, &step.name, "subcase"), "subcase-agency", message);
            }
            let unprintable = form.map(|form| printed::unprintable(other, form)).unwrap_or_default();
            if !unprintable.is_empty() {
                let message =
                    format!("the form lacks what results of `{}` print: {}", other.code, unprintable.join(", "));
                source.report(&self.place(source, &step.name, "subcase"), "unknown-field", message);
            }
            minutes = minutes.saturating_add(working_minutes(other, library));
        }
        minutes
    }

    /// The steps together must fit into the deadline. Parallel steps are added up too: one officer may have to do both.
    pub(super) fn check_budget(&self, procedure: &Procedure, subcases: u32, library: &Library, source: &mut Source) {
        let day = day_minutes(procedure.from, library);
        let minutes = |step: &Step| match step.budget {
            None => 0,
            Some(Budget::Hours(hours)) => hours.saturating_mul(60),
            Some(Budget::Days(days)) => days.saturating_mul(day),
        };
        let needed = self.process.steps.iter().map(minutes).fold(subcases, u32::saturating_add);
        let given = working_minutes(procedure, library).max(day_at_least(procedure, day));
        if needed > given {
            let place = if source.has("budgets") { "budgets" } else { "use" };
            let place = if self.shared { place } else { "step" };
            let message =
                format!("the steps need {} working hours, the deadline gives {}", hours(needed), hours(given));
            source.report(place, "budget-exceeded", message);
        }
    }
}

fn changed(mut process: Process, uses: &Uses, source: &mut Source) -> Process {
    for (name, budget) in &uses.budgets {
        match process.steps.iter_mut().find(|step| step.name == *name) {
            Some(step) => step.budget = Some(*budget),
            None => unknown_step(source, "budgets", name, &uses.process),
        }
    }
    for (name, unit) in &uses.units {
        match process.steps.iter_mut().find(|step| step.name == *name).and_then(|step| step.who.as_mut()) {
            Some(who) => who.unit = Some(unit.clone()),
            None => unknown_step(source, "units", name, &uses.process),
        }
    }
    process
}

fn unknown_step(source: &mut Source, table: &str, step: &str, process: &str) {
    source.report(
        &format!("{table}.{step}"),
        "unknown-step",
        format!("process `{process}` has no step `{step}` with people"),
    );
}

/// The name of the rule, and the key of the step where the mistake stands.
fn rule(mistake: &Mistake) -> (&'static str, String) {
    let (rule, key) = match mistake {
        Mistake::Empty => ("no-step", "name"),
        Mistake::FirstMustReceive { .. } => ("first-must-receive", "does"),
        Mistake::DuplicateStep { .. } => ("duplicate-step", "name"),
        Mistake::ReservedName { .. } => ("reserved-name", "name"),
        Mistake::UnknownTarget { outcome, .. } => return ("unknown-target", format!("outcomes.{outcome}")),
        Mistake::UnknownAfter { .. } => ("unknown-after", "after"),
        Mistake::WaitsForItself { .. } => ("waits-for-itself", "after"),
        Mistake::Nobody { .. } => ("nobody", "who"),
        Mistake::SubCaseWithPerson { .. } => ("subcase-with-person", "who"),
        Mistake::NoOutcome { .. } => ("no-outcome", "outcomes"),
        Mistake::Unreachable { .. } => ("unreachable", "name"),
        Mistake::NeverEnds { .. } => ("never-ends", "name"),
        Mistake::SubCaseWithoutDone { .. } => ("subcase-without-done", "outcomes"),
        Mistake::DeadEnd { outcome, .. } => return ("dead-end", format!("outcomes.{outcome}")),
        Mistake::TooManyWays { .. } => ("too-many-ways", "outcomes"),
    };
    (rule, key.to_owned())
}

fn overlap(from: NaiveDate, to: Option<NaiveDate>, agency: &Decides, procedure: &Procedure) -> bool {
    let begins = agency.from.unwrap_or(procedure.from);
    let ends = agency.to.or(procedure.to);
    ends.is_none_or(|last| from <= last) && to.is_none_or(|last| begins <= last)
}

fn day_minutes(on: NaiveDate, library: &Library) -> u32 {
    library.calendar.day_minutes(on).unwrap_or_default()
}

/// "In the day" (no day at all after the first) leaves at most one day of work.
fn day_at_least(procedure: &Procedure, day: u32) -> u32 {
    if procedure.deadline.budget == worktime::Budget::Days(0) { day } else { 0 }
}

/// The least working time a deadline gives: of almanac days, those that are left when as many as possible are weekends.
fn working_minutes(procedure: &Procedure, library: &Library) -> u32 {
    let day = day_minutes(procedure.from, library);
    let almanac = |days: u32| (days - days / 7 * 2 - (days % 7).min(2)).saturating_mul(day);
    match procedure.deadline.budget {
        worktime::Budget::Minutes(minutes) => minutes,
        worktime::Budget::Days(days) => days.saturating_mul(day),
        worktime::Budget::AlmanacHours(hours) => almanac(hours / 24),
        worktime::Budget::CalendarDays(days) => almanac(days),
        worktime::Budget::CalendarMonths(months) => almanac(months.saturating_mul(28)),
    }
}

/// "2,5"
fn hours(minutes: u32) -> String {
    format!("{:.1}", f64::from(minutes) / 60.0)
}

/// Whether results come from the sub-case of this procedure.
pub(super) fn has_subcase(process: &Process, code: &str) -> bool {
    let made_there = |step: &Step| step.subcase.as_ref().is_some_and(|subcase| subcase.procedure == code);
    process.steps.iter().any(|step| step.does == Work::SubCase && made_there(step))
}
