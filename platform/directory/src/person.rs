use base::{Id, PersonalNumber, Phone};
use chrono::NaiveDate;

use crate::words::words;

/// As civil status papers tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    Male,
    Female,
}

words!(Sex, "sex", { Male => "male", Female => "female" });

/// A person: citizen, officer or both. The one row that a name or a number is corrected or erased in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: Id,
    pub name: String,
    pub birth_date: Option<NaiveDate>,
    pub sex: Option<Sex>,
    /// Unique in the directory.
    pub personal_number: Option<PersonalNumber>,
    pub phone: Option<Phone>,
    pub email: Option<String>,
    pub address: Option<String>,
}

/// A person to be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPerson {
    pub name: String,
    pub birth_date: Option<NaiveDate>,
    pub sex: Option<Sex>,
    pub personal_number: Option<PersonalNumber>,
    pub phone: Option<Phone>,
    pub email: Option<String>,
    pub address: Option<String>,
}

impl NewPerson {
    pub fn with_id(self, id: Id) -> Person {
        let Self { name, birth_date, sex, personal_number, phone, email, address } = self;
        Person { id, name, birth_date, sex, personal_number, phone, email, address }
    }
}

impl Person {
    /// Names of the fields in which two states of a person differ; names only, so that the journal may keep them.
    pub fn changed_fields(&self, before: &Self) -> Vec<&'static str> {
        let compared = [
            ("name", self.name != before.name),
            ("birth_date", self.birth_date != before.birth_date),
            ("sex", self.sex != before.sex),
            ("personal_number", self.personal_number != before.personal_number),
            ("phone", self.phone != before.phone),
            ("email", self.email != before.email),
            ("address", self.address != before.address),
        ];
        compared.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
    }
}
