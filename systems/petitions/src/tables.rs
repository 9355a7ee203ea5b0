//! Rows as they are read.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use store::{Row, search};

use crate::collected::{Collected, Sitting};
use crate::meeting::Meeting;
use crate::petition::{Petition, RoadStep, State};

pub(crate) const SEARCH: search::Index = search::Index { table: "petitions_search" };

fn id(row: &Row, column: usize) -> Result<Id> {
    Ok(Id::from_uuid(row.get(column)?))
}

fn maybe_id(row: &Row, column: usize) -> Result<Option<Id>> {
    Ok(row.get::<Option<_>>(column)?.map(Id::from_uuid))
}

fn known<T>(found: Option<T>, what: &str) -> Result<T> {
    found.ok_or_else(|| Error::inside(format!("a row with an unknown {what}")))
}

pub(crate) const MEETING: &str = "id, body, place_id, term, number, title, opens_on, closes_on";

pub(crate) fn meeting(row: &Row) -> Result<Meeting> {
    Ok(Meeting {
        id: id(row, 0)?,
        body: row.get(1)?,
        place: maybe_id(row, 2)?,
        term: row.get(3)?,
        number: row.get(4)?,
        title: row.get(5)?,
        opens_on: row.get(6)?,
        closes_on: row.get(7)?,
    })
}

pub(crate) const PETITION: &str = "p.id, p.code, p.meeting_id, p.field, p.words, p.public_words, p.state, p.result, \
    p.entered_id, p.entered_by, p.receiving_id, p.agency_id, p.proposed_id, p.case_id, p.filed_at, p.public_at, \
    p.promised_at, p.answered_at, p.closed_at, p.places, p.rounds, p.joined_id, p.forwarded_to";

pub(crate) fn petition(row: &Row) -> Result<Petition> {
    Ok(Petition {
        id: id(row, 0)?,
        code: row.get(1)?,
        meeting: id(row, 2)?,
        field: row.get(3)?,
        words: row.get(4)?,
        public_words: row.get(5)?,
        state: known(State::parse(&row.get::<String>(6)?), "state")?,
        result: row.get(7)?,
        entered: id(row, 8)?,
        entered_by: maybe_id(row, 9)?,
        receiving: id(row, 10)?,
        agency: id(row, 11)?,
        proposed: maybe_id(row, 12)?,
        case: id(row, 13)?,
        filed_at: row.get(14)?,
        public_at: row.get(15)?,
        promised_at: row.get(16)?,
        answered_at: row.get(17)?,
        closed_at: row.get(18)?,
        places: row.get(19)?,
        rounds: row.get(20)?,
        joined: maybe_id(row, 21)?,
        forwarded_to: row.get(22)?,
    })
}

pub(crate) const COLLECTED: &str = "id, petition_id, own_id, meeting_id, sitting, place_id, voter, words, collected_on, \
    source_row";

pub(crate) fn collected(row: &Row) -> Result<Collected> {
    Ok(Collected {
        id: id(row, 0)?,
        petition: id(row, 1)?,
        own: id(row, 2)?,
        meeting: id(row, 3)?,
        sitting: known(Sitting::parse(&row.get::<String>(4)?), "sitting")?,
        place: id(row, 5)?,
        voter: row.get(6)?,
        words: row.get(7)?,
        collected_on: row.get(8)?,
        source_row: row.get(9)?,
    })
}

/// A table that was uploaded, to be looked at and confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub id: Id,
    pub meeting: Id,
    pub sitting: Sitting,
    pub agency: Id,
    pub file_hash: String,
    pub file_name: String,
    pub confirmed_at: Option<DateTime<Utc>>,
    /// How many petitions it became.
    pub entered: i64,
}

pub(crate) const IMPORT: &str = "id, meeting_id, sitting, agency_id, file_hash, file_name, confirmed_at, entered";

pub(crate) fn import(row: &Row) -> Result<Import> {
    Ok(Import {
        id: id(row, 0)?,
        meeting: id(row, 1)?,
        sitting: known(Sitting::parse(&row.get::<String>(2)?), "sitting")?,
        agency: id(row, 3)?,
        file_hash: row.get(4)?,
        file_name: row.get(5)?,
        confirmed_at: row.get(6)?,
        entered: row.get(7)?,
    })
}

/// What an agency answers; public once it is approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub id: Id,
    /// Code of a result of the rules.
    pub result: String,
    pub words: String,
    /// Why it is not done, where the result asks for it.
    pub reason: String,
    pub agency: Id,
    /// The person who wrote it.
    pub proposed_by: Id,
    pub proposed_at: DateTime<Utc>,
    pub approved_at: Option<DateTime<Utc>>,
    pub sent_back_at: Option<DateTime<Utc>>,
}

impl Answer {
    pub const fn is_open(&self) -> bool {
        self.approved_at.is_none() && self.sent_back_at.is_none()
    }
}

pub(crate) const ANSWER: &str =
    "id, result, words, reason, agency_id, proposed_by, proposed_at, approved_at, sent_back_at";

pub(crate) fn answer(row: &Row) -> Result<Answer> {
    Ok(Answer {
        id: id(row, 0)?,
        result: row.get(1)?,
        words: row.get(2)?,
        reason: row.get(3)?,
        agency: id(row, 4)?,
        proposed_by: id(row, 5)?,
        proposed_at: row.get(6)?,
        approved_at: row.get(7)?,
        sent_back_at: row.get(8)?,
    })
}

pub(crate) const ROAD_STEP: &str = "number, words, due_on, done_on";

pub(crate) fn road_step(row: &Row) -> Result<RoadStep> {
    Ok(RoadStep { number: row.get(0)?, words: row.get(1)?, due_on: row.get(2)?, done_on: row.get(3)? })
}

/// What was noted on the way: why something was done, or what a later meeting found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub kind: RemarkKind,
    /// The meeting at which it was followed up.
    pub meeting: Option<Id>,
    pub words: String,
    pub at: DateTime<Utc>,
}

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    Refused,
    Returned,
    FollowedUp,
    /// Tái giám sát: the council has it answered again.
    ReSupervised,
    /// The agency itself answers again.
    Continued,
    Closed,
}

impl RemarkKind {
    const ALL: [Self; 6] =
        [Self::Refused, Self::Returned, Self::FollowedUp, Self::ReSupervised, Self::Continued, Self::Closed];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Returned => "returned",
            Self::FollowedUp => "followed-up",
            Self::ReSupervised => "re-supervised",
            Self::Continued => "continued",
            Self::Closed => "closed",
        }
    }

    /// Key of its name on screen.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Refused => "petitions-remark-refused",
            Self::Returned => "petitions-remark-returned",
            Self::FollowedUp => "petitions-remark-followed-up",
            Self::ReSupervised => "petitions-remark-re-supervised",
            Self::Continued => "petitions-remark-continued",
            Self::Closed => "petitions-remark-closed",
        }
    }

    /// Whether everybody reads it: what elected bodies found is public, what offices tell each other is not.
    pub(crate) const fn is_public(self) -> bool {
        matches!(self, Self::FollowedUp | Self::ReSupervised | Self::Closed)
    }
}

pub(crate) const REMARK: &str = "kind, meeting_id, words, at";

pub(crate) fn remark(row: &Row) -> Result<Remark> {
    let kind: String = row.get(0)?;
    Ok(Remark {
        kind: known(RemarkKind::ALL.into_iter().find(|known| known.as_str() == kind), "remark")?,
        meeting: maybe_id(row, 1)?,
        words: row.get(2)?,
        at: row.get(3)?,
    })
}
