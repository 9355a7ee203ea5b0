//! Charges follow from what other systems tell.

use std::collections::HashMap;

use base::{Error, Id, Now, Result};
use contracts::events::{DossierChanged, ItemDue, PaymentDue};
use contracts::questions::Procedures;
use journal::Event;
use serde_json::json;
use store::{Sql, Tx};
use system::App;

use super::{Change, settle, summary};
use crate::charge::{Charge, State};
use crate::queries;

/// Makes the charge that a dossier waits for. It takes the place of an earlier one that nobody paid.
pub(crate) async fn open(app: &App, tx: &Tx, event: &Event, now: Now) -> Result<()> {
    let due: PaymentDue = serde_json::from_value(event.data.clone())?;
    let change = Change { app, tx, now, actor: event.actor };
    cancel_open(&change, event.thing_id).await?;
    let charge = Charge {
        id: due.charge,
        code: due.code.clone(),
        subject_kind: event.thing_kind.clone(),
        subject: event.thing_id,
        payer: due.payer,
        filed_by: due.filed_by,
        agency: due.agency,
        amount: due.items.iter().map(|item| item.amount).sum(),
        state: State::Open,
        asked_at: event.at,
        paid_at: None,
        paid_by: None,
        refunded_at: None,
        refund_reference: None,
    };
    if !insert(tx, &charge).await? {
        return Ok(());
    }
    let names = names(app, due.procedure).await?;
    for (item, number) in due.items.iter().zip(1_i64..) {
        insert_item(tx, charge.id, number, item, names.get(&item.code).map_or(DUTY, String::as_str)).await?;
    }
    change.tell(charge.id, "payments.opened", &summary(&charge)).await
}

/// What a duty is called that no procedure lists.
const DUTY: &str = "Nghĩa vụ tài chính khác";

/// Gives `false` when the charge is there already.
async fn insert(tx: &Tx, charge: &Charge) -> Result<bool> {
    let made = Sql::new(
        "INSERT INTO payments_charges (id, code, subject_kind, subject_id, payer_id, filed_by, agency_id, amount, state, \
         asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
    )
    .bind(charge.id.uuid())
    .bind(charge.code.as_str())
    .bind(charge.subject_kind.as_str())
    .bind(charge.subject.uuid())
    .bind(charge.payer.uuid())
    .bind(charge.filed_by.map(Id::uuid))
    .bind(charge.agency.uuid())
    .bind(charge.amount)
    .bind(charge.state.as_str())
    .bind(charge.asked_at)
    .run(tx)
    .await?;
    Ok(made == 1)
}

async fn insert_item(tx: &Tx, charge: Id, number: i64, item: &ItemDue, name: &str) -> Result<()> {
    Sql::new(
        "INSERT INTO payments_items (charge_id, number, code, kind, name, amount) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(charge.uuid())
    .bind(number)
    .bind(item.code.as_str())
    .bind(item.kind.as_str())
    .bind(name)
    .bind(item.amount)
    .run(tx)
    .await?;
    Ok(())
}

/// What the fees of a version are called, by their codes.
async fn names(app: &App, procedure: Id) -> Result<HashMap<String, String>> {
    let catalogue = app.ask::<dyn Procedures>().ok_or_else(|| Error::inside("nobody knows procedures"))?;
    let procedure = catalogue.version(procedure).await?;
    let fees = procedure.iter().flat_map(|procedure| &procedure.fees);
    Ok(fees.map(|fee| (fee.code.clone(), fee.name.clone())).collect())
}

async fn cancel_open(change: &Change<'_>, subject: Id) -> Result<()> {
    for mut charge in queries::of_subject(change.tx, subject).await? {
        if charge.state.is_open() {
            let told = summary(&charge);
            change.set_state(&mut charge, State::Cancelled, "payments.cancelled", &told).await?;
        }
    }
    Ok(())
}

/// A dossier was refused, withdrawn or stopped: nothing is due any more, and what was paid is asked back.
pub(crate) async fn give_back(app: &App, tx: &Tx, event: &Event, now: Now) -> Result<()> {
    let told: DossierChanged = serde_json::from_value(event.data.clone())?;
    let change = Change { app, tx, now, actor: event.actor };
    cancel_open(&change, event.thing_id).await?;
    for mut charge in queries::of_subject(tx, event.thing_id).await? {
        if charge.state == State::Paid {
            settle::ask_back(&change, &mut charge, json!({ "dossier_state": told.state })).await?;
        }
    }
    Ok(())
}
