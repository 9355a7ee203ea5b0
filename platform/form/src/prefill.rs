use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Definition, Field, Kind, Page, Source, Values, path};

/// Known data about the person who fills in a form (`x-prefill`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Prefill {
    #[serde(rename = "person.name")]
    Name,
    #[serde(rename = "person.birth_date")]
    BirthDate,
    #[serde(rename = "person.id_number")]
    IdNumber,
    #[serde(rename = "person.phone")]
    Phone,
    #[serde(rename = "person.email")]
    Email,
    #[serde(rename = "person.address")]
    Address,
    /// `male` or `female`.
    #[serde(rename = "person.sex")]
    Sex,
}

/// What is known, in the shape in which a form stores it: ISO date, twelve digits, an object
/// `{province, commune, detail}` for an address.
pub type Known = BTreeMap<Prefill, Value>;

impl Prefill {
    /// Whether a field can hold this datum.
    pub(crate) fn suits(self, field: &Field) -> bool {
        match (self, &field.kind) {
            (Self::Name | Self::Address, Kind::Text { .. })
            | (Self::BirthDate, Kind::Date { .. })
            | (Self::IdNumber, Kind::IdNumber)
            | (Self::Phone, Kind::Phone)
            | (Self::Email, Kind::Email) => true,
            (Self::Sex, Kind::Choice { source: Source::Fixed(choices), .. }) => {
                ["male", "female"].iter().all(|sex| choices.iter().any(|choice| choice.value == *sex))
            }
            (Self::Address, Kind::Group(_)) => field.is_address(),
            _ => false,
        }
    }

    /// The `autocomplete` token of HTML, for the browser's own memory.
    pub(crate) fn autocomplete(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::BirthDate => "bday",
            Self::IdNumber => "off",
            Self::Phone => "tel",
            Self::Email => "email",
            Self::Address => "street-address",
            Self::Sex => "sex",
        }
    }
}

impl Definition {
    /// Fills empty fields of a page with what is known, and names the concrete paths it filled.
    pub fn offer(&self, page: &Page, values: &mut Values, known: &Known) -> Vec<String> {
        let mut offered = Vec::new();
        if !known.is_empty() {
            for field in &page.fields {
                offer(field, &field.name, values, known, &mut offered);
            }
        }
        offered
    }

    /// What answers say of the person they are about: what [`Self::offer`] would fill in for them another time.
    pub fn known(&self, values: &Values) -> Known {
        let mut known = Known::new();
        for field in self.pages().iter().flat_map(|page| &page.fields) {
            gather(field, &field.name, values, &mut known);
        }
        known
    }
}

fn gather(field: &Field, concrete: &str, values: &Values, known: &mut Known) {
    if let Some(name) = field.prefill {
        if let Some(value) = path::get(values, concrete) {
            known.entry(name).or_insert_with(|| value.clone());
        }
    } else if let Kind::Group(fields) = &field.kind {
        for inner in fields {
            gather(inner, &path::join(concrete, &inner.name), values, known);
        }
    }
}

fn offer(field: &Field, concrete: &str, values: &mut Values, known: &Known, offered: &mut Vec<String>) {
    if let Some(value) = field.prefill.and_then(|name| known.get(&name)) {
        if path::get(values, concrete).is_none() && value.is_object() == matches!(field.kind, Kind::Group(_)) {
            path::set(values, concrete, Some(value.clone()));
            offered.push(concrete.to_owned());
        }
    } else if let Kind::Group(fields) = &field.kind {
        for inner in fields {
            offer(inner, &path::join(concrete, &inner.name), values, known, offered);
        }
    }
}
