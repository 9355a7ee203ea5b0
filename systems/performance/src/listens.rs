//! What happened to a dossier, to the money for it, or to a report: it is counted anew.

use std::pin::Pin;

use base::{Id, Now, Result};
use contracts::events::{ChargePaid, DossierTold};
use journal::Event;
use store::Tx;
use system::App;

use crate::actions;

type Reacted<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Entries about a dossier after which something that is counted may be different.
pub(crate) const DOSSIERS: &[&str] = &[
    "dossiers.submitted",
    "dossiers.received",
    "dossiers.not-received",
    "dossiers.taken-up",
    "dossiers.supplement-asked",
    "dossiers.supplement-answered",
    "dossiers.payment-asked",
    "dossiers.moved",
    "dossiers.paid",
    "dossiers.withdrawal-asked",
    "dossiers.withdrawal-refused",
    "dossiers.withdrawn",
    "dossiers.stopped",
    "dossiers.numbered",
    "dossiers.finished",
    "dossiers.returned",
    "dossiers.rated",
];

/// Entries about a report after which something that is counted may be different.
pub(crate) const REPORTS: &[&str] = &[
    "feedback.filed",
    "feedback.assigned",
    "feedback.refused",
    "feedback.given-back",
    "feedback.took-in",
    "feedback.taken-out",
    "feedback.reopened",
    "feedback.answered",
];

pub(crate) fn dossier_changed<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, _: Now) -> Reacted<'a> {
    Box::pin(actions::count(app, tx, std::slice::from_ref(&event.thing_id)))
}

pub(crate) fn charge_paid<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, _: Now) -> Reacted<'a> {
    Box::pin(async move {
        let paid: ChargePaid = serde_json::from_value(event.data.clone())?;
        if paid.subject_kind == "dossier" { actions::count(app, tx, &[paid.subject]).await } else { Ok(()) }
    })
}

pub(crate) fn known_nationally<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, _: Now) -> Reacted<'a> {
    Box::pin(async move {
        let told: DossierTold = serde_json::from_value(event.data.clone())?;
        actions::count(app, tx, &[told.dossier]).await
    })
}

pub(crate) fn report_changed<'a>(app: &'a App, tx: &'a Tx, event: &'a Event, _: Now) -> Reacted<'a> {
    Box::pin(async move {
        // Those that one took in have no entry of their own.
        let joined = event.data.get("reports").cloned().map(serde_json::from_value::<Vec<Id>>).transpose()?;
        let mut reports = joined.unwrap_or_default();
        reports.push(event.thing_id);
        actions::count_reports(app, tx, &reports).await
    })
}
