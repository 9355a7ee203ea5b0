//! Databases for tests: a fresh one for each, on SQLite and on PostgreSQL.
//!
//! `#[store::test] async fn name(given: Fixture)` becomes `name_sqlite` and `name_postgres`; `Fixture` says by
//! [`OnDatabase`] how it is made. PostgreSQL comes from `TINHSO_TEST_POSTGRES`; without it the test fails, so that
//! a half that was not run is never taken for one that passed.

use std::path::PathBuf;

use base::{Id, Now};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

use crate::{Durability, Kind, Location, Migration, Store};

/// What a database test is given.
pub trait OnDatabase: Sized {
    fn on(database: TestDatabase) -> impl Future<Output = Self> + Send;
}

/// A place for one test's data, empty.
pub struct TestDatabase {
    pub kind: Kind,
}

impl TestDatabase {
    /// The database with all of `migrations` applied.
    ///
    /// # Panics
    /// When it cannot be made: the test that asked for it has failed then.
    #[expect(clippy::expect_used, reason = "only tests call it")]
    pub async fn migrated(&self, migrations: &[Migration], now: Now) -> (Store, Location) {
        let location = match self.kind {
            Kind::Sqlite => {
                let folder = std::env::temp_dir().join("tinhso-tests");
                std::fs::create_dir_all(&folder).expect("a folder for test databases");
                Location::Sqlite(folder.join(format!("{}.db", Id::new(base::Clock::now(&base::SystemClock)))))
            }
            Kind::Postgres => postgres_clone(migrations, now).await,
        };
        let store = Store::connect(&location, Durability::ProcessEnd).await.expect("the test database opens");
        store.migrate(migrations, now).await.expect("migrations run");
        (store, location)
    }
}

/// Runs one half of a test written with `#[store::test]`.
#[expect(clippy::expect_used, reason = "only tests call it")]
pub fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime for the test")
        .block_on(test);
}

/// Removes a test's SQLite file; PostgreSQL's databases go with the test cluster.
pub fn remove(location: &Location) {
    if let Location::Sqlite(path) = location {
        for suffix in ["", "-wal", "-shm"] {
            let mut name = path.clone().into_os_string();
            name.push(suffix);
            // A file that is not there needs no removing.
            drop(std::fs::remove_file(PathBuf::from(name)));
        }
    }
}

/// A copy of a template that is migrated once per set of migrations.
#[expect(clippy::expect_used, reason = "only tests call it")]
async fn postgres_clone(migrations: &[Migration], now: Now) -> Location {
    let server = std::env::var("TINHSO_TEST_POSTGRES").expect(
        "TINHSO_TEST_POSTGRES names a PostgreSQL server (postgres://user@host:port); `cargo xtask test` starts one",
    );
    let server = server.trim_end_matches('/').to_owned();
    let mut hash = Sha256::new();
    for step in migrations {
        hash.update(step.name);
        hash.update(step.postgres);
    }
    let template = format!("template_{}", &hex::encode(hash.finalize())[..16]);
    let copy = format!("test_{}", Id::new(base::Clock::now(&base::SystemClock)).uuid().simple());
    let root = Location::Postgres(format!("{server}/postgres"));
    let root = Store::connect(&root, Durability::ProcessEnd).await.expect("the test server answers");
    // Session locks hold across the statements that may not run in a transaction.
    let mut held = sqlx_connection(&format!("{server}/postgres")).await;
    sqlx::query("SELECT pg_advisory_lock(7466)").execute(&mut held).await.expect("the lock is had");
    let there = root
        .read()
        .query_one_raw(sea_orm::Statement::from_sql_and_values(
            sea_orm::DbBackend::Postgres,
            "SELECT 1 FROM pg_database WHERE datname = $1",
            [template.clone().into()],
        ))
        .await
        .expect("databases are listed")
        .is_some();
    if !there {
        let building = format!("{template}_building");
        for sql in [format!("DROP DATABASE IF EXISTS {building}"), format!("CREATE DATABASE {building}")] {
            root.read().execute_unprepared(&sql).await.expect("the template is made");
        }
        let url = Location::Postgres(format!("{server}/{building}"));
        let store = Store::connect(&url, Durability::ProcessEnd).await.expect("the template opens");
        store.migrate(migrations, now).await.expect("migrations run");
        store.close().await.expect("the template closes");
        let sql = format!("ALTER DATABASE {building} RENAME TO {template}");
        root.read().execute_unprepared(&sql).await.expect("the template is named");
    }
    let sql = format!("CREATE DATABASE {copy} TEMPLATE {template}");
    root.read().execute_unprepared(&sql).await.expect("the copy is made");
    drop(held);
    root.close().await.expect("the server's connection closes");
    Location::Postgres(format!("{server}/{copy}"))
}

#[expect(clippy::expect_used, reason = "only tests call it")]
async fn sqlx_connection(url: &str) -> sqlx::postgres::PgConnection {
    use sqlx::Connection as _;
    sqlx::postgres::PgConnection::connect(url).await.expect("the test server answers")
}
