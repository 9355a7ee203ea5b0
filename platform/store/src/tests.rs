mod fuzz;
use std::sync::{Arc, Mutex};

use base::{Error, Id, Now, Result};

use crate::testing::{OnDatabase, TestDatabase, remove};
use crate::{Conditions, Connection, Kind, Location, Migration, Sql, Store, is_duplicate, next_number, search};

const MIGRATIONS: &[Migration] = &[
    Migration::new(
        "store_test_0001_things",
        "CREATE TABLE store_things (id uuid PRIMARY KEY, name text NOT NULL UNIQUE, at timestamptz NOT NULL, \
         done boolean NOT NULL, day date);",
    ),
    crate::search_migration!("store_test_0002_search", "store_things_search"),
    crate::search_words_migration!("store_test_0003_search_words", "store_things_search"),
];
const INDEX: search::Index = search::Index { table: "store_things_search" };

struct Fixture {
    store: Store,
    location: Location,
    now: Now,
}

impl OnDatabase for Fixture {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let (store, location) = database.migrated(MIGRATIONS, now).await;
        Self { store, location, now }
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        remove(&self.location);
    }
}

async fn add(store: &Store, now: Now, name: &str) -> Result<Id> {
    store
        .write(async |tx| {
            let id = Id::new(now);
            Sql::new("INSERT INTO store_things (id, name, at, done, day) VALUES ($1, $2, $3, $4, $5)")
                .bind(id.uuid())
                .bind(name)
                .bind(now.utc())
                .bind(true)
                .bind(now.today())
                .run(tx)
                .await?;
            Ok(id)
        })
        .await
}

async fn count(store: &Store) -> i64 {
    Sql::new("SELECT count(*) FROM store_things").one(store.read(), |row| row.get(0)).await.unwrap().unwrap()
}

#[store::test]
async fn a_watched_store_tells_of_reads_and_of_writes_in_transactions_with_their_values(f: Fixture) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let told = heard.clone();
    let watched = f.store.clone().watched(move |statement| {
        told.lock().unwrap().push(format!("{} {:?}", statement.sql, statement.values));
    });
    add(&f.store, f.now, "không ai nghe").await.unwrap();
    add(&watched, f.now, "có người nghe").await.unwrap();
    assert_eq!(count(&watched).await, 2);
    let heard = heard.lock().unwrap();
    assert_eq!(heard.len(), 2, "{heard:?}");
    assert!(heard[0].contains("có người nghe") && heard[1].starts_with("SELECT count"), "{heard:?}");
}

#[store::test]
async fn what_was_written_is_read_back(f: Fixture) {
    let id = add(&f.store, f.now, "Đường Lê Thánh Tôn").await.unwrap();
    let row = Sql::new("SELECT id, name, at, done, day FROM store_things WHERE at >= $1")
        .bind(f.now.utc())
        .one(f.store.read(), |row| {
            Ok((
                row.get::<uuid::Uuid>(0)?,
                row.get::<String>(1)?,
                row.get::<chrono::DateTime<chrono::Utc>>(2)?,
                row.get::<bool>(3)?,
                row.get::<chrono::NaiveDate>(4)?,
            ))
        })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row, (id.uuid(), "Đường Lê Thánh Tôn".to_owned(), f.now.utc(), true, f.now.today()));
}

#[store::test]
async fn a_failed_write_leaves_nothing(f: Fixture) {
    let outcome: Result<()> = f
        .store
        .write(async |tx| {
            Sql::new("INSERT INTO store_things (id, name, at, done) VALUES ($1, 'half', $2, false)")
                .bind(Id::new(f.now).uuid())
                .bind(f.now.utc())
                .run(tx)
                .await?;
            Err(Error::Conflict("store-test"))
        })
        .await;
    assert!(matches!(outcome, Err(Error::Conflict("store-test"))));
    assert_eq!(count(&f.store).await, 0);
}

#[store::test]
async fn a_second_row_with_the_same_key_is_told_apart_from_other_errors(f: Fixture) {
    add(&f.store, f.now, "one").await.unwrap();
    assert!(is_duplicate(&add(&f.store, f.now, "one").await.unwrap_err()));
    let wrong = Sql::new("SELECT nothing FROM nowhere").run(f.store.read()).await.unwrap_err();
    assert!(!is_duplicate(&wrong));
}

#[store::test]
async fn sixteen_writers_get_numbers_without_gap_or_double(f: Fixture) {
    let mut tasks = Vec::new();
    for writer in 0..16_u32 {
        let store = f.store.clone();
        tasks.push(tokio::spawn(async move {
            let mut got = Vec::new();
            for turn in 0..25_u32 {
                let number = store
                    .write(async |tx| {
                        let number = next_number(tx, "dossier:H32.15", "261120").await?;
                        // Every third writer fails after it took a number: that number must come again.
                        if (writer + turn) % 3 == 0 { Err(Error::Conflict("store-test")) } else { Ok(number) }
                    })
                    .await;
                got.extend(number.ok());
            }
            got
        }));
    }
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.extend(task.await.unwrap());
    }
    numbers.sort_unstable();
    let expected: Vec<i64> = (1..=i64::try_from(numbers.len()).unwrap()).collect();
    assert_eq!(numbers, expected);
}

#[store::test]
async fn a_migration_that_changed_after_it_ran_is_refused(f: Fixture) {
    assert!(f.store.migrate(MIGRATIONS, f.now).await.unwrap().is_empty());
    let changed = [Migration::new("store_test_0001_things", "CREATE TABLE store_other (id uuid)")];
    assert!(f.store.migrate(&changed, f.now).await.unwrap_err().to_string().contains("changed after it ran"));
}

#[store::test]
async fn words_are_found_with_and_without_marks_and_unfinished(f: Fixture) {
    let road = add(&f.store, f.now, "road").await.unwrap();
    let permit = add(&f.store, f.now, "permit").await.unwrap();
    let kind = f.store.kind();
    f.store
        .write(async |tx| {
            INDEX.put(tx, kind, road, "Đăng ký khai sinh").await?;
            INDEX.put(tx, kind, permit, "Cũ").await?;
            INDEX.put(tx, kind, permit, "Cấp giấy phép xây dựng").await
        })
        .await
        .unwrap();
    for (typed, found) in [
        ("dang ky", vec![road]),
        ("ĐĂNG KÝ kh", vec![road]),
        ("xây dự", vec![permit]),
        ("sinh xây", vec![]),
        ("cũ", vec![]),
        ("' OR \"1\" & | ! * (", vec![]),
    ] {
        let Some(query) = search::query(kind, typed) else { panic!("{typed} has words") };
        let rows = Sql::composed(format!("SELECT id FROM store_things WHERE {}", INDEX.condition(kind, "id", 1)))
            .bind(query)
            .all(f.store.read(), |row| Ok(Id::from_uuid(row.get(0)?)))
            .await
            .unwrap();
        assert_eq!(rows, found, "{typed}");
        let mut conditions = Conditions::default();
        INDEX.narrow(kind, "t.id", typed, &mut conditions);
        let sql = Sql::composed(format!("SELECT t.id FROM store_things t WHERE 1 = 1{}", conditions.text()));
        let rows = conditions.bind_to(sql).all(f.store.read(), |row| Ok(Id::from_uuid(row.get(0)?))).await.unwrap();
        assert_eq!(rows, found, "{typed}, row by row");
    }
}

#[store::test]
async fn readers_of_the_embedded_database_cannot_write(f: Fixture) {
    if f.store.kind() == crate::Kind::Sqlite {
        assert!(f.store.read().execute_unprepared("DELETE FROM store_things").await.is_err());
    }
}

/// Rows as lines, of every table of a database.
async fn lines(store: &Store) -> Vec<(String, Vec<String>, String)> {
    store
        .snapshot(async |tx| {
            let mut all = Vec::new();
            for table in crate::portable::tables(tx).await? {
                let mut lines = Vec::new();
                let digest = table
                    .read(tx, async |line| {
                        lines.push(line.to_owned());
                        Ok(())
                    })
                    .await?;
                all.push((table.name, lines, digest.finish()));
            }
            Ok(all)
        })
        .await
        .unwrap()
}

#[store::test]
async fn rows_read_as_text_go_into_the_other_database_as_they_were(f: Fixture) {
    for name in ["Đường Ví Dụ", "z\"\\\n", "Ổ gà", "a"] {
        let id = add(&f.store, f.now, name).await.unwrap();
        f.store.write(async |tx| INDEX.put(tx, f.store.kind(), id, name).await).await.unwrap();
    }
    f.store.write(async |tx| crate::next_number(tx, "things", "2026").await.map(drop)).await.unwrap();
    f.store
        .write(async |tx| Sql::new("UPDATE store_things SET day = NULL WHERE name = 'a'").run(tx).await.map(drop))
        .await
        .unwrap();
    let here = lines(&f.store).await;
    assert_eq!(here.iter().map(|(_, lines, _)| lines.len()).collect::<Vec<_>>(), [1, 4, 4]);
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let (other, location) = TestDatabase { kind }.migrated(MIGRATIONS, f.now).await;
        other
            .write(async |tx| {
                for table in crate::portable::tables(tx).await? {
                    assert!(table.is_empty(tx).await?);
                    let (_, lines, _) = here.iter().find(|(name, ..)| *name == table.name).unwrap();
                    table.insert(tx, lines).await?;
                }
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!(lines(&other).await, here, "{kind:?}");
        let sql = format!("SELECT count(*) FROM store_things WHERE {}", INDEX.condition(kind, "id", 1));
        let found: Option<i64> = Sql::composed(sql)
            .bind(search::query(kind, "duong vi").unwrap())
            .one(other.read(), |row| row.get(0))
            .await
            .unwrap();
        assert_eq!(found, Some(1), "{kind:?}");
        other.close().await.unwrap();
        remove(&location);
    }
}
