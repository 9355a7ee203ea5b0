use std::collections::HashMap;

use base::{Id, Result};
use store::Connection;

use super::agency;

/// The names of agencies, each asked for once.
#[derive(Default)]
pub struct Names(HashMap<Id, String>);

impl Names {
    /// The name; empty for an id that no agency has.
    pub async fn of(&mut self, connection: &impl Connection, id: Id) -> Result<String> {
        if let Some(name) = self.0.get(&id) {
            return Ok(name.clone());
        }
        let name = agency(connection, id).await?.map(|agency| agency.name).unwrap_or_default();
        Ok(self.0.entry(id).or_insert(name).clone())
    }
}
