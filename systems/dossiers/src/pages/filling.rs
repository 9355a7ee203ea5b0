//! The declared form of a procedure, ready to be shown on either face: a version never changes, so it is read once.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use base::{Error, Id, Result};
use contracts::questions::Procedure;
use directory::{Person, Sex};
use form::{Choice, Definition, Known, Lists, Prefill};
use web::Visitor;

/// The form of a version.
pub(super) fn definition(procedure: &Procedure) -> Result<Arc<Definition>> {
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
pub(super) fn lists() -> Result<&'static Lists> {
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

/// The texts of forms in the reader's language.
pub(super) fn texts(visitor: &Visitor) -> impl Fn(&str, &[(&str, String)]) -> String {
    |key, parameters| visitor.text_with(key, parameters)
}

/// What is already known of the person who fills in a form.
pub(super) fn known(person: &Person) -> Known {
    let birth_date = person.birth_date.map(|day| day.format("%Y-%m-%d").to_string());
    let sex = person.sex.map(|sex| match sex {
        Sex::Male => "male".to_owned(),
        Sex::Female => "female".to_owned(),
    });
    let facts = [
        (Prefill::Name, Some(person.name.clone())),
        (Prefill::BirthDate, birth_date),
        (Prefill::IdNumber, person.personal_number.as_ref().map(|number| number.reveal().to_owned())),
        (Prefill::Phone, person.phone.as_ref().map(|phone| phone.reveal().to_owned())),
        (Prefill::Email, person.email.clone()),
        (Prefill::Address, person.address.clone()),
        (Prefill::Sex, sex),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?.into()))).collect()
}
