//! The rules that are data: fields, conditions, terms and processes. Each is read once.

use std::sync::OnceLock;

use base::{Error, Id, Now, Result};
use contracts::questions::Deadline;
use directory::Agency;
use flow::Process;
use province::{Charge, Complaints, Condition};
use store::Connection;

use crate::letter::{Complexity, Kind, Letter};

/// Limits, fields, conditions and terms.
///
/// # Errors
/// When the rules that the program holds cannot be read.
pub fn rules() -> Result<&'static Complaints> {
    static RULES: OnceLock<Complaints> = OnceLock::new();
    once(&RULES, || Ok(Complaints::load()?))
}

/// How letters of a kind are worked on.
pub(crate) fn process(kind: Kind) -> Result<&'static Process> {
    static COMPLAINT: OnceLock<Process> = OnceLock::new();
    static DENUNCIATION: OnceLock<Process> = OnceLock::new();
    static OTHER: OnceLock<Process> = OnceLock::new();
    let (cell, file) = match kind {
        Kind::Complaint => (&COMPLAINT, "complaints/complaint.toml"),
        Kind::Denunciation => (&DENUNCIATION, "complaints/denunciation.toml"),
        Kind::Other | Kind::Mixed => (&OTHER, "complaints/other.toml"),
    };
    once(cell, || {
        let tree = province::national();
        let text = tree.text(file).ok_or_else(|| Error::inside(format!("{file} is missing")))?;
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

/// The conditions that letters of a kind must meet.
pub(crate) fn conditions(kind: Kind) -> Result<Vec<&'static Condition>> {
    Ok(rules()?.conditions_of(kind.rules()).collect())
}

/// How long settling a letter may take at this complexity; `None` where the law knows no such extension.
pub(crate) fn deadline(letter: &Letter, complexity: Complexity) -> Result<Option<Deadline>> {
    let term = rules()?.term(letter.kind.rules(), letter.instance, complexity.as_str(), letter.remote);
    Ok(term.map(|term| Deadline {
        unit: term.unit.clone(),
        amount: term.amount,
        counting: "days-excl-first".to_owned(),
        cut_off: None,
        written: term.written.clone(),
    }))
}

/// Title of a field; of one that is no longer among the rules, its code.
pub(crate) fn field_title(code: &str) -> String {
    let known = rules().ok().and_then(|rules| rules.field(code));
    known.map_or_else(|| code.to_owned(), |field| field.title.clone())
}

/// The agency that a charge names. The province's own, or the one that serves the commune.
pub(crate) async fn in_charge(c: &impl Connection, charge: &Charge, commune: Option<Id>, now: Now) -> Result<Agency> {
    let known = directory::queries::agencies_of_kind(c, &charge.kind, now.today()).await?;
    let named = known.into_iter().find(|agency| charge.notation.as_ref().is_none_or(|name| *name == agency.notation));
    match (named, commune) {
        (Some(agency), _) => Ok(agency),
        (None, Some(commune)) => directory::queries::agency(c, commune).await?.ok_or(Error::NotFound),
        (None, None) => Err(Error::inside(format!("no agency of kind {} today", charge.kind))),
    }
}
