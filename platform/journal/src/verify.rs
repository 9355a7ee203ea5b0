use base::{Id, Result};
use store::{Sql, Store};

use crate::seal::{CHAINS, Chain, block_hash, row};

/// What is wrong with the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A sealed row no longer says what it said.
    Altered { chain: &'static str, position: i64, id: Id },
    /// A sealed row is gone, or one was put in.
    Gap { chain: &'static str, position: i64 },
    /// The seal of a block does not fit its rows or the block before.
    BrokenSeal { chain: &'static str, block: i64 },
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Altered { chain, position, id } => write!(f, "{chain}: entry {position} ({id}) was altered"),
            Self::Gap { chain, position } => write!(f, "{chain}: entry {position} is missing or was put in"),
            Self::BrokenSeal { chain, block } => write!(f, "{chain}: the seal of block {block} does not fit"),
        }
    }
}

struct Block {
    number: i64,
    first: i64,
    last: i64,
    previous: String,
    hash: String,
}

/// Proves that no sealed row was altered, removed or put in; gives what does not hold, and the number of rows proved.
pub async fn verify(store: &Store) -> Result<(Vec<Finding>, i64)> {
    let mut findings = Vec::new();
    let mut proved = 0;
    for chain in CHAINS {
        let blocks = Sql::new(
            "SELECT number, first_position, last_position, previous, hash FROM journal_blocks WHERE chain = $1 ORDER BY number",
        )
        .bind(chain.name())
        .all(store.read(), |row| {
            Ok(Block { number: row.get(0)?, first: row.get(1)?, last: row.get(2)?, previous: row.get(3)?, hash: row.get(4)? })
        })
        .await?;
        let mut previous = String::new();
        let mut expected = (1, 1);
        for block in &blocks {
            if (block.number, block.first) != expected || block.previous != previous {
                findings.push(Finding::BrokenSeal { chain: chain.name(), block: block.number });
            }
            proved += verify_block(store, chain, block, &mut findings).await?;
            previous.clone_from(&block.hash);
            expected = (block.number + 1, block.last + 1);
        }
        let stray: Option<i64> = Sql::composed(format!(
            "SELECT position FROM {} WHERE position >= $1 ORDER BY position LIMIT 1",
            chain.table()
        ))
        .bind(expected.1)
        .one(store.read(), |row| row.get(0))
        .await?;
        findings.extend(stray.map(|position| Finding::Gap { chain: chain.name(), position }));
    }
    Ok((findings, proved))
}

async fn verify_block(store: &Store, chain: Chain, block: &Block, findings: &mut Vec<Finding>) -> Result<i64> {
    let rows = Sql::composed(format!(
        "SELECT {}, position, digest FROM {} WHERE position BETWEEN $1 AND $2 ORDER BY position",
        chain.columns(),
        chain.table()
    ))
    .bind(block.first)
    .bind(block.last)
    .all(store.read(), |found| Ok((row(chain, &found)?, found.get::<i64>(13)?, found.get::<Option<String>>(14)?)))
    .await?;
    let mut expected = block.first;
    let before = findings.len();
    for (row, position, digest) in &rows {
        if *position != expected {
            findings.push(Finding::Gap { chain: chain.name(), position: expected });
            expected = *position;
        }
        if digest.as_ref() != Some(&row.digest) {
            findings.push(Finding::Altered { chain: chain.name(), position: *position, id: row.id });
        }
        expected += 1;
    }
    if expected != block.last + 1 {
        findings.push(Finding::Gap { chain: chain.name(), position: expected });
    }
    let hash =
        block_hash(chain, block.number, block.first, &block.previous, rows.iter().map(|(row, ..)| row.digest.as_str()));
    if findings.len() == before && hash != block.hash {
        findings.push(Finding::BrokenSeal { chain: chain.name(), block: block.number });
    }
    Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
}
