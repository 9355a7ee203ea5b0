//! Papers of a simulated past: hardly any of them is ever looked at, so they are made when somebody opens them.

use base::{Error, Id, Result};
use store::{Sql, Tx};
use system::App;

use crate::slip::Stage;

/// Leaves the papers that are due to whoever opens them; those of the dossiers in `sample` stay due.
///
/// Results go to the stage they would have with their paper, so that the step after it can be taken. Only a demo has a
/// past that nobody lived through: in a real province a step waits until the paper bears what it must.
///
/// # Errors
/// [`Error::Inside`] in a real province.
pub async fn leave_papers(app: &App, sample: &[Id]) -> Result<()> {
    if !app.settings.demo {
        return Err(Error::inside("only a demo leaves papers to be made later"));
    }
    app.store
        .write(async |tx| {
            leave(tx, app, "UPDATE dossiers_slips SET next_at = NULL WHERE next_at <= $1", &[], sample).await?;
            for (from, to) in
                [(Stage::Proposed, Stage::Printed), (Stage::Signing, Stage::Signed), (Stage::Numbered, Stage::Issued)]
            {
                let further = "UPDATE dossiers_results SET stage = $3, file_hash = NULL, places = '[]', next_at = NULL, \
                               failed = NULL WHERE next_at <= $1 AND stage = $2";
                leave(tx, app, further, &[from, to], sample).await?;
            }
            Ok(())
        })
        .await
}

async fn leave(tx: &Tx, app: &App, update: &str, stages: &[Stage], sample: &[Id]) -> Result<()> {
    let but = match sample.len() {
        0 => String::new(),
        count => format!("AND dossier_id NOT IN ({})", store::marks(2 + stages.len(), count)),
    };
    let mut sql = Sql::composed(format!("{update} {but}")).bind(app.now().utc());
    for stage in stages {
        sql = sql.bind(stage.as_str());
    }
    for dossier in sample {
        sql = sql.bind(dossier.uuid());
    }
    sql.run(tx).await?;
    Ok(())
}
