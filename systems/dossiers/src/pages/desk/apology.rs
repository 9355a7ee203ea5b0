//! A new date for a dossier that will be late.

use flow::pages::OnPage;
use system::Officer;
use web::{Answer, Sent};

use crate::access::SIGN;
use crate::actions;
use crate::apology::{Apology, NewApology, is_owed};
use crate::dossier::Dossier;

/// What the page shows of it.
pub(super) enum Standing {
    /// Nothing to say, or nobody here who may.
    Silent,
    Said(Apology),
    Asked(Box<Form>),
}

/// The form, with what is wrong with what was sent.
pub(super) struct Form {
    pub(super) open: bool,
    pub(super) reason: String,
    pub(super) reason_error: String,
    pub(super) on: String,
    pub(super) on_error: String,
}

/// `offered` opens the form by itself: it was told that the date will not be kept.
pub(super) fn standing(
    officer: &Officer,
    dossier: &Dossier,
    said: Option<Apology>,
    offered: bool,
    sent: &Sent,
) -> Standing {
    match said {
        Some(apology) => Standing::Said(apology),
        None if is_owed(dossier) && officer.agency == dossier.agency && officer.permissions.contains(SIGN) => {
            let at = |field: &str| sent.errors.at(field).to_owned();
            Standing::Asked(Box::new(Form {
                open: offered || !at("apology-reason").is_empty() || !at("again-on").is_empty(),
                reason: sent.value("apology-reason").to_owned(),
                reason_error: at("apology-reason"),
                on: sent.value("again-on").to_owned(),
                on_error: at("again-on"),
            }))
        }
        None => Standing::Silent,
    }
}

pub(super) async fn apologise(on: OnPage<Dossier>) -> Answer {
    let new =
        NewApology { reason: on.sent.value("apology-reason").to_owned(), on: base::iso_day(on.sent.value("again-on")) };
    let done = actions::apologise(&on.app, on.visitor.now, &on.visitor.caller, on.thing.id, &new).await;
    on.answered(done, "dossiers-told-apologised").await
}
