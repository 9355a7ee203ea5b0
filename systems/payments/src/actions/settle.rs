//! Money came.

use base::{Error, Id, Result};
use contracts::events::ChargePaid;
use serde_json::json;
use store::{Sql, next_number};

use super::{Change, attempt};
use crate::charge::{Attempt, Charge, State, Tried};
use crate::queries;
use crate::receipt::{self, Proof};

/// What the money did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    Paid,
    /// Nothing was due any more: it goes back.
    GoesBack,
    /// It was paid before, by another attempt.
    Twice,
}

/// Counts the money of an attempt for its charge; a receipt follows.
///
/// `taken_by` is the officer at the desk, empty for money that came by itself.
pub(super) async fn settle(
    change: &Change<'_>,
    charge: &mut Charge,
    attempt: &Attempt,
    transaction: Option<&str>,
    taken_by: &str,
) -> Result<Settled> {
    attempt::end(change.tx, change.now, attempt, Tried::Paid, transaction).await?;
    match charge.state {
        State::Open | State::Paying => {
            charge.paid_at = Some(change.now.utc());
            charge.paid_by = Some(attempt.way);
            keep_receipt(change, charge, attempt, transaction, taken_by).await?;
            let told = ChargePaid {
                subject_kind: charge.subject_kind.clone(),
                subject: charge.subject,
                amount: charge.amount,
                way: attempt.way.as_str().to_owned(),
            };
            change.set_state(charge, State::Paid, "payments.paid", &told).await?;
            Ok(Settled::Paid)
        }
        State::Cancelled => {
            charge.paid_at = Some(change.now.utc());
            charge.paid_by = Some(attempt.way);
            ask_back(change, charge, json!({ "order": attempt.order })).await?;
            Ok(Settled::GoesBack)
        }
        State::Paid | State::RefundAsked | State::Refunded => {
            change.tell(charge.id, "payments.paid-twice", &json!({ "order": attempt.order })).await?;
            Ok(Settled::Twice)
        }
    }
}

/// What was paid is to be given back.
pub(super) async fn ask_back(change: &Change<'_>, charge: &mut Charge, told: serde_json::Value) -> Result<()> {
    change.set_state(charge, State::RefundAsked, "payments.refund-asked", &told).await
}

async fn keep_receipt(
    change: &Change<'_>,
    charge: &Charge,
    attempt: &Attempt,
    transaction: Option<&str>,
    taken_by: &str,
) -> Result<()> {
    let agency = directory::queries::agency(change.tx, charge.agency).await?.ok_or(Error::NotFound)?;
    let payer = directory::queries::party(change.tx, charge.payer).await?;
    let year = change.now.year();
    let number = next_number(change.tx, &format!("payments-receipt:{}", agency.code), &year.to_string()).await?;
    let items = queries::items(change.tx, charge.id).await?;
    let proof = Proof {
        app: change.app,
        agency: &agency,
        payer: payer.as_ref().map(directory::Party::name).unwrap_or_default(),
        items: &items,
        order: &attempt.order,
        way: attempt.way,
        transaction,
        taken_by,
        number: receipt::number(number, year.into()),
        at: change.now.utc(),
    };
    Sql::new(
        "INSERT INTO payments_receipts (id, charge_id, agency_id, year, number, data, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(Id::new(change.now).uuid())
    .bind(charge.id.uuid())
    .bind(charge.agency.uuid())
    .bind(i64::from(year))
    .bind(number)
    .bind(serde_json::to_string(&proof.paper(charge)?)?)
    .bind(change.now.utc())
    .run(change.tx)
    .await?;
    Ok(())
}
