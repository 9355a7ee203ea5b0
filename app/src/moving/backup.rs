use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use base::{Clock, Error, SystemClock};
use store::{Kind, Store, portable};
use walkdir::WalkDir;

use super::Held;
use super::archive::{About, Packing};
use crate::assemble;
use crate::place::{Place, told};

pub(crate) async fn backup(place: &Place, to: &Path, json: bool) -> Result<ExitCode> {
    let about = make(place, to).await?;
    if json {
        println!("{}", serde_json::to_string(&about)?);
    } else {
        let rows: u64 = about.tables.iter().map(|table| table.rows).sum();
        println!("{} tables, {rows} rows, {} files: {}", about.tables.len(), about.files.len(), to.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes a copy of a province as it is at one moment; the program may go on meanwhile.
pub(super) async fn make(place: &Place, to: &Path) -> Result<About> {
    if !place.data.is_dir() {
        bail!("{} is no folder of a province", place.data.display());
    }
    if to.exists() {
        bail!("{} is there already", to.display());
    }
    // What is not whole must not be taken for a copy: it has its name only when it is, and is gone when it fails.
    let folder = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unfinished = tempfile::Builder::new().prefix("copy-").suffix(".part").tempfile_in(folder);
    let unfinished = unfinished.with_context(|| format!("{} cannot be made", to.display()))?;
    let store = assemble::connect(&place.location()?).await?;
    let made = pack(&store, &place.data, unfinished.reopen()?).await;
    store.close().await.map_err(told)?;
    let about = made?;
    unfinished.persist_noclobber(to).with_context(|| format!("{} cannot be made", to.display()))?;
    Ok(about)
}

async fn pack(store: &Store, folder: &Path, to: File) -> Result<About> {
    let migrations = store.applied().await.map_err(told)?;
    let mut packing = Packing::begin(to, SystemClock.now().utc(), migrations);
    store
        .snapshot(async |tx| {
            for table in portable::tables(tx).await? {
                packing.begin_table(&table.name).map_err(Error::Inside)?;
                let digest = table.read(tx, async |line| packing.line(line).map_err(Error::Inside)).await?;
                packing.end_table(Held { name: table.name, rows: digest.rows(), sha256: digest.finish() });
            }
            Ok(())
        })
        .await
        .map_err(told)?;
    // After the rows: a file is kept before the row that names it, so that none of theirs is missing.
    for path in belongings(folder)? {
        let inside = path.strip_prefix(folder)?.to_str().context("a name that is no UTF-8")?.to_owned();
        match std::fs::File::open(&path) {
            Ok(content) => packing.file(&inside, content)?,
            // An upload that was given up meanwhile.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }
    packing.finish()
}

/// Everything in the data folder but the database, the lock and what is on its way in.
fn belongings(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    let stays = |path: &Path| {
        let inside = path.strip_prefix(folder).unwrap_or(path);
        let name = inside.to_string_lossy();
        name == "lock" || name.starts_with("tinhso.db") || inside.starts_with("files/waiting") || name.contains('#')
    };
    for entry in walk.filter_entry(|entry| !stays(entry.path())) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => found.push(entry.into_path()),
            Ok(_) => {}
            Err(error) if error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(found)
}

/// What the tables of a database hold now.
pub(super) async fn held(store: &Store) -> Result<Vec<Held>> {
    store
        .snapshot(async |tx| {
            let mut all = Vec::new();
            for table in portable::tables(tx).await? {
                let digest = table.read(tx, async |_| Ok(())).await?;
                all.push(Held { name: table.name, rows: digest.rows(), sha256: digest.finish() });
            }
            Ok(all)
        })
        .await
        .map_err(told)
}

/// What differs between two readings, table by table.
pub(super) fn differences(before: &[Held], after: &[Held]) -> Vec<String> {
    let mut found = Vec::new();
    for table in before {
        match after.iter().find(|other| other.name == table.name) {
            Some(other) if other == table => {}
            Some(other) if other.rows == table.rows => found.push(format!("{}: rows differ", table.name)),
            Some(other) => found.push(format!("{}: {} rows became {}", table.name, table.rows, other.rows)),
            None => found.push(format!("{}: is gone", table.name)),
        }
    }
    let is_new = |table: &&Held| before.iter().all(|other| other.name != table.name);
    found.extend(after.iter().filter(is_new).map(|table| format!("{}: was not there", table.name)));
    found
}

/// The database in words.
pub(super) const fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => "SQLite",
        Kind::Postgres => "PostgreSQL",
    }
}
