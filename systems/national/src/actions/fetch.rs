//! The files of what was filed at the portal are fetched; with the last of them it becomes a dossier here.

use std::time::Duration;

use base::{Error, Id, Now, Result};
use contracts::Answer;
use contracts::crossing::{DossierFiling, ExchangedPaper, FiledElsewhere};
use directory::NewPerson;
use exchange::{Connector, Delivery, Outcome};
use files::{Rejected, Stored};
use futures_util::stream;
use journal::{Actor, Entry, record};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Sql;
use system::App;

use super::thing;
use crate::demo;
use crate::message::HoSo;
use crate::queries::{self, Arrival, Attached, Fate};

/// Name of the connector.
pub(super) const CONNECTOR: &str = "portal-papers";
/// Shorter than the ledger waits, so that its line says what happened.
const ANSWER: Duration = Duration::from_secs(40);

/// What is to be taken in.
#[derive(Serialize, Deserialize)]
pub(super) struct Errand {
    pub(super) arrival: Id,
}

/// Fetches what the portal keeps; put it among the [`exchange::Connectors`].
pub struct Fetch(reqwest::Client);

impl Fetch {
    /// # Errors
    /// When the machine's certificates do not read.
    pub fn new() -> Result<Self> {
        // An address that leads on could lead anywhere.
        let builder = reqwest::Client::builder().timeout(ANSWER).redirect(reqwest::redirect::Policy::none());
        Ok(Self(builder.build()?))
    }

    async fn take_in(&self, app: &App, delivery: &Delivery) -> Result<Outcome> {
        let Errand { arrival } = serde_json::from_str(&delivery.payload)?;
        let arrival = queries::arrival_by_id(app.store.read(), arrival).await?.ok_or(Error::NotFound)?;
        if arrival.fate != Fate::Waiting {
            return Ok(Outcome::Delivered { receipt: arrival.fate.as_str().to_owned() });
        }
        for file in queries::files_of(app.store.read(), arrival.id).await? {
            if file.kept.is_some() {
                continue;
            }
            let stored = match self.get(app, &file).await? {
                Got::Kept(stored) => stored,
                Got::NotNow(reason) => return Ok(Outcome::Retry { reason, after: None }),
                Got::Unfit => {
                    end(app, &arrival, Fate::Refused, Some("national-refused-file"), None).await?;
                    return Ok(Outcome::Reject { reason: "national-refused-file".to_owned() });
                }
            };
            keep(app, &arrival, &file, stored).await?;
        }
        match filed(app, &arrival).await {
            Ok(code) => {
                end(app, &arrival, Fate::Filed, None, Some(&code)).await?;
                Ok(Outcome::Delivered { receipt: code })
            }
            // Between its arrival and now the procedure ended, or the agency.
            Err(Error::Conflict(_) | Error::NotFound) => {
                end(app, &arrival, Fate::Refused, Some("national-refused-procedure"), None).await?;
                Ok(Outcome::Reject { reason: "national-refused-procedure".to_owned() })
            }
            Err(error) => Err(error),
        }
    }

    async fn get(&self, app: &App, file: &Attached) -> Result<Got> {
        if app.parts.get::<demo::Portal>().is_ok() {
            return took(app.files.receive(stream::iter([Ok::<_, reqwest::Error>(demo::paper())])).await);
        }
        let answer = match self.0.get(&file.address).send().await {
            Ok(answer) if answer.status().is_success() => answer,
            Ok(answer) => return Ok(Got::NotNow(answer.status().to_string())),
            // The address may be the key to it.
            Err(error) => return Ok(Got::NotNow(error.without_url().to_string())),
        };
        let pieces = stream::try_unfold(answer, async |mut answer| {
            Ok::<_, reqwest::Error>(answer.chunk().await?.map(|piece| (piece, answer)))
        });
        took(app.files.receive(pieces).await)
    }
}

/// What came of fetching a file.
enum Got {
    Kept(Stored),
    NotNow(String),
    /// Too large, or of no kind that is taken.
    Unfit,
}

fn took(received: std::result::Result<Stored, Rejected>) -> Result<Got> {
    match received {
        Ok(stored) => Ok(Got::Kept(stored)),
        Err(Rejected::BrokenOff) => Ok(Got::NotNow("national-error-answer".to_owned())),
        Err(away @ Rejected::Storage(_)) => Err(away.into()),
        Err(Rejected::TooLarge(_) | Rejected::UnknownType | Rejected::Empty) => Ok(Got::Unfit),
    }
}

async fn keep(app: &App, arrival: &Arrival, file: &Attached, stored: Stored) -> Result<()> {
    app.store
        .write(async |tx| {
            Sql::new(
                "UPDATE national_files SET file_hash = $3, size = $4, mime = $5 WHERE arrival_id = $1 AND number = $2",
            )
            .bind(arrival.id.uuid())
            .bind(file.number)
            .bind(stored.hash.as_str())
            .bind(i64::try_from(stored.size).unwrap_or(i64::MAX))
            .bind(stored.mime.as_str())
            .run(tx)
            .await
        })
        .await?;
    Ok(())
}

/// Files it; gives its code here.
async fn filed(app: &App, arrival: &Arrival) -> Result<String> {
    let now = app.now();
    let told: HoSo = serde_json::from_str(&arrival.body)?;
    let filing = app.ask::<dyn DossierFiling>().ok_or_else(|| Error::inside("nobody files dossiers"))?;
    let applicant = applicant(app, now, &told).await?;
    let kept = queries::files_of(app.store.read(), arrival.id).await?.into_iter();
    let papers = kept.filter_map(|file| {
        let (hash, size, mime) = file.kept?;
        Some(ExchangedPaper { id: arrival.id, component: file.component, hash, name: file.name, size, mime })
    });
    let filed = FiledElsewhere {
        id: arrival.id,
        procedure: arrival.procedure.clone(),
        applicant,
        applicant_name: told.applicant,
        agency: arrival.agency.ok_or(Error::NotFound)?,
        papers: papers.collect(),
    };
    Ok(filing.file(now, filed).await?.code)
}

/// Whoever is known by the number, or somebody new.
async fn applicant(app: &App, now: Now, told: &HoSo) -> Result<Id> {
    let number = told.number().ok_or_else(|| Error::inside("an arrival without a number was taken in"))?;
    app.store
        .write(async |tx| {
            if let Some(known) = directory::queries::person_by_number(tx, &number).await? {
                return Ok(known.id);
            }
            let new = NewPerson {
                name: told.applicant.clone(),
                personal_number: Some(number.clone()),
                phone: told.phone.parse().ok(),
                email: Some(told.email.clone()).filter(|email| !email.is_empty()),
                ..NewPerson::default()
            };
            directory::actions::add_person(tx, now, &Actor::PROGRAM, new).await
        })
        .await
}

async fn end(app: &App, arrival: &Arrival, fate: Fate, reason: Option<&str>, dossier: Option<&str>) -> Result<()> {
    let now = app.now();
    app.store
        .write(async |tx| {
            let ended = Sql::new(
                "UPDATE national_arrivals SET state = $2, reason = $3, dossier_code = $4, ended_at = $5 \
                 WHERE id = $1 AND state = 'waiting'",
            )
            .bind(arrival.id.uuid())
            .bind(fate.as_str())
            .bind(reason)
            .bind(dossier)
            .bind(now.utc())
            .run(tx)
            .await?;
            if ended == 1 {
                let verb = if fate == Fate::Filed { "national.filed" } else { "national.arrival-refused" };
                let data = json!({ "dossier": dossier, "agency": arrival.agency });
                record(tx, now, &Actor::PROGRAM, Entry::new(verb, thing(arrival.id), &data)?).await?;
            }
            Ok(())
        })
        .await
}

impl Connector for Fetch {
    fn name(&self) -> &'static str {
        CONNECTOR
    }

    fn deliver<'a>(&'a self, app: &'a App, delivery: &'a Delivery) -> Answer<'a, Outcome> {
        Box::pin(self.take_in(app, delivery))
    }
}
