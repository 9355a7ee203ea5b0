use std::fmt;

use base::{Error, Id, Result};
use chrono::{DateTime, SecondsFormat, Utc};

/// Where a list goes on: the id of the last row seen. Ids sort by time, newest lists go downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor(pub Id);

impl Cursor {
    /// What stands in an address: the id to go on after; nothing for the beginning of the list.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `cursor` for what is none.
    pub fn read(text: &str) -> Result<Option<Id>> {
        if text.is_empty() { Ok(None) } else { Ok(Some(text.parse::<Self>()?.0)) }
    }
}

impl std::str::FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        text.parse().map(Self).map_err(|_| Error::invalid("cursor", "web-error-cursor"))
    }
}

/// The same in a list that is sorted by a moment, and by id where moments are equal: `2026-03-02T01:00:00.000000Z_0195…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MomentCursor {
    pub at: DateTime<Utc>,
    pub id: Id,
}

impl MomentCursor {
    /// What stands in an address; nothing for the beginning of the list.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `cursor` for what is none.
    pub fn read(text: &str) -> Result<Option<Self>> {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
    }
}

impl fmt::Display for MomentCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.at.to_rfc3339_opts(SecondsFormat::Micros, true), self.id)
    }
}

impl std::str::FromStr for MomentCursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || Error::invalid("cursor", "web-error-cursor");
        let (at, id) = text.split_once('_').ok_or_else(wrong)?;
        Ok(Self { at: at.parse().map_err(|_| wrong())?, id: id.parse().map_err(|_| wrong())? })
    }
}

/// One piece of a list, and where the next begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    pub rows: Vec<T>,
    /// Absent at the end of the list.
    pub next: Option<String>,
}

impl<T> Slice<T> {
    /// From `size + 1` rows asked for: the one too many only says that there is more.
    pub fn of<C: ToString>(mut rows: Vec<T>, size: usize, cursor: impl Fn(&T) -> C) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = if more { rows.last().map(|row| cursor(row).to_string()) } else { None };
        Self { rows, next }
    }

    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Slice<U> {
        Slice { rows: self.rows.into_iter().map(change).collect(), next: self.next }
    }
}
