//! The way to the portal: a dossier and its steps, as they are when it is told.

use std::time::Duration;

use base::{Error, Id, Now, Result};
use chrono::{DateTime, TimeDelta, Utc};
use contracts::Answer;
use contracts::events::DossierTold;
use exchange::{Connector, Delivery, Outcome, Sealed};
use journal::{Actor, Entry, Thing, record};
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Sql;
use system::App;
use tokio::sync::Mutex;

use super::compose::compose;
use crate::message::{Envelope, Reply, Service};
use crate::{PortalAt, Portals, demo, queries};

/// Name of the connector.
pub(super) const CONNECTOR: &str = "portal";
/// Where it goes, as pages show it.
pub(super) const PORTAL: &str = "Cổng Dịch vụ công quốc gia";
/// Shorter than the ledger waits, so that its line says what happened.
const ANSWER: Duration = Duration::from_secs(20);
/// How long a session is used.
const SESSION: TimeDelta = TimeDelta::minutes(10);
/// The longest refusal that is kept, in characters.
const WORDS: usize = 300;

/// Which change of which dossier the portal is to know.
#[derive(Serialize, Deserialize)]
pub(super) struct Errand {
    pub(super) dossier: Id,
    pub(super) version: i64,
}

/// Tells the portal of dossiers; put it among the [`exchange::Connectors`].
pub struct Tell {
    web: reqwest::Client,
    session: Mutex<Option<(String, DateTime<Utc>)>>,
}

/// What comes of a call: an answer to be read, or what becomes of the delivery.
type Called<T> = std::result::Result<T, Outcome>;

fn later(reason: impl Into<String>) -> Outcome {
    Outcome::Retry { reason: reason.into(), after: None }
}

impl Tell {
    /// # Errors
    /// When the machine's certificates do not read.
    pub fn new() -> Result<Self> {
        Ok(Self { web: reqwest::Client::builder().timeout(ANSWER).build()?, session: Mutex::default() })
    }

    async fn tell(&self, app: &App, delivery: &Delivery) -> Result<Outcome> {
        let errand: Errand = serde_json::from_str(&delivery.payload)?;
        let Some(portal) = &app.parts.get::<Portals>()?.portal else {
            return Ok(Outcome::Reject { reason: "national-error-no-portal".to_owned() });
        };
        let told = queries::of_dossier(app.store.read(), errand.dossier).await?.ok_or(Error::NotFound)?;
        if told.told_version.is_some_and(|version| version >= errand.version) {
            // What it was told meanwhile was built after this change.
            return Ok(Outcome::Delivered { receipt: "national-told-newer".to_owned() });
        }
        let session = match self.session(app, portal).await? {
            Ok(session) => session,
            Err(outcome) => return Ok(outcome),
        };
        let composed = compose(app, errand.dossier).await?;
        let state = composed.dossier.state.parse().unwrap_or(told.state);
        let known = if told.told_version.is_some() { "True" } else { "False" };
        let dossier = Envelope {
            service: Service::Dossier,
            is_updating: Some(known.to_owned()),
            data: vec![composed.dossier],
            session: session.clone(),
        };
        let progress = Envelope {
            service: Service::Progress,
            is_updating: None,
            data: composed.progress,
            session: session.clone(),
        };
        for body in [dossier.body()?, progress.body()?] {
            match self.call(app, portal, &delivery.key, &session, body).await? {
                Ok(reply) if reply.is_accepted() => {}
                Ok(reply) => return refused(app, &told, reply).await,
                Err(outcome) => return Ok(outcome),
            }
        }
        accepted(app, app.now(), &told, state).await?;
        Ok(Outcome::Delivered { receipt: format!("00 · {state}") })
    }

    async fn call(
        &self,
        app: &App,
        portal: &PortalAt,
        key: &str,
        session: &str,
        body: Vec<u8>,
    ) -> Result<Called<Reply>> {
        if app.parts.get::<demo::Portal>().is_ok() {
            return Ok(Ok(Reply { error_code: "00".to_owned(), message: String::new() }));
        }
        let answer = match self.post(format!("{}/adapter", portal.url), key, body).await {
            Ok(answer) => answer,
            Err(failed) => {
                if failed.is_session {
                    self.forget(session).await;
                }
                return Ok(Err(later(failed.reason)));
            }
        };
        Ok(serde_json::from_slice(&answer).map_err(|_| later("national-error-answer")))
    }

    /// A session is had for client and secret, and used until it is old or not known any more.
    async fn session(&self, app: &App, portal: &PortalAt) -> Result<Called<String>> {
        let now = app.now().utc();
        // Held while it is asked for: a portal may end the session before when it gives a new one.
        let mut held = self.session.lock().await;
        if let Some((session, _)) = held.as_ref().filter(|(_, until)| *until > now) {
            return Ok(Ok(session.clone()));
        }
        if app.parts.get::<demo::Portal>().is_ok() {
            return Ok(Ok(String::new()));
        }
        let sealed = Sealed::new(&json!({ "client": portal.client, "at": now }), &portal.secret)?;
        let body = serde_json::to_vec(&sealed)?;
        let answer = match self.post(format!("{}/session", portal.url), &portal.client, body).await {
            Ok(answer) => answer,
            Err(failed) => return Ok(Err(later(failed.reason))),
        };
        let Ok(Opened { session }) = serde_json::from_slice(&answer) else {
            return Ok(Err(later("national-error-answer")));
        };
        *held = Some((session.clone(), now + SESSION));
        Ok(Ok(session))
    }

    /// The portal does not know the session any more; another may be held by now.
    async fn forget(&self, session: &str) {
        let mut held = self.session.lock().await;
        if held.as_ref().is_some_and(|(known, _)| known == session) {
            *held = None;
        }
    }

    async fn post(&self, address: String, key: &str, body: Vec<u8>) -> std::result::Result<Vec<u8>, Failed> {
        let request = self.web.post(address).header("idempotency-key", key).header("content-type", "application/json");
        let answer = request.body(body).send().await?;
        let status = answer.status();
        let body = answer.bytes().await?;
        if status.is_success() {
            return Ok(body.to_vec());
        }
        let is_session = matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
        Err(Failed { reason: status.to_string(), is_session })
    }
}

/// Why a call came to nothing.
struct Failed {
    reason: String,
    /// The session is not known, or not any more.
    is_session: bool,
}

impl From<reqwest::Error> for Failed {
    fn from(error: reqwest::Error) -> Self {
        Self { reason: error.without_url().to_string(), is_session: false }
    }
}

#[derive(Deserialize)]
struct Opened {
    session: String,
}

/// The portal has the dossier as it was when the change `told.version` was the newest.
async fn accepted(app: &App, now: Now, told: &queries::Told, state: i64) -> Result<()> {
    app.store
        .write(async |tx| {
            Sql::new(
                "UPDATE national_dossiers SET told_version = $2, told_state = $3, told_at = $4, refused = NULL \
                 WHERE dossier_id = $1 AND (told_version IS NULL OR told_version < $2)",
            )
            .bind(told.dossier.uuid())
            .bind(told.version)
            .bind(state)
            .bind(now.utc())
            .run(tx)
            .await?;
            let data = DossierTold { dossier: told.dossier, state, agency: told.agency };
            let entry = Entry::new("national.told", thing(told.id), &data)?;
            record(tx, now, &Actor::PROGRAM, entry).await?;
            Ok(())
        })
        .await
}

/// How the journal names what the portal knows of a dossier, whose own story this is not.
const fn thing(id: Id) -> Thing {
    Thing { kind: "national-dossier", id }
}

/// The portal does not take it in this form: its words stand beside the dossier.
async fn refused(app: &App, told: &queries::Told, reply: Reply) -> Result<Outcome> {
    let words = format!("{}: {}", reply.error_code, reply.message);
    let reason: String = words.chars().filter(|one| !one.is_control()).take(WORDS).collect();
    let now = app.now();
    app.store
        .write(async |tx| {
            Sql::new("UPDATE national_dossiers SET refused = $2 WHERE dossier_id = $1")
                .bind(told.dossier.uuid())
                .bind(reason.as_str())
                .run(tx)
                .await?;
            let data = json!({ "dossier": told.dossier, "agency": told.agency });
            record(tx, now, &Actor::PROGRAM, Entry::new("national.refused", thing(told.id), &data)?).await?;
            Ok(())
        })
        .await?;
    Ok(Outcome::Reject { reason })
}

impl Connector for Tell {
    fn name(&self) -> &'static str {
        CONNECTOR
    }

    fn deliver<'a>(&'a self, app: &'a App, delivery: &'a Delivery) -> Answer<'a, Outcome> {
        Box::pin(self.tell(app, delivery))
    }
}
