//! Dossiers change, and the portal is told so.

use base::{Id, Now, Result};
use contracts::crossing::ExchangedDossiers;
use exchange::NewDelivery;
use journal::{Event, Thing};
use serde::Deserialize;
use store::{Sql, Tx};
use system::App;

use super::tell::{CONNECTOR, Errand, PORTAL};
use crate::Portals;

/// What every event of a dossier says that the portal hears of; a step that was done says no more than that.
#[derive(Deserialize)]
struct Changed {
    #[serde(default)]
    state: Option<u8>,
}

/// Notes the change and puts it on the ledger. Where no portal is joined, nothing is noted.
pub(crate) async fn dossier_changed(app: &App, tx: &Tx, event: &Event, now: Now) -> Result<()> {
    if app.parts.get::<Portals>()?.portal.is_none() {
        return Ok(());
    }
    let Some(dossiers) = app.ask::<dyn ExchangedDossiers>() else { return Ok(()) };
    let Some(dossier) = dossiers.by_id(event.thing_id).await? else { return Ok(()) };
    let Changed { state } = serde_json::from_value(event.data.clone())?;
    note(tx, event, now, &dossier.code, dossier.receiving, state.unwrap_or(dossier.state)).await?;
    let delivery = NewDelivery {
        connector: CONNECTOR,
        key: format!("{}:{}", dossier.code, event.position),
        destination: PORTAL.to_owned(),
        payload: serde_json::to_string(&Errand { dossier: dossier.id, version: event.position })?,
        subject: Thing { kind: "dossier", id: dossier.id },
        agency: Some(dossier.receiving),
    };
    exchange::enqueue(tx, now, &event.actor, delivery).await?;
    Ok(())
}

async fn note(tx: &Tx, event: &Event, now: Now, code: &str, agency: Id, state: u8) -> Result<()> {
    Sql::new(
        "INSERT INTO national_dossiers (dossier_id, code, agency_id, state, version, changed_at, id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (dossier_id) DO UPDATE SET state = $4, version = $5, changed_at = $6",
    )
    .bind(event.thing_id.uuid())
    .bind(code)
    .bind(agency.uuid())
    .bind(i64::from(state))
    .bind(event.position)
    .bind(now.utc())
    .bind(Id::new(now).uuid())
    .run(tx)
    .await?;
    Ok(())
}
