//! A financial duty (state 6): the clock stands still until it is met.

use base::{Error, Id, Now, Result};
use contracts::events::{ChargePaid, ItemDue, PaymentDue};
use contracts::questions::{Payments, Procedure};
use journal::{Actor, Entry, Event, record};
use store::{Sql, Tx};
use system::{App, Caller};
use worktime::ledger;

use super::desk::case_clock;
use super::{Change, current, thing};
use crate::access::{self, RECEIVE};
use crate::dossier::{Channel, Dossier, State};

/// What the applicant is asked to pay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Codes of fees of the procedure, each as high as the way in which the dossier came has it.
    pub fees: Vec<String>,
    /// A duty assessed for this dossier alone, in whole đồng, and what it is for.
    pub duty: Option<(i64, String)>,
}

impl Asked {
    /// All that the procedure charges for a dossier that came in this way.
    pub fn all(procedure: &Procedure, channel: Channel) -> Self {
        let fees = procedure.fees.iter().filter(|fee| fee.channel == channel.as_str() && fee.amount > 0);
        Self { fees: fees.map(|fee| fee.code.clone()).collect(), duty: None }
    }

    fn items(&self, procedure: &Procedure, channel: Channel) -> Result<Vec<ItemDue>> {
        let mut items = Vec::new();
        for code in &self.fees {
            let of_channel = |fee: &&contracts::questions::Fee| fee.code == *code && fee.channel == channel.as_str();
            let fee = procedure.fees.iter().find(of_channel);
            let fee = fee.ok_or_else(|| Error::invalid("fees", "dossiers-payment-fee-unknown"))?;
            items.push(ItemDue { code: fee.code.clone(), kind: fee.kind.clone(), amount: fee.amount });
        }
        if let Some((amount, reason)) = &self.duty {
            if *amount <= 0 || *amount > MOST {
                return Err(Error::invalid("amount", "dossiers-payment-amount-wrong"));
            }
            if reason.trim().is_empty() || reason.chars().count() > WORDS {
                return Err(Error::invalid("reason", "dossiers-payment-reason-missing"));
            }
            items.push(ItemDue { code: "duty".to_owned(), kind: "duty".to_owned(), amount: *amount });
        }
        if items.is_empty() {
            return Err(Error::invalid("fees", "dossiers-payment-nothing"));
        }
        Ok(items)
    }
}

/// A trillion đồng: whoever types more has typed too many noughts.
const MOST: i64 = 1_000_000_000_000;
/// The longest reason, in characters.
const WORDS: usize = 500;

/// Asks the applicant to pay; the clock stands still. `id` was made with the form.
///
/// # Errors
/// [`Error::Invalid`] when nothing is asked for, or something that the procedure does not charge.
pub async fn ask_payment(app: &App, now: Now, caller: &Caller, dossier: Id, id: Id, asked: Asked) -> Result<Dossier> {
    let officer = access::may(caller, RECEIVE)?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let mut dossier = current(tx, dossier).await?;
            if officer.agency != dossier.receiving {
                return Err(Error::NotFound);
            }
            let items = asked.items(&*change.version(dossier.procedure).await?, dossier.channel)?;
            if !keep(&change, &dossier, id, &items, &asked).await? {
                return Ok(dossier);
            }
            let (calendars, clock) = (app.parts.get()?, case_clock(dossier.case));
            ledger::pause(tx, calendars, clock, now.utc(), "chờ thực hiện nghĩa vụ tài chính").await?;
            change.set_state(&mut dossier, State::PaymentAsked, "dossiers.payment-asked").await?;
            let due = PaymentDue {
                charge: id,
                code: dossier.code.clone(),
                procedure: dossier.procedure,
                payer: dossier.applicant,
                filed_by: dossier.filed_by,
                agency: dossier.receiving,
                items,
            };
            record(tx, now, &change.actor, Entry::new("dossiers.payment-due", thing(dossier.id), &due)?).await?;
            Ok(dossier)
        })
        .await
}

/// Gives `false` when the same form was sent before.
async fn keep(change: &Change<'_>, dossier: &Dossier, id: Id, items: &[ItemDue], asked: &Asked) -> Result<bool> {
    let kept = Sql::new(
        "INSERT INTO dossiers_duties (id, dossier_id, amount, reason, asked_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(id.uuid())
    .bind(dossier.id.uuid())
    .bind(items.iter().map(|item| item.amount).sum::<i64>())
    .bind(asked.duty.as_ref().map(|(_, reason)| reason.trim()).unwrap_or_default())
    .bind(change.now.utc())
    .run(change.tx)
    .await?;
    Ok(kept == 1)
}

/// The desk says that it was paid, where no other system knows; the work goes on.
///
/// # Errors
/// [`Error::Conflict`] where a system takes the money and says so itself.
pub async fn confirm_payment(app: &App, now: Now, caller: &Caller, dossier: Id) -> Result<Dossier> {
    let officer = access::may(caller, RECEIVE)?;
    if app.ask::<dyn Payments>().is_some() {
        return Err(Error::Conflict("dossiers-payment-said-elsewhere"));
    }
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let mut dossier = current(tx, dossier).await?;
            if officer.agency != dossier.receiving {
                return Err(Error::NotFound);
            }
            if dossier.state != State::PaymentAsked {
                return Err(Error::Conflict("dossiers-moved-on"));
            }
            go_on(&change, &mut dossier).await?;
            Ok(dossier)
        })
        .await
}

/// A charge was paid: if a dossier waits for just this one, its work goes on.
pub(crate) async fn charge_paid(app: &App, tx: &Tx, event: &Event, now: Now) -> Result<()> {
    let paid: ChargePaid = serde_json::from_value(event.data.clone())?;
    if paid.subject_kind != "dossier" {
        return Ok(());
    }
    let Some(mut dossier) = crate::queries::by_id(tx, paid.subject).await? else { return Ok(()) };
    let met = Sql::new("UPDATE dossiers_duties SET paid_at = $2 WHERE id = $1 AND paid_at IS NULL")
        .bind(event.thing_id.uuid())
        .bind(now.utc())
        .run(tx)
        .await?;
    let newest = crate::queries::newest_duty(tx, dossier.id).await?;
    // What was paid while a withdrawal is looked at, or for a duty that a newer one took the place of, moves nothing.
    if met == 1 && newest.is_some_and(|duty| duty.id == event.thing_id) && dossier.state == State::PaymentAsked {
        let change = Change { app, tx, now, actor: Actor::PROGRAM };
        go_on(&change, &mut dossier).await?;
    }
    Ok(())
}

async fn go_on(change: &Change<'_>, dossier: &mut Dossier) -> Result<()> {
    ledger::resume(change.tx, change.app.parts.get()?, case_clock(dossier.case), change.now.utc()).await?;
    change.set_state(dossier, State::Processing, "dossiers.paid").await
}
