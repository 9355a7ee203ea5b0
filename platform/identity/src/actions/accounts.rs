use base::{Error, Id, Now, PersonalNumber, Result};
use journal::{Actor, Entry, Event};
use serde_json::json;
use store::{Connection, Sql, Tx, is_duplicate};
use system::{App, Caller, Officer};

use super::attempts::{Subject, clear, count};
use super::sessions::end_all;
use super::thing;
use crate::access::CONFIRM;
use crate::account::{Account, AccountKind};
use crate::login::{Contact, Login};
use crate::part::Identity;
use crate::password::{self, PasswordHash, Verdict};
use crate::queries;

/// An officer's account to be made.
#[derive(Clone, Debug)]
pub struct NewOfficer {
    /// `lan.mc@h32.15`.
    pub login: Login,
    pub person: Id,
    /// The agency whose administrator looks after the account.
    pub agency: Id,
    pub password: PasswordHash,
    /// The password was handed out: its owner chooses another at the first sign-in.
    pub must_change: bool,
}

/// A citizen's account to be made.
#[derive(Clone, Debug)]
pub struct NewCitizen {
    pub person: Id,
    pub number: PersonalNumber,
    /// Signs in by it too, unless somebody of the household does already.
    pub contact: Option<Contact>,
    pub password: PasswordHash,
    /// 1 or 2.
    pub assurance: u8,
}

struct NewAccount<'a> {
    kind: AccountKind,
    person: Option<Id>,
    agency: Option<Id>,
    name: &'a str,
    handle: String,
    password: Option<&'a PasswordHash>,
    must_change: bool,
    assurance: u8,
}

async fn add(tx: &Tx, now: Now, actor: &Actor, new: NewAccount<'_>) -> Result<Id> {
    let id = Id::new(now);
    Sql::new(
        "INSERT INTO identity_accounts (id, kind, person_id, agency_id, name, handle, password, must_change, assurance, \
         totp_step, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)",
    )
    .bind(id.uuid())
    .bind(new.kind.as_str())
    .bind(new.person.map(Id::uuid))
    .bind(new.agency.map(Id::uuid))
    .bind(new.name)
    .bind(new.handle)
    .bind(new.password.map(PasswordHash::as_str))
    .bind(new.must_change)
    .bind(i64::from(new.assurance))
    .bind(now.utc())
    .run(tx)
    .await?;
    let data =
        json!({ "kind": new.kind.as_str(), "person": new.person, "agency": new.agency, "assurance": new.assurance });
    journal::record(tx, now, actor, Entry::new("identity.account-created", thing(id), &data)?).await?;
    Ok(id)
}

async fn add_login(tx: &Tx, account: Id, login: &Login) -> Result<()> {
    let added = Sql::new("INSERT INTO identity_logins (login, account_id) VALUES ($1, $2)")
        .bind(login.key())
        .bind(account.uuid())
        .run(tx)
        .await;
    match added {
        Err(error) if is_duplicate(&error) => Err(Error::Conflict("identity-error-login-taken")),
        added => added.map(drop),
    }
}

async fn name_of(connection: &impl Connection, person: Id) -> Result<String> {
    Ok(directory::queries::person(connection, person).await?.ok_or(Error::NotFound)?.name)
}

/// # Errors
/// [`Error::NotFound`] for an unknown person; [`Error::Conflict`] when the login is taken.
pub async fn create_officer(tx: &Tx, now: Now, actor: &Actor, new: NewOfficer) -> Result<Id> {
    let name = name_of(tx, new.person).await?;
    let account = NewAccount {
        kind: AccountKind::Officer,
        person: Some(new.person),
        agency: Some(new.agency),
        name: &name,
        handle: new.login.masked(),
        password: Some(&new.password),
        must_change: new.must_change,
        assurance: 2,
    };
    let id = add(tx, now, actor, account).await?;
    add_login(tx, id, &new.login).await?;
    Ok(id)
}

/// # Errors
/// [`Error::NotFound`] for an unknown person; [`Error::Conflict`] when the personal number has an account.
pub async fn create_citizen(tx: &Tx, now: Now, actor: &Actor, new: NewCitizen) -> Result<Id> {
    let name = name_of(tx, new.person).await?;
    let account = NewAccount {
        kind: AccountKind::Citizen,
        person: Some(new.person),
        agency: None,
        name: &name,
        handle: new.number.masked(),
        password: Some(&new.password),
        must_change: false,
        assurance: new.assurance,
    };
    let id = add(tx, now, actor, account).await?;
    add_login(tx, id, &Login::Number(new.number)).await?;
    if let Some(contact) = new.contact {
        Sql::new("INSERT INTO identity_logins (login, account_id) VALUES ($1, $2) ON CONFLICT (login) DO NOTHING")
            .bind(contact.login().key())
            .bind(id.uuid())
            .run(tx)
            .await?;
    }
    Ok(id)
}

/// An account for another program; it signs in by tokens only.
pub async fn create_client(tx: &Tx, now: Now, actor: &Actor, name: &str) -> Result<Id> {
    let account = NewAccount {
        kind: AccountKind::Client,
        person: None,
        agency: None,
        name,
        handle: name.to_owned(),
        password: None,
        must_change: false,
        assurance: 1,
    };
    add(tx, now, actor, account).await
}

/// An officer has compared the person's card: identification level 2 (Decree 69/2024/NĐ-CP).
///
/// # Errors
/// [`Error::Forbidden`] without the permission; [`Error::NotFound`] when the account is no citizen's.
pub async fn raise_assurance(tx: &Tx, now: Now, officer: &Officer, account: Id) -> Result<()> {
    if !officer.may(CONFIRM) {
        return Err(Error::Forbidden(CONFIRM));
    }
    let touched =
        Sql::new("UPDATE identity_accounts SET assurance = 2 WHERE id = $1 AND kind = 'citizen' AND assurance < 2")
            .bind(account.uuid())
            .run(tx)
            .await?;
    if touched == 0 {
        let known = queries::account(tx, account).await?.filter(|known| known.kind == AccountKind::Citizen);
        return known.map(drop).ok_or(Error::NotFound);
    }
    let actor = Caller::Officer(officer.clone()).actor();
    let entry =
        Entry::new("identity.assurance-raised", thing(account), &json!({ "assurance": 2 }))?.because("card-compared");
    journal::record(tx, now, &actor, entry).await?;
    Ok(())
}

/// Checks and hashes a new password of the account.
///
/// # Errors
/// [`Error::Invalid`] by the fields `password` and `password-again`.
pub(super) async fn new_hash(
    app: &App,
    identity: &Identity,
    account: &Account,
    password: &str,
    again: &str,
) -> Result<PasswordHash> {
    password::check_new(&identity.policy.password, password, again, &account.handle).map_err(Error::Invalid)?;
    // The personal number is no name of the account, so that the check above misses it.
    if let Some(login) = Login::parse(password)
        && queries::account_by_login(app.store.read(), &login).await?.is_some_and(|owner| owner.id == account.id)
    {
        return Err(Error::invalid("password", "identity-error-password-login"));
    }
    if identity.hashing.verify(password, account.password.as_deref()).await? != Verdict::Wrong {
        return Err(Error::invalid("password", "identity-error-password-same"));
    }
    identity.hashing.hash(&*app.random, password).await
}

pub(super) async fn set_password(
    tx: &Tx,
    now: Now,
    actor: &Actor,
    account: Id,
    hash: &PasswordHash,
    must_change: bool,
) -> Result<()> {
    Sql::new("UPDATE identity_accounts SET password = $2, must_change = $3 WHERE id = $1")
        .bind(account.uuid())
        .bind(hash.as_str())
        .bind(must_change)
        .run(tx)
        .await?;
    let data = json!({ "handed_out": must_change });
    journal::record(tx, now, actor, Entry::new("identity.password-changed", thing(account), &data)?).await?;
    Ok(())
}

/// The owner changes the password; all other sessions end.
///
/// # Errors
/// [`Error::Invalid`] by the fields `current`, `password` and `password-again`; [`Error::TooMany`] after too many wrong
/// current passwords.
pub async fn change_password(
    app: &App,
    caller: &Caller,
    session: Id,
    current: &str,
    password: &str,
    again: &str,
) -> Result<()> {
    let (identity, now, actor) = (Identity::of(app)?, app.now(), caller.actor());
    let account = actor.account.ok_or(Error::SignedOut)?;
    let known = queries::account(app.store.read(), account).await?.ok_or(Error::NotFound)?;
    if !is_password_of(app, now, &known, current).await? {
        return Err(Error::invalid("current", "identity-error-current-password"));
    }
    let hash = new_hash(app, identity, &known, password, again).await?;
    app.store
        .write(async |tx| {
            set_password(tx, now, &actor, account, &hash, false).await?;
            end_all(tx, account, Some(session)).await?;
            Ok(())
        })
        .await
}

/// Whether the text is the caller's own password: another secret of theirs must not be the same. Each that is not counts as
/// a wrong password, so that nobody can find the right one out this way.
///
/// # Errors
/// [`Error::TooMany`] after too many.
pub async fn is_own_password(app: &App, caller: &Caller, text: &str) -> Result<bool> {
    let account = caller.actor().account.ok_or(Error::SignedOut)?;
    match queries::account(app.store.read(), account).await? {
        Some(known) => is_password_of(app, app.now(), &known, text).await,
        None => Ok(false),
    }
}

async fn is_password_of(app: &App, now: Now, known: &Account, text: &str) -> Result<bool> {
    let identity = Identity::of(app)?;
    let subject = Subject::account(known.id);
    let rule = &identity.policy.lockout.account;
    if app.store.write(async |tx| count(tx, now, rule, &subject).await).await?.is_some() {
        return Err(Error::TooMany);
    }
    let right = identity.hashing.verify(text, known.password.as_deref()).await? != Verdict::Wrong;
    if right {
        app.store.write(async |tx| clear(tx, &subject).await).await?;
    }
    Ok(right)
}

/// Lets the administrator of the agency where a person was appointed look after their account.
pub(crate) async fn follow_appointment(tx: &Tx, event: &Event) -> Result<()> {
    let told = |field: &str| {
        event.data.get(field).and_then(serde_json::Value::as_str).and_then(|text| text.parse::<Id>().ok())
    };
    let (Some(person), Some(position), None) = (told("person"), told("position"), told("acting_for")) else {
        return Ok(());
    };
    let Some(position) = directory::queries::position(tx, position).await? else { return Ok(()) };
    Sql::new("UPDATE identity_accounts SET agency_id = $2 WHERE person_id = $1 AND kind = 'officer'")
        .bind(person.uuid())
        .bind(position.agency.uuid())
        .run(tx)
        .await?;
    Ok(())
}
