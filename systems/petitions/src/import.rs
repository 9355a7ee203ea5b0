//! Tables of petitions as offices send them: a document with a table, or a spreadsheet. Reading is done in three steps, each
//! of which says what it could not do: the cells of the file, the columns by the words of their heads, the places by name.

mod cells;
mod columns;
#[cfg(test)]
mod fuzz;
mod known;
mod repeated;
#[cfg(test)]
pub(crate) mod samples;
mod template;

use base::{Id, Result};
use bytes::Bytes;
use files::FileKind;
use province::PetitionLimits;
use system::App;
use tokio::task::spawn_blocking;

pub use cells::{Unreadable, cells};
pub use columns::{Column, Entry, Table, table};
pub use known::Known;
pub use template::template;

use crate::rules::rules;
use crate::tables::Import;

/// One entry of a table and what its words were taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    pub entry: Entry,
    /// The committee of the commune; none when no commune is called so.
    pub place: Option<Id>,
    /// Code of a field; empty when none is called so.
    pub field: String,
    pub agency: Option<Id>,
}

/// A table that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The columns that were recognised, with the words of their heads.
    pub columns: Vec<(Column, String)>,
    pub rows: Vec<Proposed>,
}

/// Reads an uploaded table again: what is kept is the file, never what was made of it.
pub async fn preview(app: &App, import: &Import) -> Result<std::result::Result<Preview, Unreadable>> {
    let bytes = app.files.read(&import.file_hash).await?;
    let table = match read(bytes).await? {
        Ok(table) => table,
        Err(unreadable) => return Ok(Err(unreadable)),
    };
    let known = Known::load(app.store.read(), app.now().today()).await?;
    let proposed = |entry: Entry| Proposed {
        place: known.place(&entry.place),
        field: known.field(&entry.field).unwrap_or_default(),
        agency: known.agency(&entry.agency),
        entry,
    };
    Ok(Ok(Preview { columns: table.columns, rows: table.entries.into_iter().map(proposed).collect() }))
}

/// Reads a file away from the threads that answer requests.
pub async fn read(bytes: Bytes) -> Result<std::result::Result<Table, Unreadable>> {
    let limits: PetitionLimits = rules()?.limits;
    let reading = spawn_blocking(move || {
        let kind = files::sniff(&bytes).ok_or(Unreadable::UnknownType)?;
        table(cells(&bytes, kind, &limits)?, &limits)
    });
    // A reader that gives up on a damaged file takes its own thread down and nothing else.
    Ok(reading.await.unwrap_or(Err(Unreadable::Damaged)))
}

/// The kinds of file that hold a table.
pub const KINDS: [FileKind; 3] = [FileKind::Docx, FileKind::Xlsx, FileKind::Ods];
