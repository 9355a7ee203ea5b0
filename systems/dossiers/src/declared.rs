//! The declared form of a procedure and the code lists it chooses from, each read once: a version never changes.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use base::{Error, Id, Result};
use contracts::questions::Procedure;
use form::{Choice, Definition, Lists};

/// The form of a version.
///
/// # Errors
/// [`Error::Inside`] when it cannot be read: a published package has been checked, so this is a mistake of the program.
pub fn definition(procedure: &Procedure) -> Result<Arc<Definition>> {
    static READ: OnceLock<RwLock<HashMap<Id, Arc<Definition>>>> = OnceLock::new();
    let read = READ.get_or_init(RwLock::default);
    if let Some(known) = read.read().unwrap_or_else(PoisonError::into_inner).get(&procedure.id) {
        return Ok(known.clone());
    }
    let form = Definition::parse(&procedure.form_schema, &procedure.form_ui)
        .map_err(|problems| Error::inside(format!("the form of {}: {problems:?}", procedure.code)))?;
    let form = Arc::new(form);
    read.write().unwrap_or_else(PoisonError::into_inner).insert(procedure.id, form.clone());
    Ok(form)
}

/// The national code lists as forms ask for them.
///
/// # Errors
/// When the lists that the program holds cannot be read.
pub fn lists() -> Result<&'static Lists> {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    if let Some(known) = LISTS.get() {
        return Ok(known);
    }
    let all = province::lists()?.into_iter().fold(Lists::default(), |lists, (name, entries)| {
        let choices =
            entries.into_iter().map(|entry| Choice { value: entry.code, title: entry.title, group: entry.group });
        lists.with(name, choices.collect())
    });
    Ok(LISTS.get_or_init(|| all))
}
