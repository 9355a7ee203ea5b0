//! Reading drafts.

use std::path::PathBuf;

use base::{Error, Id, Result};
use province::Tree;
use store::{Connection, Slice, Sql};

use crate::draft::Draft;
use crate::tables::{DRAFT, draft};

/// The last save of a code; `None` where nobody ever wrote one.
pub(crate) async fn last(c: &impl Connection, code: &str) -> Result<Option<Draft>> {
    Sql::composed(format!("SELECT {DRAFT} FROM procedures_drafts WHERE code = $1 ORDER BY number DESC LIMIT 1"))
        .bind(code)
        .one(c, |row| draft(&row))
        .await
}

/// One save.
///
/// # Errors
/// [`Error::NotFound`] where there is none of that number.
pub(crate) async fn numbered(c: &impl Connection, code: &str, number: i64) -> Result<Draft> {
    Sql::composed(format!("SELECT {DRAFT} FROM procedures_drafts WHERE code = $1 AND number = $2"))
        .bind(code)
        .bind(number)
        .one(c, |row| draft(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// The save of which a version was made.
pub(crate) async fn of_version(c: &impl Connection, version: Id) -> Result<Option<Draft>> {
    Sql::composed(format!("SELECT {DRAFT} FROM procedures_drafts WHERE version_id = $1"))
        .bind(version.uuid())
        .one(c, |row| draft(&row))
        .await
}

/// The saves of a code, the newest first, from before a number on.
pub(crate) async fn saves(c: &impl Connection, code: &str, before: i64, size: usize) -> Result<Slice<Draft>> {
    let rows = Sql::composed(format!(
        "SELECT {DRAFT} FROM procedures_drafts WHERE code = $1 AND number < $2 ORDER BY number DESC LIMIT {}",
        size + 1
    ))
    .bind(code)
    .bind(before)
    .all(c, |row| draft(&row))
    .await?;
    Ok(Slice::of(rows, size, |draft| draft.number))
}

/// The last save of every code that is not published yet, by code, from after one on.
pub(crate) async fn open(c: &impl Connection, after: &str, size: usize) -> Result<Slice<Draft>> {
    let rows = Sql::composed(format!(
        "SELECT {DRAFT} FROM procedures_drafts d WHERE d.code > $1 AND d.state <> 'published' AND NOT EXISTS \
         (SELECT 1 FROM procedures_drafts later WHERE later.code = d.code AND later.number > d.number) \
         ORDER BY d.code LIMIT {}",
        size + 1
    ))
    .bind(after)
    .all(c, |row| draft(&row))
    .await?;
    Ok(Slice::of(rows, size, |draft| draft.code.clone()))
}

/// The files as they were saved.
pub(crate) async fn files(c: &impl Connection, draft: Id) -> Result<Tree> {
    let file = |path: String, content: String| (PathBuf::from(path), content);
    let files = Sql::new("SELECT path, content FROM procedures_draft_files WHERE draft_id = $1")
        .bind(draft.uuid())
        .all(c, |row| Ok(file(row.get(0)?, row.get(1)?)))
        .await?;
    Ok(files.into_iter().collect())
}

/// Everybody who saved or checked the code since its last publication from a draft, up to this save.
pub(crate) async fn hands(c: &impl Connection, draft: &Draft) -> Result<Vec<Id>> {
    let mut hands: Vec<Id> = Sql::new(
        "SELECT DISTINCT saved_by FROM procedures_drafts WHERE code = $1 AND number <= $2 AND number > \
         COALESCE((SELECT max(number) FROM procedures_drafts WHERE code = $1 AND state = 'published'), 0)",
    )
    .bind(draft.code.as_str())
    .bind(draft.number)
    .all(c, |row| Ok(Id::from_uuid(row.get(0)?)))
    .await?;
    hands.extend(draft.checked_by);
    Ok(hands)
}
