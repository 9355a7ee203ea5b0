//! What second persons were asked to agree to.

use base::{Error, Id, Result};
use store::{Connection, Row, Sql};

use crate::consent::{Answer, Consent};
use crate::paper::Draft;
use crate::tables::{DRAFT, draft};

const CONSENT: &str =
    "id, draft_id, role, number, seal, asked_at, until, person_id, name, agreed, answered_at FROM dossiers_consents";

fn consent(row: &Row) -> Result<Consent> {
    let answer = match (row.get::<Option<uuid::Uuid>>(7)?, row.get(8)?, row.get(9)?, row.get(10)?) {
        (Some(person), Some(name), Some(agreed), Some(at)) => {
            Some(Answer { person: Id::from_uuid(person), name, agreed, at })
        }
        _ => None,
    };
    Ok(Consent {
        id: Id::from_uuid(row.get(0)?),
        draft: Id::from_uuid(row.get(1)?),
        role: row.get(2)?,
        number: row.get::<String>(3)?.parse()?,
        seal: row.get(4)?,
        asked_at: row.get(5)?,
        until: row.get(6)?,
        answer,
    })
}

pub(crate) async fn consent_by_id(c: &impl Connection, id: Id) -> Result<Option<Consent>> {
    Sql::composed(format!("SELECT {CONSENT} WHERE id = $1")).bind(id.uuid()).one(c, |row| consent(&row)).await
}

/// The newest of each role of a draft, which is the form that its dossier is sent with.
pub(crate) async fn consents(c: &impl Connection, draft: Id) -> Result<Vec<Consent>> {
    Sql::composed(format!(
        "SELECT {CONSENT} WHERE draft_id = $1 AND NOT EXISTS (SELECT 1 FROM dossiers_consents later \
         WHERE later.draft_id = dossiers_consents.draft_id AND later.role = dossiers_consents.role \
         AND later.id > dossiers_consents.id) ORDER BY role"
    ))
    .bind(draft.uuid())
    .all(c, |row| consent(&row))
    .await
}

/// A draft, whoever fills it in: the caller decides who may know it.
pub(crate) async fn draft_by_id(c: &impl Connection, id: Id) -> Result<Draft> {
    Sql::composed(format!("SELECT {DRAFT} FROM dossiers_drafts WHERE id = $1"))
        .bind(id.uuid())
        .one(c, |row| draft(&row))
        .await?
        .ok_or(Error::NotFound)
}
