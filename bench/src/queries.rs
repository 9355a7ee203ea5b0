//! Statements that the program ran, written down with their values, so that they can be run again bare.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use base::Now;
use store::orm::{ConnectionTrait as _, Statement, Value};
use store::{Store, Tx};
use uuid::Uuid;

use crate::told;

/// Hears every statement of a watched store.
#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Vec<Statement>>>);

impl Recorder {
    /// What [`Store::watched`] is given.
    pub(crate) fn watch(&self) -> impl Fn(&Statement) + Send + Sync + 'static {
        let heard = self.0.clone();
        move |statement| heard.lock().unwrap_or_else(PoisonError::into_inner).push(statement.clone())
    }

    /// What was heard since it was last taken.
    pub(crate) fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What somebody did, to be done again by others: the same statements with new ids and a new code.
///
/// Each part is what one action or one page ran.
pub(crate) struct Replay {
    parts: Vec<Vec<Statement>>,
    /// Ids that were made then, in the order of their making.
    made: Vec<Uuid>,
    /// The code of the dossier that was made then.
    code: Option<String>,
}

impl Replay {
    /// Parts that were recorded from `since` on.
    pub(crate) fn new(parts: Vec<Vec<Statement>>, since: Now, code: Option<String>) -> Self {
        let mut made: Vec<Uuid> = parts.iter().flatten().flat_map(values).filter_map(uuid).collect();
        made.retain(|id| {
            milliseconds(*id).is_some_and(|at| i128::from(at) >= i128::from(since.utc().timestamp_millis()))
        });
        made.sort_unstable();
        made.dedup();
        Self { parts, made, code }
    }

    pub(crate) const fn len(&self) -> usize {
        self.parts.len()
    }

    /// How many statements change something, how many only look.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let writes = self.parts.iter().flatten().filter(|statement| writes(statement)).count();
        (writes, self.parts.iter().map(Vec::len).sum::<usize>() - writes)
    }

    /// A page: its reads on the pool, what it writes in a transaction of its own. `turn` has never been given before.
    pub(crate) async fn page(&self, store: &Store, turn: u64) -> Result<()> {
        for statement in self.parts.iter().flatten() {
            if writes(statement) {
                let changed = [self.anew(statement, turn)];
                store.write(async |tx| run(tx, &changed).await).await.map_err(told)?;
            } else {
                store.read().query_all_raw(statement.clone()).await?;
            }
        }
        Ok(())
    }

    /// The rows of one part in one transaction, and nothing that was only looked at.
    pub(crate) async fn transaction(&self, store: &Store, part: usize, turn: u64) -> Result<()> {
        let statements = self.parts.get(part).into_iter().flatten().filter(|statement| writes(statement));
        let statements: Vec<Statement> = statements.map(|statement| self.anew(statement, turn)).collect();
        store.write(async |tx| run(tx, &statements).await).await.map_err(told)
    }

    fn anew(&self, statement: &Statement, turn: u64) -> Statement {
        let mut statement = statement.clone();
        for value in statement.values.iter_mut().flat_map(|values| &mut values.0) {
            match value {
                Value::Uuid(Some(id)) => *id = self.fresh(*id, turn),
                Value::String(Some(text)) => {
                    if let Some(code) = self.code.as_deref().filter(|code| text.contains(code)) {
                        *text = text.replace(code, &format!("{code}.{turn}"));
                    }
                }
                _ => {}
            }
        }
        statement
    }

    /// The same id every time within a turn, in the same order among its fellows.
    fn fresh(&self, id: Uuid, turn: u64) -> Uuid {
        let Some(number) = self.made.binary_search(&id).ok().and_then(|number| u16::try_from(number).ok()) else {
            return id;
        };
        let mut bytes = *id.as_bytes();
        let [high, low] = number.to_be_bytes();
        bytes[6] = 0x70 | (high & 0x0f);
        bytes[7] = low;
        bytes[8..].copy_from_slice(&(turn | 1 << 63).to_be_bytes());
        Uuid::from_bytes(bytes)
    }
}

/// Runs statements that change something. An index's own row number is what the statement before it was given.
async fn run(tx: &Tx, statements: &[Statement]) -> base::Result<()> {
    let mut given: Option<i64> = None;
    for statement in statements {
        let mut statement = statement.clone();
        if statement.sql.contains("(rowid,")
            && let Some(first) = statement.values.as_mut().and_then(|values| values.0.first_mut())
        {
            *first = Value::BigInt(given);
        }
        if statement.sql.contains("RETURNING") {
            let row = tx.query_one_raw(statement).await?;
            given = row.map(|row| row.try_get_by_index(0)).transpose()?;
        } else {
            tx.execute_raw(statement).await?;
        }
    }
    Ok(())
}

fn writes(statement: &Statement) -> bool {
    !statement.sql.trim_start().starts_with("SELECT")
}

fn values(statement: &Statement) -> impl Iterator<Item = &Value> {
    statement.values.iter().flat_map(|values| &values.0)
}

const fn uuid(value: &Value) -> Option<Uuid> {
    match value {
        Value::Uuid(Some(id)) => Some(*id),
        _ => None,
    }
}

/// When an id of version 7 was made.
fn milliseconds(id: Uuid) -> Option<u64> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    Some(seconds * 1000 + u64::from(nanos) / 1_000_000)
}

#[cfg(test)]
mod tests {
    use store::testing::{OnDatabase, TestDatabase, remove};
    use store::{Location, Migration, Sql};

    use super::*;

    const MIGRATIONS: &[Migration] = &[
        Migration::new(
            "bench_test_0001_things",
            "CREATE TABLE bench_things (id uuid PRIMARY KEY, owner uuid, code text UNIQUE);",
        ),
        store::search_migration!("bench_test_0002_search", "bench_things_search"),
        store::search_words_migration!("bench_test_0003_search_words", "bench_things_search"),
    ];
    const INDEX: store::search::Index = store::search::Index { table: "bench_things_search" };

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

    /// Each thing is its own owner, so an id that changed in one place only would be seen.
    async fn add(store: &Store, id: base::Id, code: &str) {
        let written = store.write(async |tx| {
            Sql::new("INSERT INTO bench_things (id, owner, code) VALUES ($1, $2, $3)")
                .bind(id.uuid())
                .bind(id.uuid())
                .bind(code)
                .run(tx)
                .await?;
            Sql::new("SELECT 1 FROM bench_things WHERE id = $1").bind(id.uuid()).one(tx, |_| Ok(())).await?;
            INDEX.put(tx, store.kind(), id, code).await
        });
        written.await.unwrap();
    }

    #[store::test]
    async fn what_somebody_did_is_done_again_with_ids_and_a_code_of_its_own(f: Fixture) {
        let recorder = Recorder::default();
        add(&f.store.clone().watched(recorder.watch()), base::Id::new(f.now), "H32.1").await;
        let replay = Replay::new(vec![recorder.take()], f.now, Some("H32.1".to_owned()));
        for turn in 1..4 {
            replay.transaction(&f.store, 0, turn).await.unwrap();
        }
        let codes: Vec<String> = Sql::new("SELECT code FROM bench_things WHERE owner = id ORDER BY code")
            .all(f.store.read(), |row| row.get(0))
            .await
            .unwrap();
        assert_eq!(codes, ["H32.1", "H32.1.1", "H32.1.2", "H32.1.3"]);
        let found = format!("SELECT count(*) FROM bench_things WHERE {}", INDEX.condition(f.store.kind(), "id", 1));
        let found: Option<i64> = Sql::composed(found)
            .bind(store::search::query(f.store.kind(), "H32.1"))
            .one(f.store.read(), |row| row.get(0))
            .await
            .unwrap();
        assert_eq!(found, Some(4), "each is found by its words");
    }

    #[store::test]
    async fn what_was_there_before_keeps_its_id(f: Fixture) {
        let recorder = Recorder::default();
        let earlier = base::Id::new(Now::parse("2026-11-19T08:00:00+07:00"));
        add(&f.store.clone().watched(recorder.watch()), earlier, "H32.2").await;
        let replay = Replay::new(vec![recorder.take()], f.now, None);
        assert!(replay.transaction(&f.store, 0, 1).await.is_err(), "the same row cannot be written twice");
    }
}
