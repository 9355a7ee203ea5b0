//! A gateway that says nothing is asked, through the ledger of deliveries.

use std::time::Duration;

use base::{Error, Result};
use chrono::TimeDelta;
use contracts::Answer;
use exchange::{Connector, Delivery, NewDelivery, Outcome};
use journal::Actor;
use serde::{Deserialize, Serialize};
use store::Sql;
use system::App;

use super::{current, notified, thing};
use crate::gateway::{Message, Notice, Status};
use crate::{Ways, queries};

/// Name of the connector.
const CONNECTOR: &str = "payment-gateway";
const BATCH: usize = 100;
/// Shorter than the ledger waits, so that its line says what happened.
const ANSWER: Duration = Duration::from_secs(20);
/// How long the payer is left at it before the gateway is asked again.
const STILL_PAYING: TimeDelta = TimeDelta::minutes(5);

/// Puts a question on the ledger for every attempt that the gateway has been silent about for too long.
pub fn ask_about_silent(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let now = app.now();
        let silent = queries::silent(app.store.read(), now.utc(), BATCH).await?;
        for attempt in &silent {
            app.store
                .write(async |tx| {
                    let charge = current(tx, attempt.charge).await?;
                    let asked =
                        Sql::new("UPDATE payments_attempts SET ask_at = NULL WHERE id = $1 AND ask_at IS NOT NULL")
                            .bind(attempt.id.uuid())
                            .run(tx)
                            .await?;
                    if asked == 0 {
                        return Ok(());
                    }
                    let delivery = NewDelivery {
                        connector: CONNECTOR,
                        key: format!("status:{}", attempt.order),
                        destination: attempt.order.clone(),
                        payload: serde_json::to_string(&Question { order: attempt.order.clone() })?,
                        subject: thing(charge.id),
                        agency: Some(charge.agency),
                    };
                    exchange::enqueue(tx, now, &Actor::PROGRAM, delivery).await?;
                    Ok(())
                })
                .await?;
        }
        Ok(silent.len())
    })
}

#[derive(Serialize, Deserialize)]
struct Question {
    order: String,
}

/// Asks the gateway what became of an order; put it among the [`exchange::Connectors`].
pub struct Inquiry(reqwest::Client);

impl Inquiry {
    /// # Errors
    /// When the machine's certificates do not read.
    pub fn new() -> Result<Self> {
        Ok(Self(reqwest::Client::builder().timeout(ANSWER).build()?))
    }

    async fn ask(&self, app: &App, delivery: &Delivery) -> Result<Outcome> {
        let Question { order } = serde_json::from_str(&delivery.payload)?;
        let reject = |reason: &str| Ok(Outcome::Reject { reason: reason.to_owned() });
        let retry = |reason: String| Ok(Outcome::Retry { reason, after: None });
        let Some(gateway) = &app.parts.get::<Ways>()?.gateway else { return reject("payments-error-no-gateway") };
        let question = Message::default().with("merchant", &gateway.merchant).with("order", &order);
        let address = format!("{}?{}", gateway.query, question.signed(&gateway.secret)?);
        let answer = match self.0.get(address).send().await {
            Ok(answer) if answer.status().is_success() => answer,
            Ok(answer) => return retry(answer.status().to_string()),
            // The address holds the signature.
            Err(error) => return retry(error.without_url().to_string()),
        };
        let body = match answer.bytes().await {
            Ok(body) => body,
            Err(error) => return retry(error.without_url().to_string()),
        };
        let notice = match Notice::read(&body, &gateway.secret) {
            Ok(notice) if notice.order == order => notice,
            Ok(_) | Err(Error::Forbidden(_) | Error::Invalid(_)) => return retry("payments-error-answer".to_owned()),
            Err(error) => return Err(error),
        };
        match notice.status {
            Status::Pending => {
                Ok(Outcome::Retry { reason: "payments-error-pending".to_owned(), after: Some(STILL_PAYING) })
            }
            Status::Unknown => reject("payments-error-unknown"),
            Status::Paid | Status::Failed => {
                let verdict = notified(app, app.now(), notice).await?;
                Ok(Outcome::Delivered { receipt: verdict.as_str().to_owned() })
            }
        }
    }
}

impl Connector for Inquiry {
    fn name(&self) -> &'static str {
        CONNECTOR
    }

    fn deliver<'a>(&'a self, app: &'a App, delivery: &'a Delivery) -> Answer<'a, Outcome> {
        Box::pin(self.ask(app, delivery))
    }
}
