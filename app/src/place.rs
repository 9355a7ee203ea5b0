//! Where a province lies, as every command is told.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use store::Location;

/// Where a province lies.
#[derive(Args, Clone)]
pub struct Place {
    /// Folder of files and keys, and of the SQLite database.
    #[arg(long)]
    pub data: PathBuf,
    /// PostgreSQL instead of SQLite: postgres://user:password@host/database
    #[arg(long, env = "TINHSO_DATABASE_URL")]
    pub database_url: Option<String>,
}

impl Place {
    pub(crate) fn location(&self) -> Result<Location> {
        match &self.database_url {
            Some(url) => url.parse().map_err(|error| anyhow::anyhow!("{error}")),
            None => Ok(Location::Sqlite(self.data.join("tinhso.db"))),
        }
    }
}

/// Turns the house's error into one for the terminal.
pub(crate) fn told(error: base::Error) -> anyhow::Error {
    match error {
        base::Error::Inside(error) => error,
        other => anyhow::anyhow!("{other}"),
    }
}
