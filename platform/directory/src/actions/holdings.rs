use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use journal::{Actor, Entry, Thing};
use serde_json::json;
use store::{Sql, Tx, is_duplicate};

use crate::agency::Position;
use crate::holding::NewHolding;
use crate::queries;

/// Puts a person into a position, in their own right or in another's place.
///
/// An authorisation names its last day and is given by somebody who holds the position when it begins (Law 72/2025/QH15
/// on local government: authorisation in writing, for a stated time).
///
/// # Errors
/// [`Error::NotFound`] for an unknown position; [`Error::Invalid`] for days the position does not exist or an authorisation
/// without an end or a giver; [`Error::Conflict`] when the person holds the position then already.
pub async fn appoint(tx: &Tx, now: Now, actor: &Actor, new: NewHolding) -> Result<Id> {
    let position = queries::position(tx, new.position).await?.ok_or(Error::NotFound)?;
    check_days(&new, &position)?;
    if !matches!(held(tx, new.position, new.person, new.from, new.to).await?, Held::No) {
        return Err(Error::Conflict("directory-error-holds-already"));
    }
    if let Some(giver) = new.acting_for {
        if new.to.is_none() {
            return Err(Error::invalid("to", "directory-error-acting-without-end"));
        }
        if !matches!(held(tx, new.position, giver, new.from, Some(new.from)).await?, Held::InOwnRight) {
            return Err(Error::invalid("acting_for", "directory-error-giver"));
        }
    }
    let id = Id::new(now);
    let added = Sql::new(
        "INSERT INTO directory_holdings (id, position_id, person_id, acting_for, valid_from, valid_to) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.uuid())
    .bind(new.position.uuid())
    .bind(new.person.uuid())
    .bind(new.acting_for.map(Id::uuid))
    .bind(new.from)
    .bind(new.to)
    .run(tx)
    .await;
    match added {
        Err(error) if is_duplicate(&error) => return Err(Error::Conflict("directory-error-holds-already")),
        added => added?,
    };
    let data = json!({ "position": new.position, "person": new.person, "acting_for": new.acting_for, "from": new.from, "to": new.to });
    journal::record(tx, now, actor, Entry::new("directory.appointed", thing(id), &data)?).await?;
    Ok(id)
}

/// Ends a holding with `last` as its last day.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for a day before it began; [`Error::Conflict`] when it has ended by then already.
pub async fn relieve(tx: &Tx, now: Now, actor: &Actor, holding: Id, last: NaiveDate) -> Result<()> {
    let days: Option<(NaiveDate, Option<NaiveDate>)> =
        Sql::new("SELECT valid_from, valid_to FROM directory_holdings WHERE id = $1")
            .bind(holding.uuid())
            .one(tx, |row| Ok((row.get(0)?, row.get(1)?)))
            .await?;
    let (from, to) = days.ok_or(Error::NotFound)?;
    if last < from {
        return Err(Error::invalid("to", "directory-error-ends-before"));
    }
    if to.is_some_and(|end| end <= last) {
        return Err(Error::Conflict("directory-error-ended-already"));
    }
    Sql::new("UPDATE directory_holdings SET valid_to = $2 WHERE id = $1")
        .bind(holding.uuid())
        .bind(last)
        .run(tx)
        .await?;
    journal::record(tx, now, actor, Entry::new("directory.relieved", thing(holding), &json!({ "to": last }))?).await?;
    Ok(())
}

pub(super) const fn thing(id: Id) -> Thing {
    Thing { kind: "holding", id }
}

fn check_days(new: &NewHolding, position: &Position) -> Result<()> {
    if new.to.is_some_and(|last| last < new.from) {
        return Err(Error::invalid("to", "directory-error-ends-before"));
    }
    let outside = position.to.is_some_and(|end| end < new.from || new.to.is_some_and(|last| end < last));
    if outside || new.from < position.from {
        return Err(Error::invalid("from", "directory-error-no-position-then"));
    }
    Ok(())
}

/// Whether a person holds the position on any of these days.
enum Held {
    No,
    InAnothersPlace,
    InOwnRight,
}

async fn held(tx: &Tx, position: Id, person: Id, from: NaiveDate, until: Option<NaiveDate>) -> Result<Held> {
    let acting: Vec<bool> = Sql::new(
        "SELECT acting_for IS NOT NULL FROM directory_holdings WHERE position_id = $1 AND person_id = $2 \
         AND (valid_to IS NULL OR valid_to >= $3) AND ($4 IS NULL OR valid_from <= $4)",
    )
    .bind(position.uuid())
    .bind(person.uuid())
    .bind(from)
    .bind(until)
    .all(tx, |row| row.get(0))
    .await?;
    Ok(match acting[..] {
        [] => Held::No,
        _ if acting.contains(&false) => Held::InOwnRight,
        _ => Held::InAnothersPlace,
    })
}
