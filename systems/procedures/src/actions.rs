//! Publishing.

pub mod drafts;
pub mod exchange;

use base::{Id, Now, Result};
use journal::{Actor, Entry, Thing};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Sql, Tx};
use system::App;

use crate::catalogue::Catalogue;
use crate::package::Package;
use crate::published;
use crate::queries;
use crate::tables::SEARCH;

/// Publishes a package, with its process, as a version that never changes again; the same package is the same version.
///
/// It governs from its own first day on (see [`crate::Line`]): to end a procedure or to mend a mistake, publish the package again with
/// `to` or the correction in it. The catalogue in memory learns of it by [`Catalogue::refresh`], after the commit.
pub async fn publish(app: &App, tx: &Tx, now: Now, actor: &Actor, package: &Package) -> Result<Id> {
    let text = serde_json::to_string(package)?;
    let hash = hex::encode(Sha256::digest(&text));
    if let Some(known) = queries::by_hash(tx, &hash).await? {
        return Ok(known);
    }
    // The counter waits for whoever publishes at this moment, perhaps the same package: two programs may start at once.
    let publication = store::next_number(tx, "procedures", "publication").await?;
    if let Some(known) = queries::by_hash(tx, &hash).await? {
        return Ok(known);
    }
    let process = flow::actions::publish(tx, now, &package.process).await?;
    let procedure = &package.procedure;
    let id = Id::new(now);
    Sql::new(
        "INSERT INTO procedures_versions (id, publication, code, name, hash, from_day, to_day, package, process_id, \
         published_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id.uuid())
    .bind(publication)
    .bind(procedure.code.as_str())
    .bind(procedure.name.as_str())
    .bind(hash)
    .bind(procedure.from)
    .bind(procedure.to)
    .bind(text)
    .bind(process.uuid())
    .bind(now.utc())
    .run(tx)
    .await?;
    SEARCH.put(tx, app.store.kind(), id, &searched(package)).await?;
    let data = json!({
        "code": procedure.code,
        "decided": published::decided(package),
        "from": procedure.from,
        "to": procedure.to,
        "process": process,
    });
    journal::record(tx, now, actor, Entry::new("procedures.published", Thing { kind: "procedure", id }, &data)?)
        .await?;
    Ok(id)
}

/// Publishes packages, all or none, and lets the catalogue know; gives their versions, those published before among them.
pub async fn publish_all(app: &App, now: Now, packages: &[Package]) -> Result<Vec<Id>> {
    let versions = app
        .store
        .write(async |tx| {
            let mut versions = Vec::new();
            for package in packages {
                versions.push(publish(app, tx, now, &Actor::PROGRAM, package).await?);
            }
            Ok(versions)
        })
        .await?;
    // A program that only migrates has no catalogue.
    if let Ok(catalogue) = Catalogue::of(app) {
        catalogue.refresh().await?;
    }
    Ok(versions)
}

/// What a version is found by.
fn searched(package: &Package) -> String {
    let procedure = &package.procedure;
    let events = procedure.service.iter().flat_map(|service| &service.life_events);
    let words = [&procedure.code, &procedure.name, &procedure.field.name].into_iter().chain(&procedure.keywords);
    words.chain(events).map(String::as_str).collect::<Vec<_>>().join(" ")
}
