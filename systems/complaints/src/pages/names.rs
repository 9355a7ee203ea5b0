use std::collections::HashMap;

use base::{Id, Result};
use system::App;

/// The names of agencies, each asked for once.
#[derive(Default)]
pub(in crate::pages) struct Names(HashMap<Id, String>);

impl Names {
    pub(in crate::pages) async fn of(&mut self, app: &App, agency: Id) -> Result<String> {
        if let Some(name) = self.0.get(&agency) {
            return Ok(name.clone());
        }
        let name = directory::queries::agency(app.store.read(), agency).await?.map(|agency| agency.name);
        Ok(self.0.entry(agency).or_insert(name.unwrap_or_default()).clone())
    }
}
