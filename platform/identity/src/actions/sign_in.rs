use base::{Now, Result};
use chrono::{DateTime, Utc};
use directory::Holding;
use journal::Entry;
use serde_json::json;
use store::{Sql, Tx};
use system::App;

use super::attempts::{Subject, clear, count, take_back};
use super::sessions::{Browser, Opened, advance, open};
use super::{accounts, owner, second_factor, thing};
use crate::account::{Account, AccountKind, Stage};
use crate::login::Login;
use crate::part::Identity;
use crate::password::{PasswordHash, Verdict};
use crate::queries::{self, Awaiting};
use crate::secret::SessionSecret;

/// What came of a login and a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    Opened(Opened),
    Refused(Refusal),
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such login, or not its password: which of both is not told.
    Wrong,
    /// Too many tries; the next one counts from then.
    Wait(DateTime<Utc>),
    /// Locked by an administrator; told only to who knows the password.
    Blocked,
    /// An officer who holds no position today.
    NoPosition,
}

/// What came of a further step of signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Opened(Opened),
    Wrong,
    Wait(DateTime<Utc>),
    /// Too late, or not at this step: sign in again.
    Ended,
}

/// What an account may do today.
struct Standing {
    name: String,
    holdings: Vec<Holding>,
    second_factor_required: bool,
}

impl Standing {
    async fn of(app: &App, identity: &Identity, account: &Account, now: Now) -> Result<Self> {
        let Some(person) = account.person else {
            return Ok(Self { name: account.name.clone(), holdings: Vec::new(), second_factor_required: false });
        };
        let name =
            directory::queries::person(app.store.read(), person).await?.map_or_else(String::new, |person| person.name);
        let holdings = match account.kind {
            AccountKind::Officer => directory::queries::holdings_of(app.store.read(), person, now.today()).await?,
            _ => Vec::new(),
        };
        let required = &identity.policy.second_factor.required_for;
        let second_factor_required =
            !app.settings.demo && holdings.iter().any(|holding| required.contains(&holding.position.kind));
        Ok(Self { name, holdings, second_factor_required })
    }

    /// A position of their own before one held for another.
    fn first(&self) -> Option<&Holding> {
        self.holdings.iter().find(|holding| holding.acting_for.is_none()).or_else(|| self.holdings.first())
    }
}

/// Opens a session for who knows the password; it may still await further steps.
pub async fn sign_in(app: &App, browser: &Browser, login: &str, password: &str) -> Result<SignIn> {
    let (identity, now) = (Identity::of(app)?, app.now());
    let Some(login) = Login::parse(login) else { return Ok(SignIn::Refused(Refusal::Wrong)) };
    let account = queries::account_by_login(app.store.read(), &login).await?;
    let account = account.filter(|account| account.kind != AccountKind::Client);
    let subject = account.as_ref().map_or_else(|| Subject::login(&login), |account| Subject::account(account.id));
    let address = browser.address.map(Subject::address);
    let rules = &identity.policy.lockout;
    let wait = app
        .store
        .write(async |tx| {
            let wait = count(tx, now, &rules.account, &subject).await?;
            match (wait, &address) {
                (None, Some(address)) => count(tx, now, &rules.address, address).await,
                (wait, _) => Ok(wait),
            }
        })
        .await?;
    if let Some(until) = wait {
        return Ok(SignIn::Refused(Refusal::Wait(until)));
    }
    let stored = account.as_ref().and_then(|account| account.password.as_deref());
    let verdict = identity.hashing.verify(password, stored).await?;
    let Some(account) = account else { return Ok(SignIn::Refused(Refusal::Wrong)) };
    if verdict == Verdict::Wrong {
        refused(app, now, &account, "wrong-password").await?;
        return Ok(SignIn::Refused(Refusal::Wrong));
    }
    if account.blocked_at.is_some() {
        refused(app, now, &account, "blocked").await?;
        return Ok(SignIn::Refused(Refusal::Blocked));
    }
    let standing = Standing::of(app, identity, &account, now).await?;
    if account.kind == AccountKind::Officer && standing.holdings.is_empty() {
        refused(app, now, &account, "no-position").await?;
        return Ok(SignIn::Refused(Refusal::NoPosition));
    }
    let renewed = match verdict {
        Verdict::RightButStale => Some(identity.hashing.hash(&*app.random, password).await?),
        Verdict::Right | Verdict::Wrong => None,
    };
    let stage = account.stage(false, standing.second_factor_required);
    let opened = app
        .store
        .write(async |tx| {
            clear(tx, &subject).await?;
            if let Some(address) = &address {
                take_back(tx, address).await?;
            }
            remember(tx, &account, &standing.name, renewed.as_ref()).await?;
            let first = standing.first();
            let opened = open(tx, now, app, browser, &account, first, stage).await?;
            told(tx, now, &account, first, &opened).await?;
            Ok(opened)
        })
        .await?;
    Ok(SignIn::Opened(opened))
}

/// The name as the directory has it today, and the hash with today's parameters.
async fn remember(tx: &Tx, account: &Account, name: &str, renewed: Option<&PasswordHash>) -> Result<()> {
    if account.name == name && renewed.is_none() {
        return Ok(());
    }
    Sql::new("UPDATE identity_accounts SET name = $2, password = coalesce($3, password) WHERE id = $1")
        .bind(account.id.uuid())
        .bind(name)
        .bind(renewed.map(PasswordHash::as_str))
        .run(tx)
        .await?;
    Ok(())
}

async fn refused(app: &App, now: Now, account: &Account, reason: &'static str) -> Result<()> {
    let entry = Entry::new("identity.sign-in-refused", thing(account.id), &json!({}))?.because(reason);
    app.store.write(async |tx| journal::record(tx, now, &owner(account, None), entry).await.map(drop)).await
}

/// Writes down that somebody is signed in, once nothing is missing any more.
async fn told(tx: &Tx, now: Now, account: &Account, holding: Option<&Holding>, opened: &Opened) -> Result<()> {
    if opened.stage.is_none() {
        let entry = Entry::new("identity.signed-in", thing(account.id), &json!({ "session": opened.session }))?;
        journal::record(tx, now, &owner(account, holding), entry).await?;
    }
    Ok(())
}

/// The session of the cookie, its account and its standing, when the session waits for just this.
async fn waiting(
    app: &App,
    secret: &SessionSecret,
    stage: Stage,
    now: Now,
) -> Result<Option<(Awaiting, Account, Standing)>> {
    let found = queries::awaiting(app.store.read(), secret, now).await?;
    let Some(awaiting) = found.filter(|awaiting| awaiting.stage == stage) else { return Ok(None) };
    let Some(account) = queries::account(app.store.read(), awaiting.account).await? else { return Ok(None) };
    if account.blocked_at.is_some() {
        return Ok(None);
    }
    let standing = Standing::of(app, Identity::of(app)?, &account, now).await?;
    Ok(Some((awaiting, account, standing)))
}

/// The second step: the code of the authenticator app. Each code opens once.
pub async fn enter_code(app: &App, secret: &SessionSecret, code: &str) -> Result<Step> {
    let (identity, now) = (Identity::of(app)?, app.now());
    let Some((awaiting, account, standing)) = waiting(app, secret, Stage::Code, now).await? else {
        return Ok(Step::Ended);
    };
    let Some(totp) = &account.totp_secret else { return Ok(Step::Ended) };
    let subject = Subject::code_of(account.id);
    app.store
        .write(async |tx| {
            if let Some(until) = count(tx, now, &identity.policy.lockout.account, &subject).await? {
                return Ok(Step::Wait(until));
            }
            if !second_factor::use_code(tx, now, account.id, totp, code).await? {
                let entry =
                    Entry::new("identity.sign-in-refused", thing(account.id), &json!({}))?.because("wrong-code");
                journal::record(tx, now, &owner(&account, None), entry).await?;
                return Ok(Step::Wrong);
            }
            clear(tx, &subject).await?;
            let stage = account.stage(true, standing.second_factor_required);
            let opened = advance(tx, now, app, awaiting.session, &account, stage, Some(now.utc())).await?;
            told(tx, now, &account, standing.first(), &opened).await?;
            Ok(Step::Opened(opened))
        })
        .await
}

/// The step after a handed-out password: one of their own.
///
/// # Errors
/// [`Error::Invalid`] when the new password is weak, typed differently, or the handed-out one again.
pub async fn choose_password(app: &App, secret: &SessionSecret, password: &str, again: &str) -> Result<Step> {
    let (identity, now) = (Identity::of(app)?, app.now());
    let Some((awaiting, mut account, standing)) = waiting(app, secret, Stage::Password, now).await? else {
        return Ok(Step::Ended);
    };
    let hash = accounts::new_hash(app, identity, &account, password, again).await?;
    account.must_change = false;
    app.store
        .write(async |tx| {
            accounts::set_password(tx, now, &owner(&account, standing.first()), account.id, &hash, false).await?;
            let stage = account.stage(awaiting.second_factor_at.is_some(), standing.second_factor_required);
            let opened = advance(tx, now, app, awaiting.session, &account, stage, awaiting.second_factor_at).await?;
            told(tx, now, &account, standing.first(), &opened).await?;
            Ok(Step::Opened(opened))
        })
        .await
}

/// The step of a position that asks for a second factor: enrolling one.
pub async fn enter_enrolment(app: &App, secret: &SessionSecret, code: &str) -> Result<Step> {
    let now = app.now();
    let Some((awaiting, mut account, standing)) = waiting(app, secret, Stage::Enrol, now).await? else {
        return Ok(Step::Ended);
    };
    let Some(totp) = awaiting.totp_new else { return Ok(Step::Wrong) };
    let Some(step) = second_factor::step(&totp, code, now)? else { return Ok(Step::Wrong) };
    account.totp_secret = Some(totp.clone());
    app.store
        .write(async |tx| {
            second_factor::set(tx, now, &owner(&account, standing.first()), account.id, &totp, step).await?;
            let stage = account.stage(true, standing.second_factor_required);
            let opened = advance(tx, now, app, awaiting.session, &account, stage, Some(now.utc())).await?;
            told(tx, now, &account, standing.first(), &opened).await?;
            Ok(Step::Opened(opened))
        })
        .await
}
