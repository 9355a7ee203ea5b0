//! Who can read what is sealed, held against the journal: whoever writes into the database past the program could otherwise
//! have the next letters sealed to themselves.

use std::collections::BTreeMap;

use base::{Id, Result};
use serde::Deserialize;
use store::{Sql, Store};

use super::seals::{RECOVERY, appointed};
use crate::seal::PublicKey;

/// What an entry says of a key.
#[derive(Deserialize)]
struct Told {
    fingerprint: String,
}

/// What the journal says of one person.
#[derive(Default)]
struct Known {
    appointed: bool,
    fingerprint: Option<String>,
}

/// Keys and appointments that the journal does not know, or knows otherwise; each in a sentence.
pub async fn unproved_keys(store: &Store) -> Result<Vec<String>> {
    let known = of_journal(store).await?;
    let mut found = Vec::new();
    for person in appointed(store.read()).await? {
        if !known.get(&person).is_some_and(|known| known.appointed) {
            found.push(format!("letters are sealed to {person}, whom the journal does not know as appointed"));
        }
    }
    let keys = Sql::new("SELECT person_id, public_key FROM complaints_keys ORDER BY person_id")
        .all(store.read(), |row| Ok((Id::from_uuid(row.get(0)?), PublicKey::stored(row.get(1)?))))
        .await?;
    let recovery = Sql::new("SELECT public_key FROM complaints_recovery")
        .one(store.read(), |row| Ok((RECOVERY, PublicKey::stored(row.get(0)?))))
        .await?;
    for (whose, key) in keys.into_iter().chain(recovery) {
        let told = known.get(&whose).and_then(|known| known.fingerprint.as_deref());
        if told != Some(key.fingerprint().as_str()) {
            found.push(format!("the key of {whose} is not the one that the journal tells of"));
        }
    }
    Ok(found)
}

async fn of_journal(store: &Store) -> Result<BTreeMap<Id, Known>> {
    let entries = Sql::new(
        "SELECT thing_id, verb, data FROM journal_entries WHERE verb IN \
         ('complaints.appointed', 'complaints.dismissed', 'complaints.key-made', 'complaints.recovery-made') ORDER BY id",
    )
    .all(store.read(), |row| Ok((Id::from_uuid(row.get(0)?), row.get::<String>(1)?, row.get::<String>(2)?)))
    .await?;
    let mut all: BTreeMap<Id, Known> = BTreeMap::new();
    for (person, verb, data) in entries {
        let known = all.entry(person).or_default();
        match verb.as_str() {
            "complaints.appointed" => known.appointed = true,
            "complaints.dismissed" => known.appointed = false,
            _ => known.fingerprint = Some(serde_json::from_str::<Told>(&data)?.fingerprint),
        }
    }
    Ok(all)
}
