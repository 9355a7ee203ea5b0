use base::{Id, Now, Result};
use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};
use store::{Connection, Kind, Sql, Store, Tx};

/// The two chains: what was changed, and what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chain {
    Entries,
    Reads,
}

pub(crate) const CHAINS: [Chain; 2] = [Chain::Entries, Chain::Reads];

impl Chain {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Reads => "reads",
        }
    }

    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Entries => "journal_entries",
            Self::Reads => "journal_reads",
        }
    }

    /// The columns that a digest covers: id and time, seven ids, four texts.
    pub(crate) const fn columns(self) -> &'static str {
        match self {
            Self::Entries => {
                "id, at, thing_id, account_id, person_id, position_held, agency_id, acting_for, CAST(NULL AS uuid), \
                 verb, thing_kind, reason, data"
            }
            Self::Reads => {
                "id, at, thing_id, account_id, person_id, position_held, agency_id, acting_for, whose, 'read', thing_kind, \
                 reason, ''"
            }
        }
    }
}

/// One row as its digest sees it.
pub(crate) struct Row {
    pub(crate) id: Id,
    pub(crate) digest: String,
}

pub(crate) fn row(chain: Chain, row: &store::Row) -> Result<Row> {
    let id: uuid::Uuid = row.get(0)?;
    let at: DateTime<Utc> = row.get(1)?;
    let mut hash = Sha256::new();
    let mut put = |text: Option<&str>| {
        // A length before each part, so that two different rows never read the same.
        let text = text.map_or_else(|| "-".to_owned(), |text| format!("{}:{text}", text.len()));
        hash.update(text.as_bytes());
    };
    put(Some(chain.name()));
    put(Some(&id.to_string()));
    put(Some(&at.to_rfc3339_opts(SecondsFormat::Micros, true)));
    for column in 2..9 {
        put(row.get::<Option<uuid::Uuid>>(column)?.map(|id| id.to_string()).as_deref());
    }
    for column in 9..13 {
        put(row.get::<Option<String>>(column)?.as_deref());
    }
    Ok(Row { id: Id::from_uuid(id), digest: hex::encode(hash.finalize()) })
}

/// A block names the one before it, its own place and the digests of its rows.
pub(crate) fn block_hash<'a>(
    chain: Chain,
    number: i64,
    first: i64,
    previous: &str,
    digests: impl Iterator<Item = &'a str>,
) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{} {number} {first} {previous}", chain.name()));
    for digest in digests {
        hash.update(b"\n");
        hash.update(digest.as_bytes());
    }
    hex::encode(hash.finalize())
}

const BATCH: i64 = 1000;

/// Gives committed rows their position and seals them; returns how many.
///
/// One sequencer at a time: on PostgreSQL the lock of the transaction sees to that, on SQLite the single writer.
pub async fn sequence(store: &Store, now: Now) -> Result<usize> {
    let mut total = 0;
    for chain in CHAINS {
        loop {
            let sealed = store.write(async |tx| seal(tx, store.kind(), chain, now).await).await?;
            total += sealed;
            if sealed < usize::try_from(BATCH).unwrap_or(usize::MAX) {
                break;
            }
        }
    }
    Ok(total)
}

async fn seal(tx: &Tx, kind: Kind, chain: Chain, now: Now) -> Result<usize> {
    if kind == Kind::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7467)").await?;
    }
    let waiting = Sql::composed(format!(
        "SELECT {} FROM {} WHERE position IS NULL ORDER BY id LIMIT {BATCH}",
        chain.columns(),
        chain.table()
    ))
    .all(tx, |found| row(chain, &found))
    .await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let last: Option<(i64, i64, String)> = Sql::new(
        "SELECT number, last_position, hash FROM journal_blocks WHERE chain = $1 ORDER BY number DESC LIMIT 1",
    )
    .bind(chain.name())
    .one(tx, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    .await?;
    let (number, before, previous) = last.unwrap_or((0, 0, String::new()));
    let first = before + 1;
    let mut position = before;
    for row in &waiting {
        position += 1;
        Sql::composed(format!("UPDATE {} SET position = $1, digest = $2 WHERE id = $3", chain.table()))
            .bind(position)
            .bind(row.digest.as_str())
            .bind(row.id.uuid())
            .run(tx)
            .await?;
    }
    let hash = block_hash(chain, number + 1, first, &previous, waiting.iter().map(|row| row.digest.as_str()));
    Sql::new(
        "INSERT INTO journal_blocks (chain, number, first_position, last_position, sealed_at, previous, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(chain.name())
    .bind(number + 1)
    .bind(first)
    .bind(position)
    .bind(now.utc())
    .bind(previous)
    .bind(hash)
    .run(tx)
    .await?;
    Ok(waiting.len())
}
