use std::sync::Arc;

use base::Result;
use system::App;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::actions::{Claim, claim, settle};
use crate::connector::{Connector, Connectors, Outcome};
use crate::delivery::State;

/// One round: hands what is due to its connectors and writes down what came of it; gives how many tries ended.
///
/// Any number of workers may run at once. Connectors do not wait for each other, and one that fails, hangs or panics
/// holds up only its own deliveries.
pub async fn run(app: &App) -> Result<usize> {
    let connectors = app.parts.get::<Connectors>()?;
    let mut tries = JoinSet::new();
    for connector in connectors.all() {
        let now = app.now();
        let policy = &connectors.policy;
        let kind = app.store.kind();
        let claims = app.store.write(async |tx| claim(tx, kind, connector.name(), now, policy).await).await?;
        for claim in claims {
            tries.spawn(hand_over(app.clone(), Arc::clone(connector), claim));
        }
    }
    let mut ended = 0;
    while let Some(tried) = tries.join_next().await {
        match tried {
            Ok(Ok(())) => ended += 1,
            // The claim runs out and the delivery is tried again.
            Ok(Err(error)) => tracing::error!(%error, "The outcome of a delivery could not be written down"),
            Err(error) => tracing::error!(%error, "A connector broke off"),
        }
    }
    Ok(ended)
}

async fn hand_over(app: App, connector: Arc<dyn Connector>, claim: Claim) -> Result<()> {
    let policy = &app.parts.get::<Connectors>()?.policy;
    let delivery = &claim.delivery;
    let outcome = match timeout(policy.answer(), connector.deliver(&app, delivery)).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Outcome::Retry { reason: error.to_string(), after: None },
        Err(_) => Outcome::Retry { reason: "exchange-error-no-answer".to_owned(), after: None },
    };
    let now = app.now();
    let random = &*app.random;
    let state = app.store.write(async |tx| settle(tx, now, &claim, outcome, policy, random).await).await?;
    let (id, name) = (delivery.id, connector.name());
    match state {
        Some(State::Failed) => tracing::warn!(%id, connector = name, "The other side of {name} refused delivery {id}"),
        Some(State::GivenUp) => tracing::error!(%id, connector = name, "Delivery {id} by {name} was given up"),
        Some(_) => {}
        None => tracing::warn!(%id, connector = name, "A try of delivery {id} ended after its claim had run out"),
    }
    Ok(())
}
