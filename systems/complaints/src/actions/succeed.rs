//! Two of the three holders together change who can read what is sealed.

use base::{Error, Id, Now, Result};
use store::{Sql, Tx};
use system::{App, Caller, Officer};
use tokio::task::spawn_blocking;

use super::receive::hand;
use super::{Change, guard, keys};
use crate::access::{self, READ};
use crate::queries::{self, Succession};
use crate::seal::{Key, PublicKey, merge, open_outer};

/// How many letters are handed on between two looks at the database.
const BATCH: usize = 200;

/// What a holder begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSuccession {
    /// Made by the page.
    pub id: Id,
    /// Who has made a key and shall be appointed, or sit in a holder's seat.
    pub person: Id,
    /// The seat of a holder who is replaced; none appoints an officer.
    pub seat: Option<i64>,
}

async fn holder<'c>(tx: &Tx, caller: &'c Caller) -> Result<&'c Officer> {
    let officer = access::may(caller, READ)?;
    let sits = queries::holders(tx).await?.iter().any(|(_, person)| *person == officer.person);
    if sits && officer.acting_for.is_none() { Ok(officer) } else { Err(Error::NotFound) }
}

/// The first holder opens the outer seal of their parts of the recovery key. What they leave opens to the second alone.
///
/// # Errors
/// [`Error::NotFound`] for somebody who is no holder; those of the passphrase; [`Error::Invalid`] at `person` for somebody
/// without a key, or who would sit in two seats.
pub async fn begin_succession(
    app: &App,
    now: Now,
    caller: &Caller,
    new: NewSuccession,
    passphrase: &str,
) -> Result<Succession> {
    let person = access::may(caller, READ)?.person;
    let key = guard::unlock(app, now, person, passphrase).await?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let officer = holder(tx, caller).await?;
            keys::in_office(tx, now, new.person, "person").await?;
            if queries::public_key(tx, new.person).await?.is_none() {
                return Err(Error::invalid("person", "complaints-no-key"));
            }
            let seats = queries::holders(tx).await?;
            let seat_is_there = new.seat.is_none_or(|seat| seats.iter().any(|(known, _)| *known == seat));
            if !seat_is_there || new.seat.is_some() && seats.iter().any(|(_, person)| *person == new.person) {
                return Err(Error::invalid("person", "complaints-holders-differ"));
            }
            insert(&change, officer.person, &new).await?;
            for (second, sealed) in queries::parts_of(tx, officer.person).await? {
                let left = open_outer(&sealed, &key)?;
                Sql::new(
                    "INSERT INTO complaints_left (succession_id, second_id, sealed) VALUES ($1, $2, $3) \
                     ON CONFLICT DO NOTHING",
                )
                .bind(new.id.uuid())
                .bind(second.uuid())
                .bind(left)
                .run(tx)
                .await?;
            }
            keys::tell(&change, "complaints.succession-begun", new.person).await?;
            queries::succession(tx, new.id).await
        })
        .await
}

async fn insert(change: &Change<'_>, first: Id, new: &NewSuccession) -> Result<()> {
    Sql::new(
        "INSERT INTO complaints_successions (id, person_id, seat, first_id, begun_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(new.id.uuid())
    .bind(new.person.uuid())
    .bind(new.seat)
    .bind(first.uuid())
    .bind(change.now.utc())
    .run(change.tx)
    .await?;
    Ok(())
}

/// A second holder opens the inner seal: in this request, and nowhere else, the recovery key exists. With it every letter is
/// handed to the successor, or the key is parted anew among the holders.
///
/// # Errors
/// [`Error::NotFound`] for the first holder and for everybody who is none; those of the passphrase.
pub async fn complete_succession(app: &App, now: Now, caller: &Caller, id: Id, passphrase: &str) -> Result<Succession> {
    let c = app.store.read();
    let person = access::may(caller, READ)?.person;
    let known = queries::succession(c, id).await?;
    let left = queries::left(c, id, person).await?;
    let key = guard::unlock(app, now, person, passphrase).await?;
    let recovery = spawn_blocking(move || merge(&left, &key)).await??;
    if known.seat.is_none() {
        hand_over(app, now, caller, &recovery, known.person).await?;
    }
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let second = holder(tx, caller).await?;
            let known = queries::succession(tx, id).await?;
            if known.first == second.person {
                return Err(Error::NotFound);
            }
            match known.seat {
                None => {
                    // Those that came meanwhile.
                    let handed = handed_on(tx, &recovery, known.person, usize::MAX >> 1).await?;
                    keep(&change, known.person, handed).await?;
                    keys::set_appointed(&change, known.person).await?;
                }
                Some(seat) => replace(&change, &recovery, seat, known.person).await?,
            }
            Sql::new("UPDATE complaints_successions SET done_at = $2 WHERE id = $1")
                .bind(id.uuid())
                .bind(now.utc())
                .run(tx)
                .await?;
            Sql::new("DELETE FROM complaints_left WHERE succession_id = $1").bind(id.uuid()).run(tx).await?;
            Ok(known)
        })
        .await
}

/// Hands letters on in batches, so that nobody else waits long; the appointment itself comes with the last of them.
async fn hand_over(app: &App, now: Now, caller: &Caller, recovery: &Key, person: Id) -> Result<()> {
    loop {
        let handed = handed_on(app.store.read(), recovery, person, BATCH).await?;
        if handed.is_empty() {
            return Ok(());
        }
        app.store
            .write(async |tx| {
                holder(tx, caller).await?;
                keep(&Change::new(app, tx, now, caller.actor()), person, handed).await
            })
            .await?;
    }
}

/// The keys of letters that a person cannot read yet, sealed to them.
async fn handed_on(c: &impl store::Connection, recovery: &Key, person: Id, size: usize) -> Result<Vec<(Id, Vec<u8>)>> {
    let to: PublicKey =
        queries::public_key(c, person).await?.ok_or_else(|| Error::invalid("person", "complaints-no-key"))?;
    let mut handed = Vec::new();
    for (letter, sealed) in queries::to_hand(c, person, size).await? {
        handed.push((letter, recovery.take(&sealed)?.hand_to(&to)?));
    }
    Ok(handed)
}

async fn keep(change: &Change<'_>, person: Id, handed: Vec<(Id, Vec<u8>)>) -> Result<()> {
    for (letter, sealed) in handed {
        hand(change, letter, person, sealed).await?;
    }
    Ok(())
}

/// Somebody else sits in a holder's seat: the recovery key is parted anew, and what was begun by others is void.
async fn replace(change: &Change<'_>, recovery: &Key, seat: i64, person: Id) -> Result<()> {
    Sql::new("UPDATE complaints_holders SET person_id = $2, since = $3 WHERE seat = $1")
        .bind(seat)
        .bind(person.uuid())
        .bind(change.now.utc())
        .run(change.tx)
        .await?;
    let holders = queries::holder_keys(change.tx).await?;
    keys::part(change, recovery, &holders.ok_or_else(|| Error::invalid("person", "complaints-no-key"))?).await?;
    Sql::new("DELETE FROM complaints_left").run(change.tx).await?;
    Sql::new("DELETE FROM complaints_successions WHERE done_at IS NULL AND person_id <> $1")
        .bind(person.uuid())
        .run(change.tx)
        .await?;
    keys::tell(change, "complaints.holder-replaced", person).await
}
