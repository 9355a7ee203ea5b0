use base::{Id, Result};
use store::{Connection, Sql};

use crate::dossier::Dossier;
use crate::paper::Draft;
use crate::tables::{DOSSIER, DRAFT, dossier, draft};

/// The drafts that a person fills in beside each other, as they were begun.
pub(crate) async fn bundled(c: &impl Connection, owner: Id, bundle: Id) -> Result<Vec<Draft>> {
    Sql::composed(format!("SELECT {DRAFT} FROM dossiers_drafts WHERE bundle_id = $1 AND owner_id = $2 ORDER BY id"))
        .bind(bundle.uuid())
        .bind(owner.uuid())
        .all(c, |row| draft(&row))
        .await
}

/// What was sent in together.
pub(crate) async fn sent_together(c: &impl Connection, bundle: Id) -> Result<Vec<Dossier>> {
    Sql::composed(format!(
        "SELECT {DOSSIER} FROM dossiers_bundles b JOIN dossiers d ON d.id = b.dossier_id WHERE b.bundle_id = $1 ORDER BY d.id"
    ))
    .bind(bundle.uuid())
    .all(c, |row| dossier(&row))
    .await
}

/// What a dossier was sent in with.
pub(crate) async fn bundle_of(c: &impl Connection, dossier: Id) -> Result<Option<Id>> {
    Sql::new("SELECT bundle_id FROM dossiers_bundles WHERE dossier_id = $1")
        .bind(dossier.uuid())
        .one(c, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await
}
