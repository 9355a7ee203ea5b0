use base::{Error, Id, Now, Result};
use journal::{Actor, Entry, Thing};
use serde_json::json;
use store::{Sql, Tx};

use crate::organisation::{NewOrganisation, NewRepresentation};
use crate::queries;

/// The organisation with this number, its row made to say what its papers say.
pub async fn keep_organisation(tx: &Tx, now: Now, actor: &Actor, new: &NewOrganisation) -> Result<Id> {
    if let Some(known) = queries::organisation_by_code(tx, &new.tax_code).await? {
        let compared = [("name", known.name != new.name), ("address", known.address != new.address)];
        let fields: Vec<&str> = compared.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect();
        if !fields.is_empty() {
            Sql::new("UPDATE directory_organisations SET name = $2, address = $3 WHERE id = $1")
                .bind(known.id.uuid())
                .bind(new.name.as_str())
                .bind(new.address.as_str())
                .run(tx)
                .await?;
            let thing = Thing { kind: "organisation", id: known.id };
            let entry = Entry::new("directory.organisation-changed", thing, &json!({ "fields": fields }))?;
            journal::record(tx, now, actor, entry).await?;
        }
        return Ok(known.id);
    }
    let id = Id::new(now);
    Sql::new("INSERT INTO directory_organisations (id, tax_code, name, address) VALUES ($1, $2, $3, $4)")
        .bind(id.uuid())
        .bind(new.tax_code.as_str())
        .bind(new.name.as_str())
        .bind(new.address.as_str())
        .run(tx)
        .await?;
    let entry = Entry::new("directory.organisation-added", Thing { kind: "organisation", id }, &json!({}))?;
    journal::record(tx, now, actor, entry).await?;
    Ok(id)
}

/// Lets a person act for an organisation.
///
/// # Errors
/// [`Error::Invalid`] by the field `to` when it lies before the first day; [`Error::Conflict`] when they do already.
pub async fn represent(tx: &Tx, now: Now, actor: &Actor, new: NewRepresentation) -> Result<Id> {
    if new.to.is_some_and(|to| to < new.from) {
        return Err(Error::invalid("to", "directory-error-ends-before"));
    }
    // The row of the organisation is locked, so that two desks cannot write the same down at once.
    Sql::new("UPDATE directory_organisations SET tax_code = tax_code WHERE id = $1")
        .bind(new.organisation.uuid())
        .run(tx)
        .await?;
    let held = queries::represents(tx, new.organisation, new.person, new.from).await?;
    if held.is_some_and(|held| held.is_legal() || new.named_by.is_some()) {
        return Err(Error::Conflict("directory-error-represents-already"));
    }
    let id = Id::new(now);
    Sql::new(
        "INSERT INTO directory_representations (id, organisation_id, person_id, named_by, valid_from, valid_to) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.uuid())
    .bind(new.organisation.uuid())
    .bind(new.person.uuid())
    .bind(new.named_by.map(Id::uuid))
    .bind(new.from)
    .bind(new.to)
    .run(tx)
    .await?;
    let data = json!({
        "organisation": new.organisation, "person": new.person, "named_by": new.named_by, "from": new.from, "to": new.to,
    });
    journal::record(tx, now, actor, Entry::new("directory.representation-added", thing(id), &data)?).await?;
    Ok(id)
}

/// Ends it at once.
///
/// # Errors
/// [`Error::NotFound`] when it has ended already.
pub async fn end_representation(tx: &Tx, now: Now, actor: &Actor, representation: Id) -> Result<()> {
    let ended = Sql::new("UPDATE directory_representations SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
        .bind(representation.uuid())
        .bind(now.utc())
        .run(tx)
        .await?;
    if ended == 0 {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("directory.representation-ended", thing(representation), &json!({}))?;
    journal::record(tx, now, actor, entry).await?;
    Ok(())
}

const fn thing(id: Id) -> Thing {
    Thing { kind: "representation", id }
}
