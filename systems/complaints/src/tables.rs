//! Rows as they are read.

use base::{Error, Id, Result};
use chrono::{DateTime, NaiveDate, Utc};
use store::{Row, search};

use crate::letter::{Complexity, Finding, Kind, Letter, Outcome, Sender, Source, State};

pub(crate) const SEARCH: search::Index = search::Index { table: "complaints_search" };

pub(crate) const LETTER: &str = "l.id, l.form_id, l.secret_digest, l.code, l.kind, l.source, l.field, l.instance, \
    l.previous_id, l.received_at, l.dated, l.commune_id, l.people, l.against, l.summary, l.complexity, l.remote, \
    l.outcome, l.finding, l.state, l.receiving_id, l.agency_id, l.case_id, l.accepted_at, l.due_at, l.decided_at, \
    l.closed_at";

fn id(row: &Row, column: usize) -> Result<Id> {
    Ok(Id::from_uuid(row.get(column)?))
}

fn maybe_id(row: &Row, column: usize) -> Result<Option<Id>> {
    Ok(row.get::<Option<_>>(column)?.map(Id::from_uuid))
}

/// A word of one of the lists; one that is in none is a defect.
fn word<T>(row: &Row, column: usize, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
    let text: String = row.get(column)?;
    parse(&text).ok_or_else(|| Error::inside(format!("a row with the unknown word {text}")))
}

fn maybe_word<T>(row: &Row, column: usize, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| parse(&text).ok_or_else(|| Error::inside(format!("a row with the unknown word {text}"))))
        .transpose()
}

pub(crate) fn letter(row: &Row) -> Result<Letter> {
    Ok(Letter {
        id: id(row, 0)?,
        form_id: id(row, 1)?,
        secret_digest: row.get(2)?,
        code: row.get(3)?,
        kind: word(row, 4, Kind::parse)?,
        source: word(row, 5, Source::parse)?,
        field: row.get(6)?,
        instance: row.get(7)?,
        previous: maybe_id(row, 8)?,
        received_at: row.get(9)?,
        dated: row.get(10)?,
        commune: maybe_id(row, 11)?,
        people: row.get(12)?,
        against: row.get(13)?,
        summary: row.get(14)?,
        complexity: word(row, 15, Complexity::parse)?,
        remote: row.get(16)?,
        outcome: maybe_word(row, 17, Outcome::parse)?,
        finding: maybe_word(row, 18, Finding::parse)?,
        state: word(row, 19, State::parse)?,
        receiving: id(row, 20)?,
        agency: id(row, 21)?,
        case: id(row, 22)?,
        accepted_at: row.get(23)?,
        due_at: row.get(24)?,
        decided_at: row.get(25)?,
        closed_at: row.get(26)?,
    })
}

pub(crate) const SENDER: &str = "name, number, address, phone";

pub(crate) fn sender(row: &Row) -> Result<Sender> {
    Ok(Sender { name: row.get(0)?, number: row.get(1)?, address: row.get(2)?, phone: row.get(3)? })
}

/// A file that came with a letter that is not sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterFile {
    pub id: Id,
    pub name: String,
    pub(crate) hash: String,
    pub(crate) mime: String,
    /// In bytes.
    pub size: i64,
}

pub(crate) const FILE: &str = "id, name, hash, mime, size";

pub(crate) fn file(row: &Row) -> Result<LetterFile> {
    Ok(LetterFile { id: id(row, 0)?, name: row.get(1)?, hash: row.get(2)?, mime: row.get(3)?, size: row.get(4)? })
}

/// What officers wrote of a letter on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// `reasons`, `extension`, `dialogue`, `finding`, `execution`.
    pub kind: String,
    pub words: String,
    /// Of a dialogue, its day.
    pub held_on: Option<NaiveDate>,
    pub agency: Id,
    pub at: DateTime<Utc>,
}

pub(crate) const NOTE: &str = "kind, words, held_on, agency_id, at";

pub(crate) fn note(row: &Row) -> Result<Note> {
    Ok(Note { kind: row.get(0)?, words: row.get(1)?, held_on: row.get(2)?, agency: id(row, 3)?, at: row.get(4)? })
}

/// One opening of a sealed letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub person: Id,
    pub reason: String,
    pub at: DateTime<Utc>,
}

pub(crate) const OPENING: &str = "person_id, reason, at";

pub(crate) fn opening(row: &Row) -> Result<Opening> {
    Ok(Opening { person: id(row, 0)?, reason: row.get(1)?, at: row.get(2)? })
}

/// A change of who can read what is sealed, begun by one holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    pub id: Id,
    /// Who shall be appointed, or sit in the holder's seat.
    pub person: Id,
    /// The seat of a holder; absent for an appointed officer.
    pub seat: Option<i64>,
    pub first: Id,
    pub begun_at: DateTime<Utc>,
}

pub(crate) const SUCCESSION: &str = "id, person_id, seat, first_id, begun_at";

pub(crate) fn succession(row: &Row) -> Result<Succession> {
    Ok(Succession {
        id: id(row, 0)?,
        person: id(row, 1)?,
        seat: row.get(2)?,
        first: id(row, 3)?,
        begun_at: row.get(4)?,
    })
}

/// A day on which a leader receives citizens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    pub id: Id,
    pub agency: Id,
    pub held_on: NaiveDate,
    /// `08:00`.
    pub begins: String,
    pub place: String,
    /// Position and name, as people are told.
    pub leader: String,
}

pub(crate) const RECEPTION: &str = "r.id, r.agency_id, r.held_on, r.begins, r.place, r.leader";

pub(crate) fn reception(row: &Row) -> Result<Reception> {
    Ok(Reception {
        id: id(row, 0)?,
        agency: id(row, 1)?,
        held_on: row.get(2)?,
        begins: row.get(3)?,
        place: row.get(4)?,
        leader: row.get(5)?,
    })
}

/// Who came on such a day, and what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub people: i64,
    pub about: String,
    pub answer: String,
    /// Code of the letter that came of it.
    pub letter: Option<String>,
    pub at: DateTime<Utc>,
}

pub(crate) fn visit(row: &Row) -> Result<Visit> {
    Ok(Visit { people: row.get(0)?, about: row.get(1)?, answer: row.get(2)?, letter: row.get(3)?, at: row.get(4)? })
}
