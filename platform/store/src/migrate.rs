use base::{Error, Now, Result};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

use crate::connect::{Kind, Store};
use crate::sql::Sql;

/// One step of the database's shape. Steps are only ever added, never changed.
///
/// Plain SQL with PostgreSQL's type names serves both databases: SQLite takes any type name and keeps
/// what it is given. Use `uuid`, `text`, `bigint`, `boolean`, `timestamptz`, `date`, `bytea`.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// System, number and words: `dossiers_0001_dossiers`. Tables begin with the system's name.
    pub name: &'static str,
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

impl Migration {
    pub const fn new(name: &'static str, sql: &'static str) -> Self {
        Self { name, sqlite: sql, postgres: sql }
    }

    /// Only for what has no common form: search indexes.
    pub const fn each(name: &'static str, sqlite: &'static str, postgres: &'static str) -> Self {
        Self { name, sqlite, postgres }
    }

    fn sql(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Sqlite => self.sqlite,
            Kind::Postgres => self.postgres,
        }
    }
}

const OWN: Migration = Migration::new(
    "store_0001_numbers",
    "CREATE TABLE store_numbers (register text NOT NULL, period text NOT NULL, value bigint NOT NULL, \
     PRIMARY KEY (register, period));",
);

/// Names of the steps that this crate takes by itself.
pub const OWN_MIGRATIONS: &[&str] = &[OWN.name];

impl Store {
    /// Brings the database to the shape the program needs; says which steps it took.
    ///
    /// # Errors
    /// When a step that has run was changed since: shapes would differ between provinces.
    pub async fn migrate(&self, all: &[Migration], now: Now) -> Result<Vec<&'static str>> {
        self.write(async |tx| {
            if self.kind() == Kind::Postgres {
                // Two programs started at once must not both create the tables.
                tx.execute_unprepared("SELECT pg_advisory_xact_lock(7465)").await?;
            }
            tx.execute_unprepared(
                "CREATE TABLE IF NOT EXISTS store_migrations (name text PRIMARY KEY, checksum text NOT NULL, \
                 applied_at timestamptz NOT NULL)",
            )
            .await?;
            let done: Vec<(String, String)> = Sql::new("SELECT name, checksum FROM store_migrations")
                .all(tx, |row| Ok((row.get(0)?, row.get(1)?)))
                .await?;
            let mut taken = Vec::new();
            for step in std::iter::once(&OWN).chain(all) {
                let sql = step.sql(self.kind());
                let checksum = hex::encode(Sha256::digest(sql));
                match done.iter().find(|(name, _)| name == step.name) {
                    Some((_, before)) if *before == checksum => {}
                    Some(_) => return Err(Error::inside(format!("migration {} was changed after it ran", step.name))),
                    None => {
                        tx.execute_unprepared(sql)
                            .await
                            .map_err(|error| Error::inside(format!("migration {}: {error}", step.name)))?;
                        Sql::new("INSERT INTO store_migrations (name, checksum, applied_at) VALUES ($1, $2, $3)")
                            .bind(step.name)
                            .bind(checksum)
                            .bind(now.utc())
                            .run(tx)
                            .await?;
                        taken.push(step.name);
                    }
                }
            }
            Ok(taken)
        })
        .await
    }

    /// The steps that have run here, in their order.
    pub async fn applied(&self) -> Result<Vec<String>> {
        Sql::new("SELECT name FROM store_migrations ORDER BY applied_at, name").all(self.read(), |row| row.get(0)).await
    }

    /// The steps that have not run here yet.
    pub async fn pending(&self, all: &[Migration]) -> Result<Vec<&'static str>> {
        let done = Sql::new("SELECT name FROM store_migrations").all(self.read(), |row| row.get::<String>(0)).await;
        let done = done.unwrap_or_default();
        Ok(std::iter::once(&OWN)
            .chain(all)
            .map(|step| step.name)
            .filter(|name| !done.iter().any(|d| d == name))
            .collect())
    }
}
