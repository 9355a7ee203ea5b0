//! Several procedures filled in beside each other and sent by one press; a paper that more than one asks for is handed in
//! once.

use std::sync::Arc;

use base::{Error, Id, Now, Result};
use contracts::questions::Procedure;
use store::Sql;
use system::App;

use crate::paper::Draft;
use crate::{filing, queries};

/// Begins a draft for each procedure, with the agency it goes to. `id` comes from the page, so that a button pressed twice
/// begins them once.
pub async fn begin_bundle(app: &App, now: Now, id: Id, owner: Id, wanted: &[(Arc<Procedure>, Id)]) -> Result<()> {
    if !queries::sent_together(app.store.read(), id).await?.is_empty() {
        return Ok(());
    }
    let begun = app
        .store
        .write(async |tx| {
            for (procedure, agency) in wanted {
                Sql::new(
                    "INSERT INTO dossiers_drafts (id, owner_id, applicant_id, procedure_code, procedure_name, agency_id, \
                     answers, papers, started_at, saved_at, bundle_id) VALUES ($1, $2, $2, $3, $4, $5, '{}', '[]', $6, $6, $7)",
                )
                .bind(Id::new(now).uuid())
                .bind(owner.uuid())
                .bind(procedure.code.as_str())
                .bind(procedure.name.as_str())
                .bind(agency.uuid())
                .bind(now.utc())
                .bind(id.uuid())
                .run(tx)
                .await?;
            }
            Ok::<_, Error>(())
        })
        .await;
    match begun {
        // Pressed twice at once: the other one was quicker.
        Err(error) if store::is_duplicate(&error) => Ok(()),
        begun => begun,
    }
}

/// The drafts filled in beside this one that ask for the paper which this component is, each with its own component.
pub(super) async fn asking_for_the_same(
    app: &App,
    now: Now,
    draft: &Draft,
    component: &str,
) -> Result<Vec<(Draft, String)>> {
    let Some(bundle) = draft.bundle else { return Ok(Vec::new()) };
    let Some(procedure) = filing::in_force(app, &draft.procedure_code, now).await? else { return Ok(Vec::new()) };
    let Some(paper) = procedure.files().find(|paper| paper.code == component) else { return Ok(Vec::new()) };
    let mut asking = Vec::new();
    for other in queries::bundled(app.store.read(), draft.owner, bundle).await? {
        if other.id == draft.id {
            continue;
        }
        let Some(procedure) = filing::in_force(app, &other.procedure_code, now).await? else { continue };
        if let Some(same) = procedure.files().find(|asked| filing::is_same(asked, paper)) {
            asking.push((other, same.code.clone()));
        }
    }
    Ok(asking)
}
