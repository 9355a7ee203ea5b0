use base::{Error, Id, Now, PersonalNumber, Phone, Result};
use journal::{Actor, Entry, Thing};
use serde_json::json;
use store::{Sql, Tx, is_duplicate};

use crate::person::{NewPerson, Person, Sex};
use crate::queries;

const fn thing(id: Id) -> Thing {
    Thing { kind: "person", id }
}

/// # Errors
/// [`Error::Conflict`] when somebody has the personal number already.
pub async fn add_person(tx: &Tx, now: Now, actor: &Actor, new: NewPerson) -> Result<Id> {
    let person = new.with_id(Id::new(now));
    let sql = "INSERT INTO directory_persons (id, name, birth_date, sex, personal_number, phone, email, address) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    write(tx, Sql::new(sql), &person).await?;
    journal::record(tx, now, actor, Entry::new("directory.person-added", thing(person.id), &json!({}))?).await?;
    Ok(person.id)
}

/// Makes the row of a person say what `person` says. Nothing is written when it says so already.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when somebody else has the personal number.
pub async fn change_person(tx: &Tx, now: Now, actor: &Actor, person: &Person) -> Result<()> {
    let before = queries::person(tx, person.id).await?.ok_or(Error::NotFound)?;
    let fields = person.changed_fields(&before);
    if fields.is_empty() {
        return Ok(());
    }
    let sql = "UPDATE directory_persons SET name = $2, birth_date = $3, sex = $4, personal_number = $5, phone = $6, \
               email = $7, address = $8 WHERE id = $1";
    write(tx, Sql::new(sql), person).await?;
    let entry = Entry::new("directory.person-changed", thing(person.id), &json!({ "fields": fields }))?;
    journal::record(tx, now, actor, entry).await?;
    Ok(())
}

async fn write(tx: &Tx, sql: Sql, person: &Person) -> Result<()> {
    let written = sql
        .bind(person.id.uuid())
        .bind(person.name.as_str())
        .bind(person.birth_date)
        .bind(person.sex.map(Sex::as_str))
        .bind(person.personal_number.as_ref().map(PersonalNumber::reveal))
        .bind(person.phone.as_ref().map(Phone::reveal))
        .bind(person.email.as_deref())
        .bind(person.address.as_deref())
        .run(tx)
        .await;
    match written {
        Err(error) if is_duplicate(&error) => Err(Error::Conflict("directory-error-number-taken")),
        written => written.map(drop),
    }
}
