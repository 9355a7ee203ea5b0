//! What the carrier is asked, through the ledger of deliveries: to carry, to let go, and what became of it.

use std::time::Duration;

use base::{Error, Now, Result};
use contracts::Answer;
use exchange::{Connector, Delivery, NewDelivery, Outcome, Sealed};
use journal::Actor;
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use system::App;

use super::{Change, cancel, choose, current, hear, summary, thing};
use crate::carrier::{CarrierAt, Contact, Parcel, Status, Trail, Word};
use crate::order::{Order, State};
use crate::{Carriers, demo, queries};

/// Name of the connector.
const CONNECTOR: &str = "carrier";
const BATCH: usize = 100;
/// Shorter than the ledger waits, so that its line says what happened.
const ANSWER: Duration = Duration::from_secs(20);

/// What a delivery asks of the carrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Ask {
    Carry,
    Cancel,
    State,
}

impl Ask {
    /// The end of the address at which the carrier is asked.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Carry => "carry",
            Self::Cancel => "cancel",
            Self::State => "state",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Errand {
    ask: Ask,
    order: String,
}

/// Sends the order to the carrier.
pub(super) async fn send(change: &Change<'_>, order: &mut Order) -> Result<()> {
    if order.cod.is_some() {
        // Some may have been paid since it was chosen.
        order.cod = Some(choose::owed(change.app, order.dossier).await?);
    }
    let told = summary(order);
    change.set_state(order, State::Created, "post.created", &told).await?;
    enqueue(change, order, Ask::Carry, format!("carry:{}", order.code)).await
}

pub(super) async fn ask_to_cancel(change: &Change<'_>, order: &Order) -> Result<()> {
    let at = change.now.utc().timestamp_micros();
    enqueue(change, order, Ask::Cancel, format!("cancel:{}:{at}", order.code)).await
}

async fn enqueue(change: &Change<'_>, order: &Order, ask: Ask, key: String) -> Result<()> {
    let delivery = NewDelivery {
        connector: CONNECTOR,
        key,
        destination: order.code.clone(),
        payload: serde_json::to_string(&Errand { ask, order: order.code.clone() })?,
        subject: thing(order.id),
        agency: Some(order.agency),
    };
    exchange::enqueue(change.tx, change.now, &change.actor, delivery).await?;
    Ok(())
}

/// Puts a question on the ledger for every order that the carrier has been silent about for too long.
pub fn ask_about_silent(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let now = app.now();
        let silent = queries::silent(app.store.read(), now.utc(), BATCH).await?;
        for order in &silent {
            app.store
                .write(async |tx| {
                    let change = Change { app, tx, now, actor: Actor::PROGRAM };
                    let order = current(tx, order.id).await?;
                    change.wait_for_words(&order).await?;
                    if !order.state.is_with_carrier() {
                        return Ok(());
                    }
                    enqueue(&change, &order, Ask::State, format!("state:{}:{}", order.code, now.utc().timestamp()))
                        .await
                })
                .await?;
        }
        Ok(silent.len())
    })
}

/// Hands orders to the carrier; put it among the [`exchange::Connectors`].
pub struct Handover(reqwest::Client);

impl Handover {
    /// # Errors
    /// When the machine's certificates do not read.
    pub fn new() -> Result<Self> {
        Ok(Self(reqwest::Client::builder().timeout(ANSWER).build()?))
    }

    async fn hand_over(&self, app: &App, delivery: &Delivery) -> Result<Outcome> {
        let errand: Errand = serde_json::from_str(&delivery.payload)?;
        let Some(carrier) = &app.parts.get::<Carriers>()?.carrier else {
            return Ok(Outcome::Reject { reason: "post-error-no-carrier".to_owned() });
        };
        let Some(order) = queries::by_code(app.store.read(), &errand.order).await? else {
            return Ok(Outcome::Reject { reason: "post-error-unknown".to_owned() });
        };
        let said = match app.parts.get::<demo::Carrier>() {
            Ok(demo::Carrier) => Said::Trail(demo::Carrier::answer(&order, errand.ask, app.now())),
            Err(_) => self.ask(app, carrier, &order, errand.ask, &delivery.key).await?,
        };
        match said {
            Said::Trail(trail) => settle(app, &order, errand.ask, trail).await,
            // What it never heard of, it does not carry.
            Said::Unknown if errand.ask == Ask::Cancel => {
                settle(app, &order, errand.ask, let_go(&order, app.now())).await
            }
            Said::Unknown => Ok(Outcome::Reject { reason: "post-error-unknown".to_owned() }),
            Said::No(reason) => Ok(Outcome::Reject { reason }),
            Said::NotNow(reason) => Ok(Outcome::Retry { reason, after: None }),
        }
    }

    async fn ask(&self, app: &App, carrier: &CarrierAt, order: &Order, ask: Ask, key: &str) -> Result<Said> {
        let message = match ask {
            Ask::Carry => Sealed::new(&Parcel::of(order, agency(app, order).await?), &carrier.secret)?,
            Ask::Cancel | Ask::State => Sealed::new(&json!({ "order": order.code }), &carrier.secret)?,
        };
        let request = self
            .0
            .post(format!("{}/{}", carrier.url, ask.as_str()))
            .header("idempotency-key", key)
            .header("content-type", "application/json")
            .body(serde_json::to_vec(&message)?);
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) => return Ok(Said::NotNow(error.without_url().to_string())),
        };
        let status = answer.status();
        let body = match answer.bytes().await {
            Ok(body) => body,
            Err(error) => return Ok(Said::NotNow(error.without_url().to_string())),
        };
        if status == StatusCode::NOT_FOUND {
            return Ok(Said::Unknown);
        }
        if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
            return Ok(Said::NotNow(status.to_string()));
        }
        if !status.is_success() {
            let words = String::from_utf8_lossy(&body).chars().filter(|one| !one.is_control()).take(WORDS).collect();
            return Ok(Said::No(words));
        }
        match Trail::read(&body, &carrier.secret) {
            Ok(trail) if trail.order == order.code => Ok(Said::Trail(trail)),
            Ok(_) | Err(Error::Forbidden(_) | Error::Invalid(_)) => Ok(Said::NotNow("post-error-answer".to_owned())),
            Err(error) => Err(error),
        }
    }
}

/// The longest refusal that is kept, in characters.
const WORDS: usize = 300;

/// What the carrier made of an errand.
enum Said {
    Trail(Trail),
    Unknown,
    /// Never in this form, in its own words.
    No(String),
    NotNow(String),
}

/// What a carrier says that has let go of an order, or never had it.
pub(crate) fn let_go(order: &Order, now: Now) -> Trail {
    let word = Word {
        event: format!("let-go:{}", order.code),
        status: Status::Cancelled,
        tracking: String::new(),
        station: String::new(),
        at: now.utc(),
    };
    Trail { order: order.code.clone(), words: vec![word] }
}

/// The agency as sender or receiver.
async fn agency(app: &App, order: &Order) -> Result<Contact> {
    let agency = directory::queries::agency(app.store.read(), order.agency).await?.ok_or(Error::NotFound)?;
    Ok(Contact {
        address: agency.place(&app.settings.province.name),
        name: agency.name,
        phone: app.settings.province.hotline.clone(),
        commune: agency.code,
    })
}

async fn settle(app: &App, order: &Order, ask: Ask, trail: Trail) -> Result<Outcome> {
    hear(app, app.now(), trail).await?;
    let order = queries::by_id(app.store.read(), order.id).await?.ok_or(Error::NotFound)?;
    if ask == Ask::Cancel && order.state != State::Cancelled {
        cancel::refused(app, app.now(), order.id).await?;
    }
    Ok(Outcome::Delivered { receipt: order.tracking.unwrap_or_else(|| order.state.as_str().to_owned()) })
}

impl Connector for Handover {
    fn name(&self) -> &'static str {
        CONNECTOR
    }

    fn deliver<'a>(&'a self, app: &'a App, delivery: &'a Delivery) -> Answer<'a, Outcome> {
        Box::pin(self.hand_over(app, delivery))
    }
}
