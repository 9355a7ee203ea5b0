//! The desk has the applicant pay: which fees, or which duty, and what became of it.

use axum::extract::State;
use base::{Error, Id, Result};
use contracts::questions::{Charged, Payments, Procedure};
use flow::pages::Worked as _;
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Visitor, redirect_with};

use crate::actions::{self, Asked};
use crate::dossier::Dossier;
use crate::queries;

/// The form that asks.
pub(super) struct Asking {
    pub(super) id: Id,
    pub(super) open: bool,
    pub(super) fees: Vec<FeeBox>,
    pub(super) amount: String,
    pub(super) reason: String,
}

/// A fee of the procedure, ticked unless the officer thinks otherwise.
pub(super) struct FeeBox {
    pub(super) value: String,
    pub(super) text: String,
    pub(super) hint: String,
    pub(super) checked: bool,
}

const FEES: &str = "fees";

impl Asking {
    pub(super) fn of(visitor: &Visitor, dossier: &Dossier, procedure: &Procedure, sent: &Sent) -> Self {
        let here = sent.value("viec") == "yeu-cau";
        let of_channel = procedure.fees.iter().filter(|fee| fee.channel == dossier.channel.as_str() && fee.amount > 0);
        let fees = of_channel.map(|fee| FeeBox {
            value: fee.code.clone(),
            text: fee.name.clone(),
            hint: base::Money(fee.amount).to_string(),
            checked: !here || sent.all(FEES).any(|code| code == fee.code),
        });
        Self {
            id: visitor.form_id(),
            open: here,
            fees: fees.collect(),
            amount: sent.value("amount").to_owned(),
            reason: sent.value("reason").to_owned(),
        }
    }
}

/// What is charged for the dossier, the newest last; `None` where no system takes money.
pub(super) async fn charged(app: &App, dossier: Id) -> Result<Option<Vec<Charged>>> {
    match app.ask::<dyn Payments>() {
        Some(payments) => payments.charged(dossier).await.map(Some),
        None => Ok(None),
    }
}

/// Asks for fees or a duty, or says that it was met where no system takes the money.
pub(super) async fn payment(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let dossier = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let sent = Sent::new(pairs);
    let address = format!("{}/{code}", Dossier::LIST);
    if sent.value("viec") == "da-nop" {
        actions::confirm_payment(&app, visitor.now, &visitor.caller, dossier.id).await?;
        return Ok(redirect_with(&address, Flash::success("dossiers-told-paid")));
    }
    let asked = async {
        let id = sent.value("id").parse().map_err(|_| Error::invalid(FEES, "web-error-form"))?;
        actions::ask_payment(&app, visitor.now, &visitor.caller, dossier.id, id, wanted(&sent)?).await
    };
    match asked.await {
        Ok(_) => Ok(redirect_with(&address, Flash::success("dossiers-told-payment-asked"))),
        Err(Error::Invalid(errors)) => {
            let sent = sent.wrong(&visitor, &errors);
            Dossier::again(&app, &visitor, &code, None, sent).await
        }
        Err(error) => Err(error.into()),
    }
}

fn wanted(sent: &Sent) -> Result<Asked> {
    let amount = sent.value("amount").replace(['.', ' '], "");
    let reason = sent.value("reason").to_owned();
    let duty = match amount.as_str() {
        "" if reason.trim().is_empty() => None,
        digits => {
            let amount = digits.parse().map_err(|_| Error::invalid("amount", "dossiers-payment-amount-wrong"))?;
            Some((amount, reason))
        }
    };
    Ok(Asked { fees: sent.all(FEES).map(str::to_owned).collect(), duty })
}
