//! Who has the dossier in hand.

use std::collections::HashMap;

use base::{Id, Now, Result};
use flow::{OpenStep, Work};
use system::App;

/// The names of agencies, each asked for once.
#[derive(Default)]
pub(super) struct Names(HashMap<Id, String>);

impl Names {
    pub(super) async fn of(&mut self, app: &App, agency: Id) -> Result<String> {
        if let Some(name) = self.0.get(&agency) {
            return Ok(name.clone());
        }
        let name = directory::queries::agency(app.store.read(), agency).await?.map(|agency| agency.name);
        Ok(self.0.entry(agency).or_insert(name.unwrap_or_default()).clone())
    }
}

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
        holders.push(Holder { agency: names.of(app, step.agency).await?, unit, step: step.clone() });
    }
    Ok(holders)
}
