use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use base::{Error, Result};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    SqlxPostgresConnector, SqlxSqliteConnector, Statement, TransactionOptions, TransactionTrait,
};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::error::classify;

/// A running transaction; it is undone unless [`Store::write`] commits it.
pub type Tx = DatabaseTransaction;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub(crate) fn of(connection: &impl ConnectionTrait) -> Self {
        match connection.get_database_backend() {
            DbBackend::Postgres => Self::Postgres,
            _ => Self::Sqlite,
        }
    }
}

/// Where the data lies.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// One file; its folder must exist.
    Sqlite(PathBuf),
    /// `postgres://user:password@host/database`.
    Postgres(String),
}

impl std::fmt::Debug for Location {
    /// Without the password that a PostgreSQL address may hold.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => write!(f, "postgres:{}", url.rsplit('@').next().unwrap_or_default()),
        }
    }
}

impl FromStr for Location {
    type Err = Error;

    fn from_str(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Postgres(url.to_owned()))
        } else if let Some(path) = url.strip_prefix("sqlite:") {
            Ok(Self::Sqlite(PathBuf::from(path.trim_start_matches("//"))))
        } else {
            Err(Error::inside("a database address begins with postgres:// or sqlite:"))
        }
    }
}

/// What an acknowledged write survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// A cut of the power: every commit waits for the disk.
    PowerCut,
    /// A killed process only; for tests, and for what is made anew if it is lost.
    ProcessEnd,
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    kind: Kind,
    readers: DatabaseConnection,
    writer: DatabaseConnection,
}

const READERS: u32 = 8;
const POSTGRES_CONNECTIONS: u32 = 24;
const BUSY: Duration = Duration::from_secs(10);

impl Store {
    /// Opens the database, making the SQLite file if there is none. Migrates nothing.
    pub async fn connect(location: &Location, durability: Durability) -> Result<Self> {
        match location {
            Location::Sqlite(path) => Self::sqlite(path, durability).await,
            Location::Postgres(url) => Self::postgres(url, durability).await,
        }
    }

    /// Two pools on one file: readers that cannot write, and a single writer.
    ///
    /// With one writer nobody ever meets `SQLITE_BUSY`, and every write begins `IMMEDIATE`: a deferred
    /// transaction that turns into a write fails at once under contention, whatever the busy timeout.
    async fn sqlite(path: &Path, durability: Durability) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(match durability {
                Durability::PowerCut => SqliteSynchronous::Full,
                Durability::ProcessEnd => SqliteSynchronous::Off,
            })
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("cache_size", "-16000")
            .pragma("mmap_size", "268435456")
            .statement_cache_capacity(400)
            .optimize_on_close(true, 400);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(BUSY)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(BUSY)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.pragma("query_only", "1"))
            .await?;
        Ok(Self {
            kind: Kind::Sqlite,
            readers: SqlxSqliteConnector::from_sqlx_sqlite_pool(readers),
            writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
        })
    }

    async fn postgres(url: &str, durability: Durability) -> Result<Self> {
        // A plan made once for all values reads a million rows for a value that none of them has; planning anew costs less
        // than a millisecond.
        let plans = [("plan_cache_mode", "force_custom_plan")];
        let mut options = PgConnectOptions::from_str(url)?.application_name("tinhso").options(plans);
        if durability == Durability::ProcessEnd {
            options = options.options([("synchronous_commit", "off")]);
        }
        let options = options.statement_cache_capacity(400);
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(BUSY)
            .connect_with(options)
            .await?;
        let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        Ok(Self { kind: Kind::Postgres, readers: connection.clone(), writer: connection })
    }

    /// The same store, telling `watch` of every statement that ran through it, with its values: for measurements. A store
    /// that nobody watches pays nothing for it.
    #[must_use]
    pub fn watched(mut self, watch: impl Fn(&Statement) + Send + Sync + 'static) -> Self {
        let watch = Arc::new(watch);
        for connection in [&mut self.readers, &mut self.writer] {
            let watch = watch.clone();
            connection.set_metric_callback(move |ran| watch(ran.statement));
        }
        self
    }

    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// For reading outside a transaction. On SQLite it refuses to write.
    pub const fn read(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// The only way to write: all of `work`, or nothing of it.
    ///
    /// Never wait in it for the network, a paper or a signature: on SQLite the whole province waits along.
    pub async fn write<T>(&self, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = self.writer.begin_with_options(options).await.map_err(|error| classify(error.into()))?;
        match work(&tx).await {
            Ok(done) => {
                tx.commit().await.map_err(|error| classify(error.into()))?;
                Ok(done)
            }
            Err(error) => {
                tx.rollback().await.map_err(|error| classify(error.into()))?;
                Err(classify(error))
            }
        }
    }

    /// Several reads that must agree with each other: one snapshot.
    pub async fn snapshot<T>(&self, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        let options = TransactionOptions {
            isolation_level: (self.kind == Kind::Postgres).then_some(sea_orm::IsolationLevel::RepeatableRead),
            access_mode: (self.kind == Kind::Postgres).then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: None,
        };
        let tx = self.readers.begin_with_options(options).await?;
        let found = work(&tx).await?;
        tx.rollback().await?;
        Ok(found)
    }

    /// Waits for running queries and closes the files, so that SQLite's log is folded into the database.
    pub async fn close(self) -> Result<()> {
        self.readers.clone().close().await?;
        self.writer.close().await?;
        Ok(())
    }
}
