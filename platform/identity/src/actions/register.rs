use base::{Error, FieldErrors, Id, Now, PersonalNumber, Phone, Result, fold};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use directory::NewPerson;
use journal::{Actor, Entry};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Sql, Tx};
use system::App;

use super::attempts::{Subject, count};
use super::sessions::{Browser, Opened, open};
use super::{NewCitizen, create_citizen, owner, thing};
use crate::login::{Contact, Login};
use crate::part::Identity;
use crate::password::{self, PasswordHash};
use crate::queries;

/// Who somebody says they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub number: PersonalNumber,
    pub name: String,
    pub birth_date: NaiveDate,
    pub contact: Contact,
}

/// What came of a registration's first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// The code is on its way.
    Sent,
    /// A demo sends nothing: this is the code.
    Shown(String),
    /// Too many codes were asked for; more from then on.
    Wait(DateTime<Utc>),
}

/// What came of the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Opened(Opened),
    Wrong {
        left: i64,
    },
    /// Too late, or too many wrong codes: begin again.
    Ended,
}

/// Keeps the claim and sends a code to the telephone or mailbox. Sending the same form again changes nothing.
///
/// # Errors
/// [`Error::Invalid`] by the fields `number`, `name`, `birth-date`, `password`, `password-again`;
/// [`Error::Conflict`] when nothing here can send codes.
pub async fn begin_registration(
    app: &App,
    browser: &Browser,
    id: Id,
    claim: &Claim,
    password: &str,
    again: &str,
) -> Result<Begun> {
    let (identity, now) = (Identity::of(app)?, app.now());
    if identity.sender.is_none() && !app.settings.demo {
        return Err(Error::Conflict("identity-error-no-sender"));
    }
    let mut errors = match password::check_new(&identity.policy.password, password, again, claim.number.reveal()) {
        Ok(()) => FieldErrors::new(),
        Err(errors) => errors,
    };
    if claim.name.split_whitespace().count() < 2 || claim.name.chars().count() > 100 {
        errors.insert("name".to_owned(), "identity-error-name".to_owned());
    }
    if claim.birth_date >= now.today() {
        errors.insert("birth-date".to_owned(), "identity-error-birth-date".to_owned());
    }
    if !registrable(app, claim).await? {
        errors.insert("number".to_owned(), "identity-error-number-known".to_owned());
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let hash = identity.hashing.hash(&*app.random, password).await?;
    let code = format!("{:06}", app.random.below(1_000_000));
    let rules = &identity.policy.lockout;
    app.store
        .write(async |tx| {
            let mut wait = count(tx, now, &rules.contact, &Subject::contact(&claim.contact)).await?;
            if let (None, Some(address)) = (wait, browser.address) {
                wait = count(tx, now, &rules.address, &Subject::address(address)).await?;
            }
            if let Some(until) = wait {
                return Ok(Begun::Wait(until));
            }
            if !keep(tx, now, id, claim, &hash, &code, identity.policy.code.minutes).await? {
                return Ok(Begun::Sent);
            }
            match &identity.sender {
                Some(sender) => sender.send(tx, now, &claim.contact, &code).await.map(|()| Begun::Sent),
                None => Ok(Begun::Shown(code)),
            }
        })
        .await
}

/// Whether the claim may become an account without anybody looking at a card.
///
/// A person the offices know already is theirs who holds the telephone or mailbox on file; anyone else could read
/// dossiers under a borrowed number.
async fn registrable(app: &App, claim: &Claim) -> Result<bool> {
    let connection = app.store.read();
    if queries::account_by_login(connection, &Login::Number(claim.number.clone())).await?.is_some() {
        return Ok(false);
    }
    let known = directory::queries::person_by_number(connection, &claim.number).await?;
    Ok(known.is_none_or(|person| {
        let reached = match &claim.contact {
            Contact::Phone(phone) => person.phone.as_ref() == Some(phone),
            Contact::Mail(mail) => person.email.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(mail)),
        };
        reached
            && fold(&person.name) == fold(&claim.name)
            && person.birth_date.is_none_or(|known| known == claim.birth_date)
    }))
}

fn digest(id: Id, code: &str) -> String {
    hex::encode(Sha256::digest(format!("{id}:{code}")))
}

async fn keep(
    tx: &Tx,
    now: Now,
    id: Id,
    claim: &Claim,
    password: &PasswordHash,
    code: &str,
    minutes: i64,
) -> Result<bool> {
    let (phone, email) = match &claim.contact {
        Contact::Phone(phone) => (Some(phone.reveal()), None),
        Contact::Mail(mail) => (None, Some(mail.as_str())),
    };
    let kept = Sql::new(
        "INSERT INTO identity_codes (id, code, tries, ends_at, number, name, birth_date, phone, email, password) \
         VALUES ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING",
    )
    .bind(id.uuid())
    .bind(digest(id, code))
    .bind(now.utc() + TimeDelta::minutes(minutes))
    .bind(claim.number.reveal())
    .bind(claim.name.trim())
    .bind(claim.birth_date)
    .bind(phone)
    .bind(email)
    .bind(password.as_str())
    .run(tx)
    .await?;
    Ok(kept == 1)
}

struct Kept {
    code: String,
    tries: i64,
    number: PersonalNumber,
    name: String,
    birth_date: NaiveDate,
    phone: Option<Phone>,
    email: Option<String>,
    password: PasswordHash,
}

/// Counts the try and reads what was kept; `None` when it is too late or was tried too often.
async fn tried(tx: &Tx, now: Now, id: Id, tries: i64) -> Result<Option<Kept>> {
    Sql::new(
        "UPDATE identity_codes SET tries = tries + 1 WHERE id = $1 AND ends_at > $2 AND tries < $3 \
         RETURNING code, tries, number, name, birth_date, phone, email, password",
    )
    .bind(id.uuid())
    .bind(now.utc())
    .bind(tries)
    .one(tx, |row| {
        Ok(Kept {
            code: row.get(0)?,
            tries: row.get(1)?,
            number: row.get::<String>(2)?.parse()?,
            name: row.get(3)?,
            birth_date: row.get(4)?,
            phone: row.get::<Option<String>>(5)?.map(|phone| phone.parse()).transpose()?,
            email: row.get(6)?,
            password: PasswordHash::stored(row.get(7)?),
        })
    })
    .await
}

/// The right code makes the account and signs in; five wrong ones end the registration.
///
/// # Errors
/// [`Error::Conflict`] when the number got an account meanwhile.
pub async fn confirm_registration(app: &App, browser: &Browser, id: Id, code: &str) -> Result<Confirmed> {
    let (identity, now) = (Identity::of(app)?, app.now());
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    app.store
        .write(async |tx| {
            let Some(kept) = tried(tx, now, id, identity.policy.code.tries).await? else { return Ok(Confirmed::Ended) };
            if kept.code != digest(id, &code) {
                return Ok(Confirmed::Wrong { left: identity.policy.code.tries - kept.tries });
            }
            Sql::new("DELETE FROM identity_codes WHERE id = $1").bind(id.uuid()).run(tx).await?;
            let account = settle(tx, now, kept).await?;
            let account = queries::account(tx, account).await?.ok_or(Error::NotFound)?;
            let opened = open(tx, now, app, browser, &account, None, None).await?;
            let entry = Entry::new("identity.signed-in", thing(account.id), &json!({ "session": opened.session }))?;
            journal::record(tx, now, &owner(&account, None), entry).await?;
            Ok(Confirmed::Opened(opened))
        })
        .await
}

/// The person, known or new, and their account of identification level 1 (Decree 69/2024/NĐ-CP).
async fn settle(tx: &Tx, now: Now, kept: Kept) -> Result<Id> {
    let actor = Actor::default();
    let contact = match (&kept.phone, &kept.email) {
        (Some(phone), _) => Some(Contact::Phone(phone.clone())),
        (None, Some(mail)) => Some(Contact::Mail(mail.clone())),
        (None, None) => None,
    };
    let person = if let Some(person) = directory::queries::person_by_number(tx, &kept.number).await? {
        person.id
    } else {
        let new = NewPerson {
            name: kept.name,
            birth_date: Some(kept.birth_date),
            personal_number: Some(kept.number.clone()),
            phone: kept.phone,
            email: kept.email,
            ..NewPerson::default()
        };
        directory::actions::add_person(tx, now, &actor, new).await?
    };
    let citizen = NewCitizen { person, number: kept.number, contact, password: kept.password, assurance: 1 };
    create_citizen(tx, now, &actor, citizen).await
}

/// Removes registrations that were not confirmed in time; says how many.
pub(crate) async fn sweep_registrations(tx: &Tx, now: Now) -> Result<u64> {
    Sql::new("DELETE FROM identity_codes WHERE ends_at < $1").bind(now.utc()).run(tx).await
}
