//! The rules that are data: fields, results, the deadline, the process. Each is read once.

use std::sync::OnceLock;

use base::{Error, Id, Now, Result};
use contracts::questions::Deadline;
use directory::Agency;
use flow::Process;
use province::{Charge, Field, Outcome, Petitions};
use store::Connection;

const PROCESS: &str = "petitions/process.toml";

/// Fields, results, limits and the deadline.
///
/// # Errors
/// When the rules that the program holds cannot be read.
pub fn rules() -> Result<&'static Petitions> {
    static RULES: OnceLock<Petitions> = OnceLock::new();
    once(&RULES, || Ok(Petitions::load()?))
}

/// How a petition is worked on.
pub(crate) fn process() -> Result<&'static Process> {
    static PROCESS_READ: OnceLock<Process> = OnceLock::new();
    once(&PROCESS_READ, || {
        let tree = province::national();
        let text = tree.text(PROCESS).ok_or_else(|| Error::inside(format!("{PROCESS} is missing")))?;
        Ok(toml::from_str(text)?)
    })
}

fn once<T>(cell: &'static OnceLock<T>, read: impl FnOnce() -> Result<T>) -> Result<&'static T> {
    if let Some(known) = cell.get() {
        return Ok(known);
    }
    let value = read()?;
    Ok(cell.get_or_init(|| value))
}

/// The deadline, as clocks take it.
pub(crate) fn deadline() -> Result<Deadline> {
    let deadline = &rules()?.deadline;
    Ok(Deadline {
        unit: deadline.unit.clone(),
        amount: deadline.amount,
        counting: deadline.counting.clone(),
        cut_off: None,
        written: deadline.written.clone(),
    })
}

/// The field of this code.
///
/// # Errors
/// [`Error::Invalid`] at the field `field` when there is none.
pub(crate) fn field(code: &str) -> Result<&'static Field> {
    rules()?.field(code).ok_or_else(|| Error::invalid("field", "petitions-field-missing"))
}

/// Title of a field; of one that is no longer among the rules, its code.
pub(crate) fn field_title(code: &str) -> String {
    let known = rules().ok().and_then(|rules| rules.field(code));
    known.map_or_else(|| code.to_owned(), |field| field.title.clone())
}

/// The result of this code.
///
/// # Errors
/// [`Error::Invalid`] at the field `result` when there is none.
pub(crate) fn result(code: &str) -> Result<&'static Outcome> {
    rules()?.result(code).ok_or_else(|| Error::invalid("result", "petitions-result-missing"))
}

/// Title of a result; of one that is no longer among the rules, its code.
pub(crate) fn result_title(code: &str) -> String {
    let known = rules().ok().and_then(|rules| rules.result(code));
    known.map_or_else(|| code.to_owned(), |result| result.title.clone())
}

/// How a result is coloured: what is still followed up is not done.
pub(crate) fn result_tone(code: &str) -> &'static str {
    if result(code).is_ok_and(|result| result.carries_over) { "warn" } else { "ok" }
}

/// The agency that a charge names for a place.
///
/// # Errors
/// [`Error::NotFound`] when the province has no such agency.
pub(crate) async fn in_charge(c: &impl Connection, charge: &Charge, place: Id, now: Now) -> Result<Agency> {
    let found = match &charge.notation {
        None => directory::queries::covering(c, &charge.kind, place, now.today()).await?,
        Some(notation) => {
            let known = directory::queries::agencies_of_kind(c, &charge.kind, now.today()).await?;
            known.into_iter().find(|agency| agency.notation == *notation)
        }
    };
    found.ok_or(Error::NotFound)
}
