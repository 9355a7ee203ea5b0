use base::{Error, Id, Result};

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

/// One piece of a list, and where the next begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    pub rows: Vec<T>,
    /// Absent at the end of the list.
    pub next: Option<String>,
}

impl<T> Slice<T> {
    /// From `size + 1` rows asked for: the one too many only says that there is more.
    pub fn of(mut rows: Vec<T>, size: usize, cursor: impl Fn(&T) -> String) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = if more { rows.last().map(cursor) } else { None };
        Self { rows, next }
    }

    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Slice<U> {
        Slice { rows: self.rows.into_iter().map(change).collect(), next: self.next }
    }
}
