use base::{Id, Now, Result};
use flow::Work;
use system::{App, Caller};
use worktime::ledger::{self, Owner};

use super::Change;
use super::classify::existing;
use crate::petition::{Petition, State};
use crate::rules;

/// Assigns a petition to who answers it: the clock begins. What was promised at the first assignment stays when an agency
/// returns it and it is assigned to another.
///
/// # Errors
/// [`base::Error::Conflict`] when it was assigned meanwhile.
pub async fn assign(app: &App, now: Now, caller: &Caller, petition: Id, step: Id, agency: Id) -> Result<Petition> {
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller.actor());
            let (officer, mut petition, open) = change.at_work(caller, petition, step, &[Work::Assign]).await?;
            petition.agency = existing(&change, agency).await?;
            let flow = change.flow();
            flow.hand_over(petition.case, petition.agency).await?;
            flow.complete(officer, &open, "assign", None).await?;
            if ledger::find(tx, Owner { kind: "case", id: petition.case }).await?.is_none() {
                let terms = flow::actions::terms(&rules::deadline()?)?;
                petition.promised_at = flow.start_clock(petition.case, petition.agency, terms, now.utc()).await?;
            }
            change.share(petition.id, petition.agency).await?;
            change.set_state(&mut petition, State::Assigned, "petitions.assigned").await?;
            Ok(petition)
        })
        .await
}
