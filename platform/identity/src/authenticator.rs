use base::{Id, Now, Result};
use chrono::TimeDelta;
use contracts::Answer;
use system::{App, Authenticate, Caller, Citizen, Client, Officer, Permission, Session};

use crate::access::Defaults;
use crate::account::AccountKind;
use crate::actions;
use crate::part::Identity;
use crate::queries::{self, Who};
use crate::secret::{SessionSecret, TokenSecret};
use crate::signs_of_life::Used;

/// Turns a cookie or a bearer token into a [`Caller`]. One indexed look for a citizen or a client, a second one for
/// an officer's position; a write at most once a minute and session, together with those of others.
pub struct Authenticator {
    defaults: Defaults,
}

/// How old the last sign of life may be before it is written anew.
const TOUCH: TimeDelta = TimeDelta::minutes(1);

impl Authenticator {
    /// `permissions` of all systems.
    pub fn new(permissions: &[Permission]) -> Self {
        Self { defaults: Defaults::new(permissions) }
    }

    async fn of_session(&self, app: &App, cookie: &str) -> Result<Option<Session>> {
        let now = app.now();
        let Some(secret) = SessionSecret::read(cookie) else { return Ok(None) };
        let found = queries::session(app.store.read(), &secret, now.today()).await?;
        let Some((who, found)) = found else { return Ok(None) };
        if who.blocked || found.awaits.is_some() || found.ends_at <= now.utc() {
            return Ok(None);
        }
        if now.utc() - found.seen_at >= TOUCH {
            let lasts = Identity::of(app).map(|identity| actions::lasts_until(now, &identity.policy, &who, &found));
            used(app, now, found.id, lasts.map(|ends_at| Used::Session { ends_at })).await;
        }
        Ok(self.caller(app, now, who).await?.map(|caller| Session { id: found.id, caller, csrf: secret.csrf() }))
    }

    async fn of_token(&self, app: &App, token: &str) -> Result<Option<Caller>> {
        let now = app.now();
        let Some(secret) = TokenSecret::read(token) else { return Ok(None) };
        let found = queries::token(app.store.read(), &secret, now.today()).await?;
        let Some((who, found)) = found else { return Ok(None) };
        if who.blocked || found.ends_at <= now.utc() {
            return Ok(None);
        }
        if found.used_at.is_none_or(|at| now.utc() - at >= TOUCH) {
            used(app, now, found.id, Ok(Used::Token)).await;
        }
        if who.kind == AccountKind::Client {
            return Ok(Some(Caller::Client(Client { account: who.account, name: who.name, scopes: found.scopes })));
        }
        self.caller(app, now, who).await
    }

    /// `None` for an officer whose position is held no more, by them or by whom they act for: they sign in again.
    async fn caller(&self, app: &App, now: Now, who: Who) -> Result<Option<Caller>> {
        let Some(person) = who.person else { return Ok(None) };
        match who.kind {
            AccountKind::Citizen => Ok(Some(Caller::Citizen(Citizen {
                account: who.account,
                person,
                name: who.name,
                assurance: who.assurance,
            }))),
            AccountKind::Client => Ok(None),
            AccountKind::Officer => {
                let Some(holding) = who.holding else { return Ok(None) };
                let held = directory::queries::holding(app.store.read(), holding, now.today()).await?;
                let Some(held) = held.filter(|held| held.person == person) else { return Ok(None) };
                let permissions = self.defaults.of(held.position.kind, &held.agency_kind, &who.grants);
                Ok(Some(Caller::Officer(Officer {
                    account: who.account,
                    person,
                    name: who.name,
                    position: held.position.id,
                    kind: held.position.kind,
                    title: held.position.title,
                    agency: held.position.agency,
                    agency_name: held.agency_name,
                    unit: held.position.unit,
                    permissions,
                    acting_for: held.acting_for,
                })))
            }
        }
    }
}

/// A sign of life that could not be written must not turn anybody away.
async fn used(app: &App, now: Now, id: Id, used: Result<Used>) {
    let noted = async { Identity::of(app)?.signs_of_life.give(&app.store, now, id, used?).await };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "A sign of life could not be noted");
    }
}

impl Authenticate for Authenticator {
    fn session<'a>(&'a self, app: &'a App, cookie: &'a str) -> Answer<'a, Option<Session>> {
        Box::pin(self.of_session(app, cookie))
    }

    fn token<'a>(&'a self, app: &'a App, token: &'a str) -> Answer<'a, Option<Caller>> {
        Box::pin(self.of_token(app, token))
    }
}
