//! Who has keys, and what is sealed to whom. Of secrets these rows hold only what is locked or sealed.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use store::{Connection, Sql};
use uuid::Uuid;

use crate::seal::PublicKey;
use crate::tables::{OPENING, Opening, SUCCESSION, Succession, opening, succession as read_succession};

/// Under this id what is sealed is handed to the recovery key.
pub(crate) const RECOVERY: Id = Id::from_uuid(Uuid::nil());

/// Somebody who holds a key, or is named to make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHolder {
    pub person: Id,
    pub has_key: bool,
    /// Whether letters are sealed to them.
    pub appointed: bool,
    /// The seat of one of the three holders.
    pub seat: Option<i64>,
    pub since: Option<DateTime<Utc>>,
}

/// Everybody who has a key, a seat or an appointment; holders first.
pub async fn people(c: &impl Connection) -> Result<Vec<KeyHolder>> {
    Sql::new(
        "SELECT p.person_id, k.person_id IS NOT NULL, a.person_id IS NOT NULL, h.seat, coalesce(a.since, h.since) \
         FROM (SELECT person_id FROM complaints_keys UNION SELECT person_id FROM complaints_holders \
               UNION SELECT person_id FROM complaints_appointed) p \
         LEFT JOIN complaints_keys k ON k.person_id = p.person_id \
         LEFT JOIN complaints_appointed a ON a.person_id = p.person_id \
         LEFT JOIN complaints_holders h ON h.person_id = p.person_id \
         ORDER BY coalesce(h.seat, 9), p.person_id",
    )
    .all(c, |row| {
        Ok(KeyHolder {
            person: Id::from_uuid(row.get(0)?),
            has_key: row.get(1)?,
            appointed: row.get(2)?,
            seat: row.get(3)?,
            since: row.get(4)?,
        })
    })
    .await
}

async fn exists(c: &impl Connection, sql: Sql) -> Result<bool> {
    Ok(sql.one(c, |row| row.get::<i64>(0)).await?.is_some_and(|count| count > 0))
}

pub async fn is_appointed(c: &impl Connection, person: Id) -> Result<bool> {
    exists(c, Sql::new("SELECT count(*) FROM complaints_appointed WHERE person_id = $1").bind(person.uuid())).await
}

/// Whether a denunciation can be sent by the portal: somebody is appointed to read it.
pub async fn is_open_for_denunciations(c: &impl Connection) -> Result<bool> {
    exists(c, Sql::new("SELECT count(*) FROM complaints_appointed")).await
}

/// Whether any letter is sealed yet: from then on only two holders together change who reads.
pub async fn is_anything_sealed(c: &impl Connection) -> Result<bool> {
    exists(c, Sql::new("SELECT count(*) FROM (SELECT 1 FROM complaints_sealed LIMIT 1) s")).await
}

pub(crate) async fn appointed(c: &impl Connection) -> Result<Vec<Id>> {
    Sql::new("SELECT person_id FROM complaints_appointed ORDER BY person_id")
        .all(c, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await
}

/// To whom a new letter is sealed: everybody appointed, and the recovery key.
pub(crate) async fn readers(c: &impl Connection) -> Result<Vec<(Id, PublicKey)>> {
    let mut readers: Vec<(Id, PublicKey)> = Sql::new(
        "SELECT a.person_id, k.public_key FROM complaints_appointed a JOIN complaints_keys k ON k.person_id = a.person_id \
         ORDER BY a.person_id",
    )
    .all(c, |row| Ok((Id::from_uuid(row.get(0)?), PublicKey::stored(row.get(1)?))))
    .await?;
    readers.extend(recovery_key(c).await?.map(|key| (RECOVERY, key)));
    Ok(readers)
}

pub(crate) async fn recovery_key(c: &impl Connection) -> Result<Option<PublicKey>> {
    Sql::new("SELECT public_key FROM complaints_recovery WHERE seat = 0")
        .one(c, |row| Ok(PublicKey::stored(row.get(0)?)))
        .await
}

pub(crate) async fn public_key(c: &impl Connection, person: Id) -> Result<Option<PublicKey>> {
    Sql::new("SELECT public_key FROM complaints_keys WHERE person_id = $1")
        .bind(person.uuid())
        .one(c, |row| Ok(PublicKey::stored(row.get(0)?)))
        .await
}

/// The secret half of somebody's key behind their passphrase; wrong tries, and when the last was.
pub(crate) async fn locked_key(c: &impl Connection, person: Id) -> Result<Option<(Vec<u8>, i64, DateTime<Utc>)>> {
    Sql::new("SELECT locked_key, tries, tried_at FROM complaints_keys WHERE person_id = $1")
        .bind(person.uuid())
        .one(c, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .await
}

/// The holders by their seats.
pub(crate) async fn holders(c: &impl Connection) -> Result<Vec<(i64, Id)>> {
    Sql::new("SELECT seat, person_id FROM complaints_holders ORDER BY seat")
        .all(c, |row| Ok((row.get(0)?, Id::from_uuid(row.get(1)?))))
        .await
}

/// The open halves of the holders' keys; `None` until all three have made theirs.
pub(crate) async fn holder_keys(c: &impl Connection) -> Result<Option<Vec<(Id, PublicKey)>>> {
    let keys: Vec<(Id, PublicKey)> = Sql::new(
        "SELECT h.person_id, k.public_key FROM complaints_holders h JOIN complaints_keys k ON k.person_id = h.person_id \
         ORDER BY h.seat",
    )
    .all(c, |row| Ok((Id::from_uuid(row.get(0)?), PublicKey::stored(row.get(1)?))))
    .await?;
    Ok(if keys.len() == 3 { Some(keys) } else { None })
}

/// The parts of the recovery key whose outer seal this holder opens, by who opens the inner one.
pub(crate) async fn parts_of(c: &impl Connection, first: Id) -> Result<Vec<(Id, Vec<u8>)>> {
    Sql::new("SELECT second_id, sealed FROM complaints_parts WHERE first_id = $1 ORDER BY second_id")
        .bind(first.uuid())
        .all(c, |row| Ok((Id::from_uuid(row.get(0)?), row.get(1)?)))
        .await
}

pub(crate) async fn payload(c: &impl Connection, letter: Id) -> Result<Vec<u8>> {
    Sql::new("SELECT payload FROM complaints_sealed WHERE letter_id = $1")
        .bind(letter.uuid())
        .one(c, |row| row.get(0))
        .await?
        .ok_or(Error::NotFound)
}

/// The key of a letter as it was handed to one reader.
pub(crate) async fn handed(c: &impl Connection, letter: Id, reader: Id) -> Result<Vec<u8>> {
    Sql::new("SELECT handed FROM complaints_handed WHERE letter_id = $1 AND reader_id = $2")
        .bind(letter.uuid())
        .bind(reader.uuid())
        .one(c, |row| row.get(0))
        .await?
        .ok_or(Error::NotFound)
}

/// Letters that somebody cannot read yet, with their keys as the recovery key has them.
pub(crate) async fn to_hand(c: &impl Connection, person: Id, size: usize) -> Result<Vec<(Id, Vec<u8>)>> {
    Sql::composed(format!(
        "SELECT r.letter_id, r.handed FROM complaints_handed r WHERE r.reader_id = $1 AND NOT EXISTS \
         (SELECT 1 FROM complaints_handed o WHERE o.reader_id = $2 AND o.letter_id = r.letter_id) \
         ORDER BY r.letter_id LIMIT {size}"
    ))
    .bind(RECOVERY.uuid())
    .bind(person.uuid())
    .all(c, |row| Ok((Id::from_uuid(row.get(0)?), row.get(1)?)))
    .await
}

/// Who opened a letter, when and why, oldest first.
pub async fn openings(c: &impl Connection, letter: Id) -> Result<Vec<Opening>> {
    Sql::composed(format!("SELECT {OPENING} FROM complaints_openings WHERE letter_id = $1 ORDER BY id"))
        .bind(letter.uuid())
        .all(c, |row| opening(&row))
        .await
}

pub async fn has_opened(c: &impl Connection, letter: Id, person: Id) -> Result<bool> {
    Ok(openings(c, letter).await?.iter().any(|opening| opening.person == person))
}

/// Successions that wait for a second holder, oldest first.
pub async fn successions(c: &impl Connection) -> Result<Vec<Succession>> {
    Sql::composed(format!("SELECT {SUCCESSION} FROM complaints_successions WHERE done_at IS NULL ORDER BY id"))
        .all(c, |row| read_succession(&row))
        .await
}

pub(crate) async fn succession(c: &impl Connection, id: Id) -> Result<Succession> {
    Sql::composed(format!("SELECT {SUCCESSION} FROM complaints_successions WHERE id = $1 AND done_at IS NULL"))
        .bind(id.uuid())
        .one(c, |row| read_succession(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// What the first holder left for the second.
pub(crate) async fn left(c: &impl Connection, succession: Id, second: Id) -> Result<Vec<u8>> {
    Sql::new("SELECT sealed FROM complaints_left WHERE succession_id = $1 AND second_id = $2")
        .bind(succession.uuid())
        .bind(second.uuid())
        .one(c, |row| row.get(0))
        .await?
        .ok_or(Error::NotFound)
}
