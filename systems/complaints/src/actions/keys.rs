//! Keys of appointed officers and of the three holders.

use base::{Error, Id, Now, Result};
use journal::{Entry, Thing, record};
use serde_json::json;
use store::{Sql, Tx};
use system::{App, Caller};
use tokio::task::spawn_blocking;

use super::Change;
use crate::access::{self, APPOINT, READ};
use crate::queries;
use crate::rules::rules;
use crate::seal::{Key, Passphrase, PublicKey, split};

/// How the journal names whoever is given or loses a key.
const fn person_thing(person: Id) -> Thing {
    Thing { kind: "key-holder", id: person }
}

pub(super) async fn tell(change: &Change<'_>, verb: &'static str, person: Id) -> Result<()> {
    let entry = Entry::new(verb, person_thing(person), &json!({}))?;
    record(change.tx, change.now, &change.actor, entry).await?;
    Ok(())
}

/// The open half of a key is named in the journal: another one put in its place would have everything sealed to somebody else.
async fn tell_made(change: &Change<'_>, verb: &'static str, whose: Id, key: &PublicKey) -> Result<()> {
    let entry = Entry::new(verb, person_thing(whose), &json!({ "fingerprint": key.fingerprint() }))?;
    record(change.tx, change.now, &change.actor, entry).await?;
    Ok(())
}

/// Somebody makes a key of their own: the open half is stored as it is, the secret half behind a passphrase that only they
/// know. By itself it opens nothing.
///
/// When it is the third of the three holders', the recovery key is made, parted among them and forgotten.
///
/// # Errors
/// [`Error::Invalid`] at `passphrase` or `again`; [`Error::Conflict`] for somebody who has a key already.
pub async fn make_key(app: &App, now: Now, caller: &Caller, passphrase: &str, again: &str) -> Result<()> {
    let officer = access::may(caller, READ)?;
    let sealing = rules()?.sealing;
    let chosen = Passphrase::chosen(passphrase, sealing.passphrase)?;
    if passphrase != again {
        return Err(Error::invalid("again", "complaints-passphrase-differs"));
    }
    if identity::actions::is_own_password(app, caller, passphrase).await? {
        return Err(Error::invalid("passphrase", "complaints-passphrase-is-password"));
    }
    let made = spawn_blocking(move || {
        let key = Key::new();
        Ok::<_, Error>((key.public(), key.lock(&chosen, sealing.work_factor)?))
    });
    let (public, locked) = made.await??;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let added = Sql::new(
                "INSERT INTO complaints_keys (person_id, public_key, locked_key, made_at, tries, tried_at) \
                 VALUES ($1, $2, $3, $4, 0, $4) ON CONFLICT (person_id) DO NOTHING",
            )
            .bind(officer.person.uuid())
            .bind(public.as_str())
            .bind(locked)
            .bind(now.utc())
            .run(tx)
            .await?;
            if added == 0 {
                return Err(Error::Conflict("complaints-has-key"));
            }
            tell_made(&change, "complaints.key-made", officer.person, &public).await?;
            begin_recovery(&change).await
        })
        .await
}

/// Makes the recovery key once all three holders have keys; its secret half leaves this function only sealed.
async fn begin_recovery(change: &Change<'_>) -> Result<()> {
    let tx = change.tx;
    if queries::recovery_key(tx).await?.is_some() {
        return Ok(());
    }
    let Some(holders) = queries::holder_keys(tx).await? else { return Ok(()) };
    let recovery = Key::new();
    Sql::new("INSERT INTO complaints_recovery (seat, public_key, made_at) VALUES (0, $1, $2)")
        .bind(recovery.public().as_str())
        .bind(change.now.utc())
        .run(tx)
        .await?;
    tell_made(change, "complaints.recovery-made", queries::RECOVERY, &recovery.public()).await?;
    part(change, &recovery, &holders).await
}

/// Parts the recovery key among these three; what was parted before is gone.
pub(super) async fn part(change: &Change<'_>, recovery: &Key, holders: &[(Id, PublicKey)]) -> Result<()> {
    Sql::new("DELETE FROM complaints_parts").run(change.tx).await?;
    let keys: Vec<PublicKey> = holders.iter().map(|(_, key)| key.clone()).collect();
    for part in split(recovery, &keys)? {
        let (Some((first, _)), Some((second, _))) = (holders.get(part.first), holders.get(part.second)) else {
            continue;
        };
        Sql::new("INSERT INTO complaints_parts (first_id, second_id, sealed) VALUES ($1, $2, $3)")
            .bind(first.uuid())
            .bind(second.uuid())
            .bind(part.sealed)
            .run(change.tx)
            .await?;
    }
    Ok(())
}

/// A leader names the three holders, while the recovery key is not made yet.
///
/// # Errors
/// [`Error::Invalid`] unless they are three different people in office; [`Error::Conflict`] once it is made: then two of
/// the holders together change who sits where.
pub async fn name_holders(app: &App, now: Now, caller: &Caller, people: [Id; 3]) -> Result<()> {
    access::may(caller, APPOINT)?;
    let [first, second, third] = people;
    if first == second || second == third || first == third {
        return Err(Error::invalid("holder-1", "complaints-holders-differ"));
    }
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            if queries::recovery_key(tx).await?.is_some() {
                return Err(Error::Conflict("complaints-two-holders-needed"));
            }
            Sql::new("DELETE FROM complaints_holders").run(tx).await?;
            for (seat, person) in (1_i64..).zip(people) {
                in_office(tx, now, person, "holder-1").await?;
                Sql::new("INSERT INTO complaints_holders (seat, person_id, since) VALUES ($1, $2, $3)")
                    .bind(seat)
                    .bind(person.uuid())
                    .bind(now.utc())
                    .run(tx)
                    .await?;
                tell(&change, "complaints.holder-named", person).await?;
            }
            begin_recovery(&change).await
        })
        .await
}

/// Somebody who holds a position today.
pub(super) async fn in_office(tx: &Tx, now: Now, person: Id, field: &str) -> Result<()> {
    let held = directory::queries::holdings_of(tx, person, now.today()).await?;
    if held.is_empty() { Err(Error::invalid(field, "complaints-person-missing")) } else { Ok(()) }
}

/// A leader appoints somebody to receive denunciations, while nothing is sealed yet.
///
/// # Errors
/// [`Error::Invalid`] at `person` for somebody without a key; [`Error::Conflict`] before the recovery key is made, and once
/// something is sealed: then two holders together appoint.
pub async fn appoint(app: &App, now: Now, caller: &Caller, person: Id) -> Result<()> {
    access::may(caller, APPOINT)?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            if queries::recovery_key(tx).await?.is_none() {
                return Err(Error::Conflict("complaints-holders-first"));
            }
            if queries::is_anything_sealed(tx).await? {
                return Err(Error::Conflict("complaints-two-holders-needed"));
            }
            set_appointed(&change, person).await
        })
        .await
}

/// Letters are sealed to this person from now on.
pub(super) async fn set_appointed(change: &Change<'_>, person: Id) -> Result<()> {
    in_office(change.tx, change.now, person, "person").await?;
    if queries::public_key(change.tx, person).await?.is_none() {
        return Err(Error::invalid("person", "complaints-no-key"));
    }
    Sql::new("INSERT INTO complaints_appointed (person_id, since) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(person.uuid())
        .bind(change.now.utc())
        .run(change.tx)
        .await?;
    tell(change, "complaints.appointed", person).await
}

/// A leader ends an appointment: nothing opens to this person any more.
pub async fn dismiss(app: &App, now: Now, caller: &Caller, person: Id) -> Result<()> {
    access::may(caller, APPOINT)?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let ended =
                Sql::new("DELETE FROM complaints_appointed WHERE person_id = $1").bind(person.uuid()).run(tx).await?;
            if ended == 0 {
                return Err(Error::NotFound);
            }
            Sql::new("DELETE FROM complaints_handed WHERE reader_id = $1").bind(person.uuid()).run(tx).await?;
            tell(&change, "complaints.dismissed", person).await
        })
        .await
}
