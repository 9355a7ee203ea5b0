use std::process::ExitCode;

use anyhow::{Result, bail};
use base::Error;
use store::{Location, Store, portable};

use super::backup::{differences, held, named};
use super::restore::{fill, known};
use super::{BATCH, Held};
use crate::assemble;
use crate::folder::Folder;
use crate::place::{Place, told};

/// Moves the rows of a province into another, empty database; files and keys stay where they are. Then both are read again and
/// compared, table by table. The old database is left as it is.
pub(crate) async fn move_data(place: &Place, to: &str, json: bool) -> Result<ExitCode> {
    let from = place.location()?;
    let to = if to == "sqlite" { Location::Sqlite(place.data.join("tinhso.db")) } else { to.parse().map_err(told)? };
    if from == to {
        bail!("that is where the province is");
    }
    // Nobody writes meanwhile what would not come along.
    let _folder = Folder::open(&place.data, true)?;
    let (from, to) = (assemble::connect(&from).await?, assemble::connect(&to).await?);
    let steps = known(&from.applied().await.map_err(told)?)?;
    let (before, after) = copy(&from, &to, &steps).await?;
    let found = differences(&before, &after);
    report(&from, &to, &before, &found, json);
    from.close().await.map_err(told)?;
    to.close().await.map_err(told)?;
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn copy(from: &Store, to: &Store, steps: &[store::Migration]) -> Result<(Vec<Held>, Vec<Held>)> {
    let before = from
        .snapshot(async |source| {
            let mut read = Vec::new();
            let tables = portable::tables(source).await?;
            let filled = fill(to, steps, async |tx, target| {
                let table = tables.iter().find(|table| table.name == target.name);
                let Some(table) = table else { return Err(Error::inside(format!("{} is not there", target.name))) };
                let mut batch = Vec::with_capacity(BATCH);
                let digest = table
                    .read(source, async |line| {
                        batch.push(line.to_owned());
                        if batch.len() == BATCH {
                            target.insert(tx, &batch).await?;
                            batch.clear();
                        }
                        Ok(())
                    })
                    .await?;
                target.insert(tx, &batch).await?;
                read.push(Held { name: table.name.clone(), rows: digest.rows(), sha256: digest.finish() });
                Ok(())
            });
            filled.await.map_err(Error::Inside)?;
            Ok(read)
        })
        .await
        .map_err(told)?;
    Ok((before, held(to).await?))
}

fn report(from: &Store, to: &Store, tables: &[Held], found: &[String], json: bool) {
    if json {
        println!("{}", serde_json::json!({ "tables": tables, "findings": found }));
        return;
    }
    for table in tables {
        println!("{:>10}  {}", table.rows, table.name);
    }
    for finding in found {
        println!("{finding}");
    }
    let rows: u64 = tables.iter().map(|table| table.rows).sum();
    let (from, to) = (named(from.kind()), named(to.kind()));
    println!("{from} to {to}: {} tables, {rows} rows, {} findings", tables.len(), found.len());
}
