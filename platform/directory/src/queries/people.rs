use base::{Id, PersonalNumber, Result};
use store::{Connection, Row, Sql};

use super::id;
use crate::person::Person;

const PERSON: &str = "SELECT id, name, birth_date, sex, personal_number, phone, email, address FROM directory_persons";

fn read(row: Row) -> Result<Person> {
    let text = |column| row.get::<Option<String>>(column);
    Ok(Person {
        id: id(&row, 0)?,
        name: row.get(1)?,
        birth_date: row.get(2)?,
        sex: text(3)?.map(|word| word.parse()).transpose()?,
        personal_number: text(4)?.map(|number| number.parse()).transpose()?,
        phone: text(5)?.map(|number| number.parse()).transpose()?,
        email: text(6)?,
        address: text(7)?,
    })
}

pub async fn person(connection: &impl Connection, id: Id) -> Result<Option<Person>> {
    Sql::composed(format!("{PERSON} WHERE id = $1")).bind(id.uuid()).one(connection, read).await
}

pub async fn person_by_number(connection: &impl Connection, number: &PersonalNumber) -> Result<Option<Person>> {
    Sql::composed(format!("{PERSON} WHERE personal_number = $1")).bind(number.reveal()).one(connection, read).await
}
