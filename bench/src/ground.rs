//! Provinces to measure on, the same on both databases.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use base::{Clock as _, SystemClock};
use clap::ValueEnum;
use store::{Connection as _, Durability, Location, Sql, Store};
use tinhso::{Demo, Place, Plan};

use crate::told;

/// The sample work of the demo; its figures do not depend on how much there is of it.
const PLAN: Plan = Plan { dossiers: 300, days: 20, seed: 1, papers: 1000 };

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// A prepared demo province on one database, of which each topic gets a copy of its own.
pub(crate) struct Ground {
    pub(crate) kind: Kind,
    data: PathBuf,
    server: String,
    base: Place,
}

impl Ground {
    pub(crate) async fn prepare(kind: Kind, data: &Path, server: &str) -> Result<Self> {
        let data = data.join(if kind == Kind::Sqlite { "sqlite" } else { "postgres" });
        let ground = Self { kind, server: server.to_owned(), base: place(kind, &data, server, "base"), data };
        // The sample work ends at the moment of its making: what is left from yesterday is late today.
        clear(&ground.base.data)?;
        if kind == Kind::Postgres {
            ground.statement("CREATE DATABASE base").await?;
        }
        let demo = ground.open(&ground.base).await?;
        demo.program.app.store.clone().close().await.map_err(told)?;
        Ok(ground)
    }

    /// A copy of the province, for one topic alone.
    pub(crate) async fn copy(&self, name: &str) -> Result<Place> {
        let place = place(self.kind, &self.data, &self.server, name);
        clear(&place.data)?;
        let copied = Command::new("cp").arg("-a").arg(&self.base.data).arg(&place.data).status()?;
        ensure!(copied.success(), "{} cannot be copied", self.base.data.display());
        if self.kind == Kind::Postgres {
            self.statement(&format!("CREATE DATABASE {name} TEMPLATE base")).await?;
        }
        Ok(place)
    }

    /// Gives back the disk that a copy takes.
    pub(crate) async fn discard(&self, name: &str) -> Result<()> {
        std::fs::remove_dir_all(place(self.kind, &self.data, &self.server, name).data)?;
        if self.kind == Kind::Postgres {
            self.statement(&format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        }
        Ok(())
    }

    /// The program over a province, in this process.
    pub(crate) async fn open(&self, place: &Place) -> Result<Demo> {
        Demo::open(place, PLAN, Arc::new(SystemClock)).await
    }

    /// The same, telling `watch` of its statements.
    pub(crate) async fn open_watched(&self, place: &Place, through: impl FnOnce(Store) -> Store) -> Result<Demo> {
        Demo::open_through(place, PLAN, Arc::new(SystemClock), through).await
    }

    async fn statement(&self, sql: &str) -> Result<()> {
        let location = Location::Postgres(format!("{}/postgres", self.server));
        let store = Store::connect(&location, Durability::PowerCut).await.map_err(told)?;
        store.read().execute_unprepared(sql).await?;
        store.close().await.map_err(told)
    }
}

/// The store of a province as the program connects it, and nothing of the program.
pub(crate) async fn bare(place: &Place) -> Result<Store> {
    let location = match &place.database_url {
        Some(url) => url.parse().map_err(told)?,
        None => Location::Sqlite(place.data.join("tinhso.db")),
    };
    Store::connect(&location, Durability::PowerCut).await.map_err(told)
}

/// Takes away what marks a province as a demo's: `serve` refuses one.
pub(crate) async fn as_real(place: &Place) -> Result<()> {
    std::fs::remove_file(place.data.join("DEMO")).context("no demo")?;
    let store = bare(place).await?;
    store
        .write(async |tx| {
            Sql::new("UPDATE journal_entries SET thing_kind = 'bench' WHERE thing_kind = 'demo'").run(tx).await
        })
        .await
        .map_err(told)?;
    store.close().await.map_err(told)
}

/// Today as the bench's own rows say it.
pub(crate) fn now() -> base::Now {
    SystemClock.now()
}

fn place(kind: Kind, data: &Path, server: &str, name: &str) -> Place {
    Place { data: data.join(name), database_url: (kind == Kind::Postgres).then(|| format!("{server}/{name}")) }
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(std::fs::create_dir_all(folder.parent().context("a folder in a folder")?)?)
}
