//! Words as anybody may type them into a search box.

use base::{Id, fold};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::{Fixture, INDEX};
use crate::{Sql, search};

/// What is searched in, and what is typed: words of it or of the databases' own languages, broken off, or anything.
fn searches() -> impl Strategy<Value = (String, String)> {
    let words = proptest::sample::select(vec![
        "Đường",
        "số 12/4",
        "AND",
        "OR NOT",
        "NEAR(a b, 2)",
        "\"",
        "*",
        "a:*",
        "&!",
        "½²ǆ",
    ]);
    let typed = prop_oneof![
        proptest::collection::vec(words, 0..400).prop_map(|words| words.join(" ")),
        any::<String>(),
        "[\\PC&&\\p{L}]{0,30}",
    ];
    (any::<String>(), typed)
}

#[store::test]
async fn whatever_is_typed_is_looked_for(f: Fixture) {
    let kind = f.store.kind();
    let found = async |id: Id, typed: &str| -> bool {
        let Some(query) = search::query(kind, typed) else { return false };
        let sql =
            Sql::composed(format!("SELECT count(*) FROM (SELECT 1 WHERE {}) found", INDEX.condition(kind, "$1", 2)));
        let count: i64 = sql.bind(id.uuid()).bind(query).one(f.store.read(), |row| row.get(0)).await.unwrap().unwrap();
        count == 1
    };
    let config = Config { failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&searches(), |(text, typed)| {
        block_in_place(|| {
            Handle::current().block_on(async {
                let id = Id::new(f.now);
                f.store.write(async |tx| INDEX.put(tx, kind, id, &text).await).await.unwrap();
                found(id, &typed).await;
                // Latin words are found by themselves, whole or broken off; how others are cut differs by database.
                let latin = fold(&text)
                    .split(' ')
                    .find(|word| word.len() < 50 && word.bytes().all(|c| c.is_ascii_lowercase()) && !word.is_empty())
                    .map(str::to_owned);
                if let Some(word) = latin {
                    prop_assert!(found(id, &word).await, "{:?} in {:?}", word, text);
                }
                Ok(())
            })
        })
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}
