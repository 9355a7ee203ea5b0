//! Who has the dossier in hand.

use base::{Now, Result};
use directory::queries::Names;
use flow::{OpenStep, Work};
use system::App;

/// Who has an open step, as people say it.
pub(super) struct Holder {
    pub(super) step: OpenStep,
    pub(super) agency: String,
    /// Name of the unit, where the work lies with one.
    pub(super) unit: Option<String>,
}

/// The open steps that somebody has in hand; a step that waits for another agency's part is told by that part.
pub(super) async fn holders(app: &App, steps: &[OpenStep], now: Now) -> Result<Vec<Holder>> {
    let mut names = Names::default();
    let mut holders = Vec::new();
    for step in steps.iter().filter(|step| step.closed_at.is_none() && step.does != Work::SubCase) {
        let unit = match &step.unit {
            Some(code) => {
                let units = directory::queries::units(app.store.read(), step.agency, now.today()).await?;
                units.into_iter().find(|unit| unit.code == *code).map(|unit| unit.name)
            }
            None => None,
        };
        holders.push(Holder { agency: names.of(app.store.read(), step.agency).await?, unit, step: step.clone() });
    }
    Ok(holders)
}
