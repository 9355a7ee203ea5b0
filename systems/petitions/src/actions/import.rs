//! Tables of petitions: uploaded, looked at, confirmed.

use std::collections::BTreeMap;

use base::{Error, FieldErrors, Id, Now, Result};
use journal::{Entry, Thing, record};
use serde_json::json;
use store::Sql;
use system::{App, Caller};

use super::Change;
use super::enter::{NewEntry, Source, insert};
use crate::access::ENTER;
use crate::collected::Sitting;
use crate::import::Preview;
use crate::queries::{self, Import};

/// A table about to be looked at; its file is kept already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// Made by the page; the same form sent again is the same table.
    pub id: Id,
    pub meeting: Id,
    pub sitting: Sitting,
    pub file_hash: String,
    pub file_name: String,
}

/// What whoever confirms a table decided, by the rows of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// Places of rows whose words name none; others stay as they were recognised.
    pub places: BTreeMap<i64, Id>,
    /// Rows that are left out.
    pub left_out: Vec<i64>,
}

const fn thing(id: Id) -> Thing {
    Thing { kind: "petition-import", id }
}

/// Remembers an uploaded table. Nothing is entered before somebody has looked at it.
pub async fn upload(app: &App, now: Now, caller: &Caller, new: Uploaded) -> Result<()> {
    let officer = caller.officer_who_may(ENTER)?;
    app.store
        .write(async |tx| {
            if queries::meeting(tx, new.meeting).await?.is_none() {
                return Err(Error::invalid("meeting", "petitions-meeting-missing"));
            }
            let added = Sql::new(
                "INSERT INTO petitions_imports (id, meeting_id, sitting, agency_id, file_hash, file_name, uploaded_at, entered) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 0) ON CONFLICT (id) DO NOTHING",
            )
            .bind(new.id.uuid())
            .bind(new.meeting.uuid())
            .bind(new.sitting.as_str())
            .bind(officer.agency.uuid())
            .bind(new.file_hash.as_str())
            .bind(new.file_name.as_str())
            .bind(now.utc())
            .run(tx)
            .await?;
            if added == 1 {
                let data = json!({ "meeting": new.meeting, "agency": officer.agency });
                let entry = Entry::new("petitions.table-uploaded", thing(new.id), &data)?;
                record(tx, now, &caller.actor(), entry).await?;
            }
            Ok(())
        })
        .await
}

/// Enters every row of a table at once, or none. Confirmed a second time it enters nothing. Gives how many it became.
///
/// # Errors
/// [`Error::Invalid`] by the fields `place-ROW` for rows without a place.
pub async fn confirm(
    app: &App,
    now: Now,
    caller: &Caller,
    import: &Import,
    preview: Preview,
    decided: &Confirmed,
) -> Result<i64> {
    let officer = caller.officer_who_may(ENTER)?;
    let entries = entries(now, import, preview, decided)?;
    let count = i64::try_from(entries.len())?;
    app.store
        .write(async |tx| {
            let confirmed = Sql::new(
                "UPDATE petitions_imports SET confirmed_at = $3, entered = $4 \
                 WHERE id = $1 AND agency_id = $2 AND confirmed_at IS NULL",
            )
            .bind(import.id.uuid())
            .bind(officer.agency.uuid())
            .bind(now.utc())
            .bind(count)
            .run(tx)
            .await?;
            if confirmed == 0 {
                return Ok(queries::import(tx, officer, import.id).await?.entered);
            }
            let change = Change::new(app, tx, now, caller.actor());
            for (row, entry) in entries {
                insert(&change, officer, entry, Some(Source { import: import.id, row })).await?;
            }
            let data = json!({ "meeting": import.meeting, "agency": officer.agency, "entered": count });
            let entry = Entry::new("petitions.table-entered", thing(import.id), &data)?;
            record(tx, now, &change.actor, entry).await?;
            Ok(count)
        })
        .await
}

fn entries(now: Now, import: &Import, preview: Preview, decided: &Confirmed) -> Result<Vec<(i64, NewEntry)>> {
    let mut wrong = FieldErrors::new();
    let mut entries = Vec::new();
    for proposed in preview.rows {
        let row = proposed.entry.row;
        if decided.left_out.contains(&row) {
            continue;
        }
        let Some(place) = decided.places.get(&row).copied().or(proposed.place) else {
            wrong.insert(format!("place-{row}"), "petitions-place-missing".to_owned());
            continue;
        };
        let entry = NewEntry {
            id: Id::new(now),
            meeting: import.meeting,
            sitting: import.sitting,
            place,
            voter: proposed.entry.voter,
            words: proposed.entry.words,
            field: proposed.field,
            proposed: proposed.agency,
            collected_on: None,
        };
        entries.push((row, entry));
    }
    if wrong.is_empty() { Ok(entries) } else { Err(Error::Invalid(wrong)) }
}
