//! A process in words and as a picture.

use flow::process::{At, Budget, END, Next, Process, REFUSE, SUPPLEMENT, Step};
use province::Organisation;
use web::Visitor;

use crate::package::{Package, Task};
use crate::picture::Picture;

/// One step, as the table beside the picture says it.
pub(super) struct StepLine {
    pub(super) number: usize,
    pub(super) title: String,
    pub(super) agency: String,
    pub(super) who: String,
    pub(super) budget: String,
    pub(super) next: String,
}

pub(super) fn lines(visitor: &Visitor, package: &Package, organisation: &Organisation) -> (Picture, Vec<StepLine>) {
    let process = &package.process;
    let told = |(index, step): (usize, &Step)| StepLine {
        number: index + 1,
        title: step.title.clone(),
        agency: agency(visitor, package, step),
        who: who(visitor, step, organisation),
        budget: budget(visitor, step),
        next: next(visitor, process, step),
    };
    let lines: Vec<StepLine> = process.steps.iter().enumerate().map(told).collect();
    let lane = |line: &StepLine| {
        if line.who.is_empty() { line.agency.clone() } else { format!("{}, {}", line.who, line.agency) }
    };
    (Picture::of(process, &lines.iter().map(lane).collect::<Vec<_>>()), lines)
}

fn agency(visitor: &Visitor, package: &Package, step: &Step) -> String {
    let kind = |kind: &str| visitor.text(&format!("directory-kind-{kind}"));
    if let Some(subcase) = &step.subcase {
        return kind(&subcase.agency.kind);
    }
    let task = match step.who.as_ref().map(|who| &who.at) {
        Some(At::Receiving) => Task::Receive,
        Some(At::Parent) => return visitor.text("procedures-at-parent"),
        Some(At::Subcase) => return visitor.text("procedures-at-subcase"),
        Some(At::Agency(code)) => return code.clone(),
        _ => Task::Decide,
    };
    // The last one written is the one that works on it from now on.
    let agency = package.procedure.agencies.iter().rev().find(|agency| agency.does.contains(&task));
    agency.map(|agency| kind(&agency.kind)).unwrap_or_default()
}

fn who(visitor: &Visitor, step: &Step, organisation: &Organisation) -> String {
    let Some(who) = &step.who else { return String::new() };
    let role = visitor.text(&format!("procedures-role-{}", who.role));
    let unit = who.unit.as_ref().map(|code| {
        let named = organisation.templates.iter().rev().find_map(|template| template.unit(code));
        named.map_or_else(|| code.clone(), |unit| unit.name.clone())
    });
    unit.map_or_else(|| role.clone(), |unit| format!("{role} ({unit})"))
}

fn budget(visitor: &Visitor, step: &Step) -> String {
    match step.budget {
        None => "–".to_owned(),
        Some(Budget::Hours(hours)) => visitor.text_with("procedures-hours", &[("count", hours.to_string())]),
        Some(Budget::Days(days)) => visitor.text_with("procedures-days", &[("count", days.to_string())]),
    }
}

/// Where the step leads: numbers of steps, and the ends.
fn next(visitor: &Visitor, process: &Process, step: &Step) -> String {
    let mut told: Vec<String> = Vec::new();
    for target in step.outcomes.values().flat_map(Next::targets) {
        let words = match target.as_str() {
            END => visitor.text("procedures-next-end"),
            REFUSE => visitor.text("procedures-next-refuse"),
            SUPPLEMENT => visitor.text("procedures-next-supplement"),
            name => process
                .steps
                .iter()
                .position(|step| step.name == name)
                .map(|index| visitor.text_with("procedures-next-step", &[("number", (index + 1).to_string())]))
                .unwrap_or_default(),
        };
        if !told.contains(&words) {
            told.push(words);
        }
    }
    told.join("; ")
}
