use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use base::{Clock, Error, SystemClock};
use store::{Migration, Store, Tx, portable};

use super::archive::{About, Unpacking};
use super::{BATCH, Held};
use crate::assemble;
use crate::folder::Folder;
use crate::place::{Place, told};

pub(crate) async fn restore(place: &Place, from: &Path, json: bool) -> Result<ExitCode> {
    let about = put_back(place, from).await?;
    if json {
        println!("{}", serde_json::to_string(&about)?);
    } else {
        let rows: u64 = about.tables.iter().map(|table| table.rows).sum();
        println!("{} tables, {rows} rows, {} files of {}", about.tables.len(), about.files.len(), about.made_at);
    }
    Ok(ExitCode::SUCCESS)
}

/// Puts a copy into an empty folder and an empty database, and brings it to the shape of this program.
pub(super) async fn put_back(place: &Place, from: &Path) -> Result<About> {
    let mut archive = Unpacking::open(from)?;
    let steps = known(&archive.about.migrations)?;
    if place.data.exists() && std::fs::read_dir(&place.data)?.next().is_some() {
        bail!("{} is not empty", place.data.display());
    }
    let folder = Folder::begin_restore(&place.data)?;
    for held in archive.about.files.clone() {
        archive.file(&held, &folder.path)?;
    }
    let store = assemble::connect(&place.location()?).await?;
    let now = SystemClock.now();
    fill(&store, &steps, async |tx, table| {
        let held = archive.about.tables.iter().find(|held| held.name == table.name).cloned();
        let Some(held) = held else { return Ok(()) };
        let read = load(tx, table, archive.rows(&table.name).map_err(Error::Inside)?).await?;
        if read == held { Ok(()) } else { Err(Error::inside(format!("{} is damaged", held.name))) }
    })
    .await?;
    store.migrate(&assemble::migrations(&crate::systems::all()), now).await.map_err(told)?;
    store.close().await.map_err(told)?;
    folder.end_restore()?;
    Ok(archive.about)
}

/// Of the steps of this program those that the copy has taken.
///
/// # Errors
/// When it has taken one that this program does not know.
pub(super) fn known(taken: &[String]) -> Result<Vec<Migration>> {
    let all = assemble::migrations(&crate::systems::all());
    let is_own = |name: &String| store::OWN_MIGRATIONS.contains(&name.as_str());
    let unknown = taken.iter().find(|name| !is_own(name) && all.iter().all(|step| step.name != name.as_str()));
    if let Some(name) = unknown {
        bail!("it was made by a newer program: this one does not know {name}");
    }
    Ok(all.into_iter().filter(|step| taken.iter().any(|name| name == step.name)).collect())
}

/// Gives an empty database its shape and lets `put` fill one table after the other: all of it, or nothing.
pub(super) async fn fill(
    store: &Store,
    steps: &[Migration],
    mut put: impl AsyncFnMut(&Tx, &portable::Table) -> base::Result<()>,
) -> Result<()> {
    store.migrate(steps, SystemClock.now()).await.map_err(told)?;
    store
        .write(async |tx| {
            let tables = portable::tables(tx).await?;
            for table in &tables {
                if !table.is_empty(tx).await? {
                    return Err(Error::inside(format!("the database is not empty: there are rows in {}", table.name)));
                }
            }
            for table in &tables {
                put(tx, table).await?;
            }
            Ok(())
        })
        .await
        .map_err(told)
        .context("nothing was put into the database")
}

async fn load(
    tx: &Tx,
    table: &portable::Table,
    lines: impl Iterator<Item = std::io::Result<String>>,
) -> base::Result<Held> {
    let (mut digest, mut batch) = (portable::Digest::default(), Vec::with_capacity(BATCH));
    for line in lines {
        let line = line?;
        digest.take(&line);
        batch.push(line);
        if batch.len() == BATCH {
            table.insert(tx, &batch).await?;
            batch.clear();
        }
    }
    table.insert(tx, &batch).await?;
    Ok(Held { name: table.name.clone(), rows: digest.rows(), sha256: digest.finish() })
}
