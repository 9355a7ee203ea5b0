//! Papers that wait for somebody to open them: those of a simulated past, of which hardly any is ever looked at.
//!
//! All that stands on such a paper, and by whom and when it was signed, is in its row. It is made of that as it would have
//! been made then.

use base::{Error, Id, Now, Result};
use bytes::Bytes;
use files::FileKind;
use store::Sql;
use system::App;

use super::issue::signed_at;
use super::paperwork::{issued, numbered_at, prepare, print_slip, signed};
use crate::queries;
use crate::slip::{PaperFile, Stage};

/// The hash under which a paper is kept, once it is made.
///
/// # Errors
/// `dossiers-paper-not-ready` when it went to its next stage meanwhile.
pub(crate) async fn opened(app: &App, file: &PaperFile) -> Result<String> {
    let made = match file {
        PaperFile::Kept(hash) => return Ok(hash.clone()),
        PaperFile::SlipOnDemand(id) => slip(app, *id).await?,
        PaperFile::ResultOnDemand(id) => result(app, *id).await?,
    };
    match made {
        Some(PaperFile::Kept(hash)) => Ok(hash),
        _ => Err(Error::Conflict("dossiers-paper-not-ready")),
    }
}

async fn slip(app: &App, id: Id) -> Result<Option<PaperFile>> {
    let found = queries::slip_by_id(app.store.read(), id).await?.ok_or(Error::NotFound)?;
    if found.file != Some(PaperFile::SlipOnDemand(id)) {
        return Ok(found.file);
    }
    let hash = print_slip(app, &found).await?;
    app.store
        .write(async |tx| {
            // Two may open it at once; the paper that is there first stays.
            Sql::new(
                "UPDATE dossiers_slips SET file_hash = $2, failed = NULL \
                 WHERE id = $1 AND file_hash IS NULL AND next_at IS NULL",
            )
            .bind(id.uuid())
            .bind(hash.as_str())
            .run(tx)
            .await?;
            Ok(queries::slip_by_id(tx, id).await?.and_then(|slip| slip.file))
        })
        .await
}

async fn result(app: &App, id: Id) -> Result<Option<PaperFile>> {
    let found = queries::outcome_by_id(app.store.read(), id).await?.ok_or(Error::NotFound)?;
    if found.file != Some(PaperFile::ResultOnDemand(id)) {
        return Ok(found.file);
    }
    let (paper, places) = match found.stage {
        Stage::Printed => prepare(app, &found, app.now().utc()).await?,
        Stage::Signed => signed(app, &found, Now::at(signed_at(&found)?)).await?,
        Stage::Issued => {
            let (paper, places) = signed(app, &found, Now::at(signed_at(&found)?)).await?;
            (issued(app, &found, paper, &places, Now::at(numbered_at(&found)?)).await?, places)
        }
        Stage::Proposed | Stage::Signing | Stage::Numbered | Stage::Void => return Ok(None),
    };
    let stored = app.files.keep(Bytes::from(paper.into_bytes()), FileKind::Pdf).await?;
    let places = serde_json::to_string(&places)?;
    app.store
        .write(async |tx| {
            Sql::new(
                "UPDATE dossiers_results SET file_hash = $3, places = $4 \
                 WHERE id = $1 AND stage = $2 AND file_hash IS NULL AND next_at IS NULL",
            )
            .bind(id.uuid())
            .bind(found.stage.as_str())
            .bind(stored.hash.as_str())
            .bind(places.as_str())
            .run(tx)
            .await?;
            Ok(queries::outcome_by_id(tx, id).await?.and_then(|outcome| outcome.file))
        })
        .await
}
