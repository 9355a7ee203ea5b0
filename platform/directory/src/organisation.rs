use base::{Id, TaxCode};
use chrono::NaiveDate;

use crate::person::Person;

/// An enterprise or another organisation outside the state, which acts through people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: Id,
    /// Its number in the enterprise register; unique in the directory.
    pub tax_code: TaxCode,
    pub name: String,
    pub address: String,
}

/// An organisation as its papers tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrganisation {
    pub tax_code: TaxCode,
    pub name: String,
    pub address: String,
}

/// That a person acts for an organisation: as its legal representative, or named by one for a time (Decree 69/2024/NĐ-CP).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Representation {
    pub id: Id,
    pub organisation: Organisation,
    pub person: Id,
    pub person_name: String,
    /// The legal representative who named them; absent for a legal representative.
    pub named_by: Option<Id>,
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl Representation {
    /// Whether it comes from the organisation's own papers, so that it may be handed on.
    pub const fn is_legal(&self) -> bool {
        self.named_by.is_none()
    }
}

/// That a person is to act for an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewRepresentation {
    pub organisation: Id,
    pub person: Id,
    pub named_by: Option<Id>,
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// Whoever a thing may be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    Person(Box<Person>),
    Organisation(Organisation),
}

impl Party {
    pub fn name(&self) -> &str {
        match self {
            Self::Person(person) => &person.name,
            Self::Organisation(organisation) => &organisation.name,
        }
    }

    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Person(person) => person.address.as_deref(),
            Self::Organisation(organisation) => Some(&organisation.address),
        }
    }

    pub const fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Organisation(_) => None,
        }
    }
}
