//! Rows as they are read.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use geo::Place;
use store::{Row, search};

use crate::report::{Contact, Moderated, Report, Sort, State};

pub(crate) const SEARCH: search::Index = search::Index { table: "feedback_search" };

pub(crate) const REPORT: &str = "r.id, r.form_id, r.secret_digest, r.code, r.sort, r.kind, r.lat, r.lon, r.place_words, \
    r.commune_id, r.words, r.public_words, r.public_place_words, r.reporter_id, r.contact, r.state, r.receiving_id, \
    r.agency_id, r.case_id, r.filed_at, r.received_at, r.public_at, r.promised_at, r.answered_at, r.closed_at, r.reopened, \
    r.satisfied, r.supports, r.joined_id, r.joined_at, r.joins";

fn id(row: &Row, column: usize) -> Result<Id> {
    Ok(Id::from_uuid(row.get(column)?))
}

fn known<T>(found: Option<T>, what: &str) -> Result<T> {
    found.ok_or_else(|| Error::inside(format!("a row with an unknown {what}")))
}

/// A place from two columns, of which both or none are set.
fn place(row: &Row, column: usize) -> Result<Option<Place>> {
    let (lat, lon): (Option<i64>, Option<i64>) = (row.get(column)?, row.get(column + 1)?);
    let Some((lat, lon)) = lat.zip(lon) else { return Ok(None) };
    Ok(Some(Place { lat: i32::try_from(lat)?, lon: i32::try_from(lon)? }))
}

pub(crate) fn report(row: &Row) -> Result<Report> {
    let contact: Option<String> = row.get(14)?;
    let words: Option<String> = row.get(11)?;
    let place_words: Option<String> = row.get(12)?;
    Ok(Report {
        id: id(row, 0)?,
        form_id: id(row, 1)?,
        secret_digest: row.get(2)?,
        code: row.get(3)?,
        sort: known(Sort::parse(&row.get::<String>(4)?), "sort")?,
        kind: row.get(5)?,
        place: place(row, 6)?,
        place_words: row.get(8)?,
        commune: id(row, 9)?,
        words: row.get(10)?,
        moderated: words.zip(place_words).map(|(words, place_words)| Moderated { words, place_words }),
        reporter: row.get::<Option<_>>(13)?.map(Id::from_uuid),
        contact: contact.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default(),
        state: known(State::parse(&row.get::<String>(15)?), "state")?,
        receiving: id(row, 16)?,
        agency: id(row, 17)?,
        case: id(row, 18)?,
        filed_at: row.get(19)?,
        received_at: row.get(20)?,
        public_at: row.get(21)?,
        promised_at: row.get(22)?,
        answered_at: row.get(23)?,
        closed_at: row.get(24)?,
        reopened: row.get(25)?,
        satisfied: row.get(26)?,
        supports: row.get(27)?,
        joined: row.get::<Option<_>>(28)?.map(Id::from_uuid),
        joined_at: row.get(29)?,
        joins: row.get(30)?,
    })
}

/// A picture that belongs to a report or to an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub id: Id,
    /// The form of its report, or its answer.
    pub owner: Id,
    /// The bytes that were sent: kept, and shown to nobody.
    pub(crate) original: String,
    /// The picture alone, without what the camera noted and with the hidden areas filled.
    pub clean: String,
    pub place: Option<Place>,
    /// Whether the desk lets everybody see it.
    pub shown: bool,
}

pub(crate) const PHOTO: &str = "id, clean_hash, lat, lon, shown, owner_id, original_hash";

pub(crate) fn photo(row: &Row) -> Result<Photo> {
    Ok(Photo {
        id: id(row, 0)?,
        original: row.get(6)?,
        clean: row.get(1)?,
        place: place(row, 2)?,
        shown: row.get(4)?,
        owner: id(row, 5)?,
    })
}

/// A video that came with a report: sealed, for those in charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Video {
    pub id: Id,
    pub hash: String,
    pub mime: String,
}

/// What an agency answers; public once it is approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub id: Id,
    pub words: String,
    pub agency: Id,
    pub proposed_at: DateTime<Utc>,
    pub approved_at: Option<DateTime<Utc>>,
    pub sent_back_at: Option<DateTime<Utc>>,
}

pub(crate) const ANSWER: &str = "id, words, agency_id, proposed_at, approved_at, sent_back_at";

pub(crate) fn answer(row: &Row) -> Result<Answer> {
    Ok(Answer {
        id: id(row, 0)?,
        words: row.get(1)?,
        agency: id(row, 2)?,
        proposed_at: row.get(3)?,
        approved_at: row.get(4)?,
        sent_back_at: row.get(5)?,
    })
}

/// Why something happened, in the words of whoever did it: for whoever reported and for the desk, never for everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// `refused` or `reopened`.
    pub kind: String,
    pub words: String,
    pub at: DateTime<Utc>,
}

pub(crate) const REMARK: &str = "kind, words, at";

pub(crate) fn remark(row: &Row) -> Result<Remark> {
    Ok(Remark { kind: row.get(0)?, words: row.get(1)?, at: row.get(2)? })
}

/// Columns of a contact; nothing for one that was not given.
pub(crate) fn contact(contact: &Contact) -> Result<Option<String>> {
    Ok(if contact.is_empty() { None } else { Some(serde_json::to_string(contact)?) })
}
