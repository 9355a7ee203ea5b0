use base::{AgencyCode102, Error, Id, Now, Result};
use chrono::NaiveDate;
use journal::{Actor, Entry, Thing};
use province::Agency;
use serde_json::json;
use store::{Sql, Tx};

use crate::agency::{Share, Tier};
use crate::queries::{self, SEARCH, database};

pub(super) const fn thing(id: Id) -> Thing {
    Thing { kind: "agency", id }
}

/// Ends an agency with `last` as its last day, and its units, positions and holdings with it.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for a day before it began; [`Error::Conflict`] when it has ended by then already.
pub async fn end_agency(tx: &Tx, now: Now, actor: &Actor, id: Id, last: NaiveDate) -> Result<()> {
    let agency = queries::agency(tx, id).await?.ok_or(Error::NotFound)?;
    if last < agency.from {
        return Err(Error::invalid("to", "directory-error-ends-before"));
    }
    if agency.to.is_some_and(|end| end <= last) {
        return Err(Error::Conflict("directory-error-ended-already"));
    }
    // Holdings need no end of their own: they are in force only while their position is.
    for (table, key) in [("agencies", "id"), ("units", "agency_id"), ("positions", "agency_id")] {
        Sql::composed(format!(
            "UPDATE directory_{table} SET valid_to = $2 WHERE {key} = $1 AND (valid_to IS NULL OR valid_to > $2)"
        ))
        .bind(id.uuid())
        .bind(last)
        .run(tx)
        .await?;
    }
    journal::record(tx, now, actor, Entry::new("directory.agency-ended", thing(id), &json!({ "to": last }))?).await?;
    Ok(())
}

/// The row of an agency, found by its words.
pub(super) async fn add_agency(tx: &Tx, now: Now, id: Id, parent: Option<Id>, agency: &Agency) -> Result<()> {
    let code102 = agency.code102.as_ref().map(AgencyCode102::as_str);
    Sql::new(
        "INSERT INTO directory_agencies (id, code, code102, name, notation, kind, tier, parent, gso, calendar, basis, \
         valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(id.uuid())
    .bind(agency.code.as_str())
    .bind(code102)
    .bind(agency.name.as_str())
    .bind(agency.notation.as_str())
    .bind(agency.kind.as_str())
    .bind(Tier::of_division(&agency.area).as_str())
    .bind(parent.map(Id::uuid))
    .bind(agency.area.as_str())
    .bind(agency.calendar.as_deref())
    .bind(agency.basis.as_str())
    .bind(agency.from)
    .bind(agency.to)
    .run(tx)
    .await?;
    let words = [&agency.name, agency.code.as_str(), code102.unwrap_or_default(), &agency.notation].join(" ");
    SEARCH.put(tx, database(tx), id, &words).await?;
    let data = json!({ "code": agency.code, "kind": agency.kind, "from": agency.from, "to": agency.to });
    journal::record(tx, now, &Actor::PROGRAM, Entry::new("directory.agency-added", thing(id), &data)?).await?;
    Ok(())
}

pub(super) async fn add_succession(tx: &Tx, predecessor: Id, successor: Id, share: Share) -> Result<()> {
    Sql::new("INSERT INTO directory_successions (predecessor, successor, share) VALUES ($1, $2, $3)")
        .bind(predecessor.uuid())
        .bind(successor.uuid())
        .bind(share.as_str())
        .run(tx)
        .await?;
    Ok(())
}

/// Works out anew which agencies lie in the scope of which (see [`crate::queries::within_sql`]).
pub(super) async fn rebuild_scopes(tx: &Tx) -> Result<()> {
    Sql::new("DELETE FROM directory_scopes").run(tx).await?;
    // The bound on the depth only ends the search if somebody wrote a circle into the data.
    Sql::new(
        "INSERT INTO directory_scopes (ancestor, descendant, depth) \
         WITH RECURSIVE steps (upper, lower) AS (\
         SELECT parent, id FROM directory_agencies WHERE parent IS NOT NULL \
         UNION SELECT successor, predecessor FROM directory_successions WHERE share = 'main'), \
         reach (ancestor, descendant, depth) AS (\
         SELECT id, id, 0 FROM directory_agencies \
         UNION SELECT reach.ancestor, steps.lower, reach.depth + 1 FROM reach \
         JOIN steps ON steps.upper = reach.descendant WHERE reach.depth < 64) \
         SELECT ancestor, descendant, min(depth) FROM reach GROUP BY ancestor, descendant",
    )
    .run(tx)
    .await?;
    Ok(())
}
