//! Taking down what voters said.

use base::{Error, Id, Now, Result};
use chrono::NaiveDate;
use store::Sql;
use system::{App, Caller, Officer};

use super::{Change, said};
use crate::access::ENTER;
use crate::collected::Sitting;
use crate::petition::{Petition, State, code};
use crate::queries;
use crate::rules::{self, rules};

/// One thing that voters said, about to be entered. It begins as a petition of its own; joining comes with reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// Made by the page; the same form sent again is the same petition.
    pub id: Id,
    pub meeting: Id,
    pub sitting: Sitting,
    /// The committee of the commune where it was said.
    pub place: Id,
    /// Free words, kept at the desk.
    pub voter: String,
    pub words: String,
    /// Code of a field, if whoever entered it knows; empty otherwise.
    pub field: String,
    /// Who is to answer, as whoever entered it proposes.
    pub proposed: Option<Id>,
    pub collected_on: Option<NaiveDate>,
}

/// Where in an imported table an entry stood.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    pub(super) import: Id,
    pub(super) row: i64,
}

/// Enters one: it gets its code, and lies at the desk to be classified. Nothing of it is public yet.
///
/// # Errors
/// [`Error::Invalid`] for what is missing. A second sending gives the first's petition.
pub async fn enter(app: &App, now: Now, caller: &Caller, new: NewEntry) -> Result<Petition> {
    let officer = caller.officer_who_may(ENTER)?;
    let form = new.id;
    if let Some(entered) = queries::entered_with(app.store.read(), form).await? {
        return Ok(entered);
    }
    let entered =
        app.store.write(async |tx| insert(&Change::new(app, tx, now, caller.actor()), officer, new, None).await).await;
    match entered {
        // Sent twice at once: the other one was quicker.
        Err(error) if store::is_duplicate(&error) => queries::entered_with(app.store.read(), form).await?.ok_or(error),
        entered => entered,
    }
}

pub(super) async fn insert(
    change: &Change<'_>,
    officer: &Officer,
    new: NewEntry,
    source: Option<Source>,
) -> Result<Petition> {
    let (tx, now) = (change.tx, change.now);
    let words = said(&new.words, "words")?;
    if !new.field.is_empty() {
        rules::field(&new.field)?;
    }
    if queries::meeting(tx, new.meeting).await?.is_none() {
        return Err(Error::invalid("meeting", "petitions-meeting-missing"));
    }
    let receiving = rules::in_charge(tx, &rules()?.received_by, new.place, now).await?;
    let number = store::next_number(tx, "petitions", &now.year().to_string()).await?;
    let mut petition = Petition {
        id: Id::new(now),
        code: code(now.year(), number),
        meeting: new.meeting,
        field: new.field,
        words,
        public_words: None,
        state: State::New,
        result: None,
        entered: officer.agency,
        entered_by: Some(officer.person),
        receiving: receiving.id,
        agency: receiving.id,
        proposed: new.proposed,
        // Set at once, when its case is open.
        case: receiving.id,
        filed_at: now.utc(),
        public_at: None,
        promised_at: None,
        answered_at: None,
        closed_at: None,
        places: 1,
        rounds: 0,
        joined: None,
        forwarded_to: None,
    };
    let case = change.new_case(&petition).await?;
    petition.case = change.flow().open(case).await?.id;
    row(change, &petition).await?;
    Sql::new(
        "INSERT INTO petitions_collected (id, petition_id, own_id, meeting_id, sitting, place_id, voter, words, \
         collected_on, import_id, source_row, added_at) VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(new.id.uuid())
    .bind(petition.id.uuid())
    .bind(new.meeting.uuid())
    .bind(new.sitting.as_str())
    .bind(new.place.uuid())
    .bind(new.voter.trim())
    .bind(petition.words.as_str())
    .bind(new.collected_on)
    .bind(source.map(|source| source.import.uuid()))
    .bind(source.map(|source| source.row))
    .bind(now.utc())
    .run(tx)
    .await?;
    change.share(petition.id, officer.agency).await?;
    change.share(petition.id, receiving.id).await?;
    change.index(&petition).await?;
    change.tell(&petition, "petitions.entered").await?;
    Ok(petition)
}

async fn row(change: &Change<'_>, petition: &Petition) -> Result<()> {
    Sql::new(
        "INSERT INTO petitions_petitions (id, code, meeting_id, field, words, state, entered_id, entered_by, \
         receiving_id, agency_id, proposed_id, case_id, filed_at, places, rounds) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(petition.id.uuid())
    .bind(petition.code.as_str())
    .bind(petition.meeting.uuid())
    .bind(petition.field.as_str())
    .bind(petition.words.as_str())
    .bind(petition.state.as_str())
    .bind(petition.entered.uuid())
    .bind(petition.entered_by.map(Id::uuid))
    .bind(petition.receiving.uuid())
    .bind(petition.agency.uuid())
    .bind(petition.proposed.map(Id::uuid))
    .bind(petition.case.uuid())
    .bind(petition.filed_at)
    .bind(petition.places)
    .bind(petition.rounds)
    .run(change.tx)
    .await?;
    Ok(())
}
