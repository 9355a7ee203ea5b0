//! Hands on the rows of the journal: wherever they reach, something is found, and the proof itself always ends.

use base::Id;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::Sql;
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::Fixture;
use crate::{sequence, verify};

/// What hands may do; `{n}` is a row, `$1` any text.
const HANDS: [&str; 14] = [
    "UPDATE journal_entries SET verb = $1 WHERE position = {n}",
    "UPDATE journal_entries SET thing_kind = $1 WHERE position = {n}",
    "UPDATE journal_entries SET reason = $1 WHERE position = {n}",
    "UPDATE journal_entries SET data = $1 WHERE position = {n}",
    "UPDATE journal_entries SET digest = $1 WHERE position = {n}",
    "UPDATE journal_reads SET reason = $1 WHERE position = {n}",
    "UPDATE journal_reads SET digest = $1 WHERE position = {n}",
    "UPDATE journal_blocks SET hash = $1 WHERE number = 1",
    "UPDATE journal_blocks SET previous = $1 WHERE number = 1",
    "UPDATE journal_blocks SET last_position = {n} - 1 WHERE number = 1 AND $1 = $1",
    "UPDATE journal_blocks SET number = number + {n} WHERE $1 = $1",
    "UPDATE journal_entries SET position = position + 100 WHERE position = {n} AND $1 = $1",
    "DELETE FROM journal_entries WHERE position = {n} AND $1 = $1",
    "DELETE FROM journal_reads WHERE position = {n} AND $1 = $1",
];
const ROWS: i64 = 6;

/// An untouched journal of [`ROWS`] changes and as many reads, in one block each.
async fn anew(f: &Fixture) {
    for table in ["entries", "reads", "blocks"] {
        let sql = Sql::composed(format!("DELETE FROM journal_{table}"));
        f.store.write(async |tx| sql.run(tx).await).await.unwrap();
    }
    for _ in 0..ROWS {
        f.happen("dossiers.received", Id::new(f.now)).await;
    }
    sequence(&f.store, f.now).await.unwrap();
}

#[store::test]
async fn no_hand_goes_unseen(f: Fixture) {
    let config = Config { failure_persistence: None, ..Config::default() };
    let hands = (proptest::sample::select(HANDS.to_vec()), 1..=ROWS, "\\PC{0,30}");
    let outcome = TestRunner::new(config).run(&hands, |(hand, row, text)| {
        let findings = block_in_place(|| {
            Handle::current().block_on(async {
                anew(&f).await;
                let sql = Sql::composed(hand.replace("{n}", &row.to_string())).bind(format!("x{text}"));
                assert!(f.store.write(async |tx| sql.run(tx).await).await.unwrap() > 0);
                verify(&f.store).await.unwrap().0
            })
        });
        prop_assert!(!findings.is_empty(), "{}", hand);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}
