//! Rows as they are read.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use store::Row;

/// What the portal knows of a dossier, beside what there is to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How the journal names it.
    pub id: Id,
    pub dossier: Id,
    pub code: String,
    pub agency: Id,
    /// As the portal counts, 1 to 10, at the newest change.
    pub state: i64,
    /// Place of the newest change in the journal.
    pub version: i64,
    pub changed_at: DateTime<Utc>,
    /// Of the newest change that the portal has acknowledged.
    pub told_version: Option<i64>,
    pub told_state: Option<i64>,
    pub told_at: Option<DateTime<Utc>>,
    /// Its own words of the last refusal, until it takes something newer.
    pub refused: Option<String>,
}

impl Told {
    /// Whether the portal has the newest.
    pub fn is_matched(&self) -> bool {
        self.told_version == Some(self.version)
    }
}

pub(crate) const TOLD: &str = "t.dossier_id, t.code, t.agency_id, t.state, t.version, t.changed_at, t.told_version, \
    t.told_state, t.told_at, t.refused, t.id";

pub(crate) fn told(row: &Row) -> Result<Told> {
    Ok(Told {
        dossier: Id::from_uuid(row.get(0)?),
        code: row.get(1)?,
        agency: Id::from_uuid(row.get(2)?),
        state: row.get(3)?,
        version: row.get(4)?,
        changed_at: row.get(5)?,
        told_version: row.get(6)?,
        told_state: row.get(7)?,
        told_at: row.get(8)?,
        refused: row.get(9)?,
        id: Id::from_uuid(row.get(10)?),
    })
}

/// What became of a dossier that was filed at the national portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its files are being fetched.
    Waiting,
    /// It is a dossier here.
    Filed,
    Refused,
}

impl Fate {
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Filed, Self::Refused];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Filed => "filed",
            Self::Refused => "refused",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.as_str() == text)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Waiting => "national-fate-waiting",
            Self::Filed => "national-fate-filed",
            Self::Refused => "national-fate-refused",
        }
    }

    /// Its colour.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Waiting => "wait",
            Self::Filed => "ok",
            Self::Refused => "late",
        }
    }
}

/// A dossier that was filed at the national portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub id: Id,
    /// The portal's code of it.
    pub code: String,
    pub procedure: String,
    /// Who is to receive it; none when the portal named nobody of ours.
    pub agency: Option<Id>,
    /// As it came.
    pub body: String,
    pub fate: Fate,
    /// Key of why it was refused.
    pub reason: Option<String>,
    /// Its code here, once it is filed.
    pub dossier: Option<String>,
    pub arrived_at: DateTime<Utc>,
}

pub(crate) const ARRIVAL: &str = "a.id, a.code, a.procedure_code, a.agency_id, a.body, a.state, a.reason, \
    a.dossier_code, a.arrived_at";

pub(crate) fn arrival(row: &Row) -> Result<Arrival> {
    let fate: String = row.get(5)?;
    Ok(Arrival {
        id: Id::from_uuid(row.get(0)?),
        code: row.get(1)?,
        procedure: row.get(2)?,
        agency: row.get::<Option<_>>(3)?.map(Id::from_uuid),
        body: row.get(4)?,
        fate: Fate::parse(&fate).ok_or_else(|| Error::inside(format!("an arrival that is {fate}")))?,
        reason: row.get(6)?,
        dossier: row.get(7)?,
        arrived_at: row.get(8)?,
    })
}

/// A file that came with it, by the address at which the portal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    pub number: i64,
    pub component: String,
    pub name: String,
    pub address: String,
    /// Hash, bytes and media type, once it was fetched.
    pub kept: Option<(String, i64, String)>,
}

pub(crate) const ATTACHED: &str = "number, component, name, address, file_hash, size, mime";

pub(crate) fn attached(row: &Row) -> Result<Attached> {
    let (hash, size, mime): (Option<String>, Option<i64>, Option<String>) = (row.get(4)?, row.get(5)?, row.get(6)?);
    Ok(Attached {
        number: row.get(0)?,
        component: row.get(1)?,
        name: row.get(2)?,
        address: row.get(3)?,
        kept: hash.zip(size).zip(mime).map(|((hash, size), mime)| (hash, size, mime)),
    })
}
