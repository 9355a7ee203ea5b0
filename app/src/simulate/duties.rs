//! Payments that are asked for beside the fees, and applicants who withdraw.

use anyhow::Result;
use base::Id;
use dossiers::actions::Asked;
use dossiers::dossier::State;
use system::Caller;

use super::World;
use crate::place::told;

impl World<'_> {
    /// Of those who were asked to pay, one paid at the desk, one through the gateway, and of one the gateway told a wrong
    /// amount; the others have not paid yet.
    pub(super) async fn pay(&self) -> Result<()> {
        let app = &self.program.app;
        for (number, dossier) in self.in_state(State::PaymentAsked).await?.into_iter().enumerate() {
            let charges = payments::queries::of_subject(app.store.read(), dossier.id).await.map_err(told)?;
            let citizen = self.citizens.iter().find(|citizen| citizen.person == dossier.applicant);
            let (Some(charge), Some(citizen), Some(desk)) = (charges.last(), citizen, self.desk_of(&dossier)) else {
                continue;
            };
            match number {
                0 => payments::demo::pay_cash(app, desk, charge).await,
                1 => payments::demo::pay_online(app, &citizen.caller, charge, charge.amount).await,
                2 => payments::demo::pay_online(app, &citizen.caller, charge, charge.amount - 1_000).await,
                _ => Ok(()),
            }
            .map_err(told)?;
        }
        Ok(())
    }

    /// Who received a dossier at the desk.
    fn desk_of(&self, dossier: &dossiers::dossier::Dossier) -> Option<&Caller> {
        self.staff.officers.iter().find(|caller| {
            caller.officer().is_ok_and(|officer| {
                officer.agency == dossier.receiving && officer.kind == system::PositionKind::Reception
            })
        })
    }

    /// What was paid or withdrawn in the week before, and what is from now on.
    pub(super) async fn begin_week(&self, duties: usize) -> Result<()> {
        if duties == 0 {
            return Ok(());
        }
        let app = &self.program.app;
        for dossier in self.in_state(State::PaymentAsked).await? {
            let charges = payments::queries::of_subject(app.store.read(), dossier.id).await.map_err(told)?;
            if let Some((charge, desk)) = charges.last().zip(self.desk_of(&dossier)) {
                payments::demo::pay_cash(app, desk, charge).await.map_err(told)?;
            }
        }
        for dossier in self.in_state(State::WithdrawalAsked).await? {
            if let Some(desk) = self.desk_of(&dossier) {
                let agreed = self.chance(80);
                let settled = dossiers::actions::settle_withdrawal(app, app.now(), desk, dossier.id, agreed).await;
                settled.map_err(told)?;
            }
        }
        self.leave_some_open(duties).await
    }

    /// Some wait for a payment or to be withdrawn.
    pub(super) async fn leave_some_open(&self, duties: usize) -> Result<()> {
        let app = &self.program.app;
        let now = app.now();
        let mut received = self.in_state(State::Processing).await?;
        received.extend(self.in_state(State::Received).await?);
        received.retain(|dossier| Some(dossier.id) != self.left);
        for (number, dossier) in received.into_iter().step_by(2).take(duties).enumerate() {
            if number % 2 == 0 {
                if let Some(desk) = self.desk_of(&dossier) {
                    let asked = Asked {
                        fees: Vec::new(),
                        duty: Some((150_000, "Nghĩa vụ tài chính minh họa".to_owned())),
                    };
                    let id = Id::new(now);
                    dossiers::actions::ask_payment(app, now, desk, dossier.id, id, asked).await.map_err(told)?;
                }
            } else if let Some(citizen) = self.citizens.iter().find(|citizen| citizen.person == dossier.applicant) {
                dossiers::actions::ask_to_withdraw(app, now, &citizen.caller, dossier.id).await.map_err(told)?;
            }
        }
        Ok(())
    }
}
