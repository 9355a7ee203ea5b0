use base::{PersonalNumber, Phone, TaxCode};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::{Mistake, Problem, tree};

/// A plainly fictitious person.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub name: String,
    pub sex: Sex,
    pub birth_date: NaiveDate,
    pub id_number: PersonalNumber,
    /// Children have none.
    #[serde(default)]
    pub phone: Option<Phone>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    Male,
    Female,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    person: Vec<Person>,
}

/// The people of the demo; each has a number of [`id_numbers`] that nobody else has.
pub fn people() -> Result<Vec<Person>, Problem> {
    let file = "people.toml";
    let wrong = |source| Problem::Wrong { file: file.into(), source };
    let People { person: people } = tree::demo().parse(file)?;
    let mut free = id_numbers()?;
    for person in &people {
        let Some(place) = free.iter().position(|number| *number == person.id_number) else {
            return Err(wrong(Mistake::NotADemoNumber(person.id_number.masked())));
        };
        free.remove(place);
    }
    Ok(people)
}

/// A plainly fictitious enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoOrganisation {
    pub name: String,
    pub tax_code: TaxCode,
    pub address: String,
    /// Its legal representative, one of [`people`].
    pub representative: PersonalNumber,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisations {
    organisation: Vec<DemoOrganisation>,
}

/// The enterprises of the demo.
pub fn demo_organisations() -> Result<Vec<DemoOrganisation>, Problem> {
    let file = "organisations.toml";
    let Organisations { organisation: organisations } = tree::demo().parse(file)?;
    let people = people()?;
    for one in &organisations {
        if people.iter().all(|person| person.id_number != one.representative) {
            let source = Mistake::NotADemoNumber(one.representative.masked());
            return Err(Problem::Wrong { file: file.into(), source });
        }
    }
    Ok(organisations)
}

/// The only personal numbers that may stand anywhere in the repository.
pub fn id_numbers() -> Result<Vec<PersonalNumber>, Problem> {
    let file = "id-numbers.txt";
    let tree = tree::demo();
    let text = tree.text(file).ok_or_else(|| Problem::Missing { file: file.into() })?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let unusable = |_| Problem::Wrong { file: file.into(), source: Mistake::NotADemoNumber(line.to_owned()) };
            line.parse().map_err(unusable)
        })
        .collect()
}
