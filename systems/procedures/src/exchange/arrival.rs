//! What a package from elsewhere finds here: what is new, what differs, what is missing, and a choice for each.

use std::collections::{BTreeMap, BTreeSet};

use base::Result;
use province::{Organisation, Tree};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::{Parcel, used_process};
use crate::catalogue::Shelf;
use crate::edit::{Difference, differences};
use crate::package::{PROCEDURE, PROCESS, draft_procedure, draft_process, shared_process};
use crate::procedure::Line;

/// A package beside what the province has.
pub(crate) struct Arrival {
    /// What of the package differs from what stands here; `None` where the procedure is new.
    pub(crate) differences: Option<Vec<Difference>>,
    pub(crate) matters: Vec<Matter>,
}

/// Something the package names and the province does not have, or has otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matter {
    pub(crate) kind: MatterKind,
    /// What it is called in the package.
    pub(crate) name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MatterKind {
    /// No agency here is of this kind.
    Agency,
    /// No agency here has this notation.
    Notation,
    /// A field of work no procedure here belongs to.
    Field,
    /// A shared process that is not here, or is another one here.
    Process,
    /// A procedure whose sub-case it needs.
    Procedure,
}

/// What is done about each matter, by its key: `process:standard` and `theirs`.
pub type Choices = BTreeMap<String, String>;

impl MatterKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Notation => "notation",
            Self::Field => "field",
            Self::Process => "process",
            Self::Procedure => "procedure",
        }
    }

    /// Key of its text, with the name as `$name`.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Agency => "procedures-matter-agency",
            Self::Notation => "procedures-matter-notation",
            Self::Field => "procedures-matter-field",
            Self::Process => "procedures-matter-process",
            Self::Procedure => "procedures-matter-procedure",
        }
    }

    /// What may be done about it, the first unless another is chosen: value and key of its text.
    pub(crate) const fn ways(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Agency => &[("keep", "procedures-way-keep"), ("drop", "procedures-way-drop")],
            Self::Notation => {
                &[("any", "procedures-way-any"), ("keep", "procedures-way-keep"), ("drop", "procedures-way-drop")]
            }
            Self::Field => &[("keep", "procedures-way-new-field")],
            Self::Process => &[("theirs", "procedures-way-theirs"), ("ours", "procedures-way-ours")],
            Self::Procedure => &[("keep", "procedures-way-keep")],
        }
    }
}

impl Matter {
    pub(crate) fn key(&self) -> String {
        format!("{}:{}", self.kind.as_str(), self.name)
    }
}

impl Arrival {
    /// `known`: the files that stand here under the code; `notations`: those of the agencies here.
    ///
    /// # Errors
    /// When a file is not even TOML or JSON.
    pub(crate) fn of(
        parcel: &Parcel,
        known: Option<&Tree>,
        notations: &BTreeSet<String>,
        shelf: &Shelf,
    ) -> Result<Self> {
        let differences = known.map(|known| differences(known, &parcel.files)).transpose()?;
        Ok(Self { differences, matters: matters(parcel, notations, shelf)? })
    }
}

fn matters(parcel: &Parcel, notations: &BTreeSet<String>, shelf: &Shelf) -> Result<Vec<Matter>> {
    let mut matters: Vec<Matter> = Vec::new();
    let mut add = |kind: MatterKind, name: &str| {
        let matter = Matter { kind, name: name.to_owned() };
        if !matters.contains(&matter) {
            matters.push(matter);
        }
    };
    if let Some(procedure) = draft_procedure(&parcel.files) {
        let organisation = Organisation::load()?;
        for agency in &procedure.agencies {
            if !organisation.templates.iter().any(|template| template.kind == agency.kind) {
                add(MatterKind::Agency, &agency.kind);
            }
            if let Some(notation) = agency.notation.as_ref().filter(|notation| !notations.contains(*notation)) {
                add(MatterKind::Notation, notation);
            }
        }
        let fields = shelf.lines().filter_map(Line::last).map(|version| &version.package.procedure.field.code);
        if !fields.into_iter().any(|code| *code == procedure.field.code) {
            add(MatterKind::Field, &procedure.field.name);
        }
    }
    if let Some(name) = used_process(&parcel.files) {
        let theirs = parcel.process.as_ref().filter(|(process, _)| *process == name).map(|(_, text)| text);
        if theirs.is_some() && shared_process(&name).as_ref() != theirs {
            add(MatterKind::Process, &name);
        }
    }
    for step in draft_process(&parcel.files)?.iter().flat_map(|process| &process.steps) {
        if let Some(subcase) = step.subcase.as_ref().filter(|subcase| shelf.line(&subcase.procedure).is_none()) {
            add(MatterKind::Procedure, &subcase.procedure);
        }
    }
    Ok(matters)
}

/// The files with the choices made; what nobody chose is as [`MatterKind::ways`] has it first.
///
/// # Errors
/// When a file is not even TOML.
pub(crate) fn settled(parcel: &Parcel, matters: &[Matter], choices: &Choices) -> Result<Tree> {
    let mut files = parcel.files.clone();
    for matter in matters {
        let usual = matter.kind.ways().first().map_or("", |(way, _)| *way);
        let way = choices.get(&matter.key()).map_or(usual, String::as_str);
        files = match (matter.kind, way) {
            (MatterKind::Agency, "drop") => agencies(files, "kind", &matter.name, true)?,
            (MatterKind::Notation, "drop") => agencies(files, "notation", &matter.name, true)?,
            (MatterKind::Notation, "any") => agencies(files, "notation", &matter.name, false)?,
            (MatterKind::Process, "theirs") => with_own_process(files, parcel)?,
            _ => files,
        };
    }
    Ok(files)
}

/// Leaves out the agencies with this value, or only the value.
fn agencies(files: Tree, key: &str, value: &str, whole: bool) -> Result<Tree> {
    let mut text = files.text(PROCEDURE).unwrap_or_default().parse::<DocumentMut>()?;
    if let Some(agencies) = text.get_mut("agency").and_then(Item::as_array_of_tables_mut) {
        let is_meant = |table: &Table| table.get(key).and_then(Item::as_str) == Some(value);
        if whole {
            agencies.retain(|table| !is_meant(table));
        } else {
            agencies.iter_mut().filter(|table| is_meant(table)).for_each(|table| drop(table.remove(key)));
        }
    }
    Ok(files.with(PROCEDURE, text.to_string()))
}

/// The process as it is where the package comes from, with the package's changes in it.
fn with_own_process(files: Tree, parcel: &Parcel) -> Result<Tree> {
    let Some((_, theirs)) = &parcel.process else { return Ok(files) };
    let uses = files.text(PROCESS).unwrap_or_default().parse::<DocumentMut>()?;
    let mut whole = theirs.parse::<DocumentMut>()?;
    let change =
        |table: &str, step: &str| uses.get(table).and_then(|changes| changes.as_table_like()?.get(step)).cloned();
    let steps =
        whole.get_mut("step").and_then(Item::as_array_of_tables_mut).into_iter().flat_map(ArrayOfTables::iter_mut);
    for step in steps {
        let name = step.get("name").and_then(Item::as_str).unwrap_or_default().to_owned();
        if let Some(budget) = change("budgets", &name) {
            step.insert("budget", budget);
        }
        if let (Some(unit), Some(who)) = (change("units", &name), step.get_mut("who").and_then(Item::as_table_like_mut))
        {
            who.insert("unit", unit);
        }
    }
    Ok(files.with(PROCESS, whole.to_string()))
}
