//! Reading the catalogue: from the database what was published, from memory what to show.

pub(crate) mod drafts;

use std::collections::HashSet;
use std::sync::Arc;

use base::{Id, Result, fold};
use chrono::NaiveDate;
use store::{Connection, Kind, Sql, search};

use crate::answer::takes_part;
use crate::package::Decides;
use crate::procedure::Version;
use crate::tables::{SEARCH, VERSION, version};

/// What was published after that publication, in order.
pub(crate) async fn published_after(c: &impl Connection, publication: i64) -> Result<Vec<Version>> {
    Sql::composed(format!("SELECT {VERSION} FROM procedures_versions WHERE publication > $1 ORDER BY publication"))
        .bind(publication)
        .all(c, |row| version(&row))
        .await
}

pub(crate) async fn by_hash(c: &impl Connection, hash: &str) -> Result<Option<Id>> {
    Sql::new("SELECT id FROM procedures_versions WHERE hash = $1")
        .bind(hash)
        .one(c, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await
}

/// The versions that the words find; `None` when nothing searchable was typed.
pub(crate) async fn found(c: &impl Connection, kind: Kind, words: &str) -> Result<Option<HashSet<Id>>> {
    let Some(query) = search::query(kind, words) else { return Ok(None) };
    let ids = Sql::composed(format!("SELECT id FROM procedures_versions WHERE {}", SEARCH.condition(kind, "id", 1)))
        .bind(query)
        .all(c, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await?;
    Ok(Some(ids.into_iter().collect()))
}

/// What the public list is narrowed by; an empty word narrows nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) words: &'a str,
    /// Code of the field.
    pub(crate) field: &'a str,
    /// Title of the life event.
    pub(crate) event: &'a str,
    /// Kind of agency.
    pub(crate) agency: &'a str,
}

/// Those of the procedures offered that day that fit, the best match first, then in the order given.
pub(crate) fn list(
    offered: &[Arc<Version>],
    day: NaiveDate,
    filter: &Filter,
    found: Option<&HashSet<Id>>,
) -> Vec<Arc<Version>> {
    let wanted = |version: &&Arc<Version>| {
        let procedure = &version.package.procedure;
        let works = |agency: &Decides| agency.kind == filter.agency && takes_part(agency, day);
        (filter.field.is_empty() || procedure.field.code == filter.field)
            && (filter.event.is_empty() || version.is_for(filter.event))
            && (filter.agency.is_empty() || procedure.agencies.iter().any(works))
            && found.is_none_or(|found| found.contains(&version.id))
    };
    let phrase = fold(filter.words);
    let mut listed: Vec<Arc<Version>> = offered.iter().filter(wanted).cloned().collect();
    listed.sort_by_cached_key(|version| distance(version, &phrase));
    listed
}

/// How far what was typed is from what the procedure is called: in its name, among its keywords, or only word by word.
fn distance(version: &Version, phrase: &str) -> u8 {
    if version.folded.contains(phrase) {
        return 0;
    }
    let named = version.package.procedure.keywords.iter().any(|keyword| fold(keyword).contains(phrase));
    if named { 1 } else { 2 }
}
