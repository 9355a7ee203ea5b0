//! A package's files as people change them in a browser: sections of fields and rows over the text, which keeps its comments.
//!
//! What the text holds beyond the fields of a section stays as it is. Nothing here judges: a draft may have mistakes, and
//! [`crate::package`] finds them.

mod binding;
mod cases;
mod diff;
mod form;
mod process;
mod section;

use base::{Error, Result};
use chrono::NaiveDate;
use province::Tree;
use toml_edit::{DocumentMut, Item, TableLike};

use crate::package::PROCEDURE;

pub(crate) use binding::{Column, Kind, Row, Sheet, Values};
pub(crate) use cases::{Attempt, attempts, renewed};
pub(crate) use diff::{Difference, Side, differences};
pub(crate) use form::{PAGE, in_order};
pub(crate) use section::{Misfit, Rows, Section, new_row};

/// A file of a package as it is edited; an empty one where it is missing.
fn document(files: &Tree, file: &str) -> Result<DocumentMut> {
    Ok(files.text(file).unwrap_or_default().parse::<DocumentMut>()?)
}

/// What the procedure is called; nothing where its file cannot be read.
pub(crate) fn name(files: &Tree) -> String {
    let named = document(files, PROCEDURE).ok().and_then(|text| Some(text.get("name")?.as_str()?.to_owned()));
    named.unwrap_or_default()
}

/// The files with their first day set: agencies whose part has ended by then are left out, and those that take part already
/// do so from the beginning.
///
/// # Errors
/// When the file of the procedure is no TOML.
pub(crate) fn effective(files: Tree, from: NaiveDate) -> Result<Tree> {
    let mut text = document(&files, PROCEDURE)?;
    text["from"] = toml_edit::value(from.to_string());
    let day = |table: &dyn TableLike, key: &str| -> Option<NaiveDate> { table.get(key)?.as_str()?.parse().ok() };
    if day(text.as_table(), "to").is_some_and(|last| last < from) {
        text.remove("to");
    }
    if let Some(agencies) = text.get_mut("agency").and_then(Item::as_array_of_tables_mut) {
        agencies.retain(|agency| day(agency, "to").is_none_or(|last| from <= last));
        for agency in agencies.iter_mut() {
            if day(agency, "from").is_some_and(|first| first <= from) {
                agency.remove("from");
            }
        }
    }
    Ok(files.with(PROCEDURE, text.to_string()))
}

/// A procedure nobody wrote yet, on a shared process: what is asked for stands there empty.
///
/// # Errors
/// [`Error::Invalid`] at `process` for one that there is not.
pub(crate) fn blank(code: &str, name: &str, process: &str, today: NaiveDate) -> Result<Tree> {
    if crate::package::shared_process(process).is_none() {
        return Err(Error::invalid("process", "procedures-edit-no-process"));
    }
    let blank = province::national().folder("blank");
    let text = |file: &str| blank.text(file).unwrap_or_default();
    let mut procedure = text(PROCEDURE).parse::<DocumentMut>()?;
    procedure["code"] = toml_edit::value(code);
    procedure["name"] = toml_edit::value(name);
    procedure["from"] = toml_edit::value(today.to_string());
    procedure["decision"]["date"] = toml_edit::value(today.to_string());
    let mut uses = DocumentMut::new();
    uses["use"] = toml_edit::value(process);
    let files = Tree::default()
        .with(PROCEDURE, procedure.to_string())
        .with(crate::package::COMPONENTS, "")
        .with(crate::package::FEES, "")
        .with(crate::package::SCHEMA, text(crate::package::SCHEMA))
        .with(crate::package::UI, text(crate::package::UI))
        .with(crate::package::PROCESS, uses.to_string());
    renewed(&files, today)
}

#[cfg(test)]
mod tests;
